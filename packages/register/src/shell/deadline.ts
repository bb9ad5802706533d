import type { Timers } from '../needs.ts';

export class DeadlineFault extends Error {
  override readonly name = 'DeadlineFault';
  readonly code = 'deadline';
}

/** Waits for an answer, but not for ever. The work itself is not stopped; its late answer is dropped. */
export function withDeadline<T>(timers: Timers, timeoutMs: number, answer: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = timers.after(timeoutMs, () => reject(new DeadlineFault(`no answer within ${timeoutMs} ms`)));
    answer.then(resolve, reject).finally(() => timer.cancel());
  });
}
