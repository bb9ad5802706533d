/** Wall-clock time as the product reads it: epoch milliseconds and the local offset east of UTC in minutes. */
export type Clock = { nowMs(): number; tzOffsetMin: number };

/** A clock a test can move. It never moves by itself unless `stepMs` says so. */
export type SteppingClock = Clock & {
  /** Moves by `ms`; negative values model a clock that was set back. */
  advance(ms: number): void;
  /** Jumps to an instant, epoch milliseconds. */
  set(nowMs: number): void;
};

/** 2 March 2026, 09:00 in Berlin: an ordinary Monday morning outside any clock change. */
export const SHOP_OPENS_AT_MS = Date.UTC(2026, 2, 2, 8, 0, 0);

/** A clock that stands still. Default: shop opening, one hour east of UTC. */
export function fixedClock(nowMs: number = SHOP_OPENS_AT_MS, tzOffsetMin = 60): Clock {
  return { nowMs: () => nowMs, tzOffsetMin };
}

/**
 * A clock that answers `startMs` first and adds `stepMs` after each reading, so that every event of a test has its own
 * instant. With `stepMs: 0` it moves only when told.
 */
export function steppingClock(
  options: { startMs?: number; stepMs?: number; tzOffsetMin?: number } = {},
): SteppingClock {
  const { startMs = SHOP_OPENS_AT_MS, stepMs = 0, tzOffsetMin = 60 } = options;
  let currentMs = startMs;
  return {
    tzOffsetMin,
    nowMs() {
      const readingMs = currentMs;
      currentMs += stepMs;
      return readingMs;
    },
    advance(ms) {
      currentMs += ms;
    },
    set(nowMs) {
      currentMs = nowMs;
    },
  };
}
