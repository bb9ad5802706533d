/** After so many restarts within {@link WINDOW_MS} a process is not started again by itself: a person must look. */
const RESTARTS_MAX = 8;
const WINDOW_MS = 60_000;
const DELAYS_MS = [0, 100, 500, 2_000, 5_000];

/** Decides when a process that died is started again: at once the first time, later and later after that, then not at all. */
export class RestartPolicy {
  #diedAtMs: number[] = [];

  /** Milliseconds to wait before the next start, or `null` when it died too often. */
  died(nowMs: number): number | null {
    this.#diedAtMs = this.#diedAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS && atMs <= nowMs);
    this.#diedAtMs.push(nowMs);
    const deaths = this.#diedAtMs.length;
    if (deaths > RESTARTS_MAX) return null;
    return DELAYS_MS[Math.min(deaths - 1, DELAYS_MS.length - 1)] ?? 0;
  }
}
