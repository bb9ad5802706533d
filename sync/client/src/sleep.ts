/** Timers of Node hold 2^31 − 1 milliseconds at most; who sleeps longer may as well look once in between. */
const SLEEP_MAX_MS = 3_600_000;

/** Waits `pauseMs` (`null`: as long as a timer reasonably can), or until one of the signals ends it. */
export function sleep(pauseMs: number | null, ...wakers: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const awake = (): void => {
      clearTimeout(timer);
      for (const waker of wakers) waker.removeEventListener('abort', awake);
      resolve();
    };
    const timer = setTimeout(awake, Math.min(SLEEP_MAX_MS, Math.max(0, pauseMs ?? SLEEP_MAX_MS)));
    for (const waker of wakers) waker.addEventListener('abort', awake);
    if (wakers.some((waker) => waker.aborted)) awake();
  });
}
