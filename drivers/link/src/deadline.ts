import type { DriverClock } from '@evertill/driver-contract';

/** Waits for `work` no longer than `deadlineMs`; then `'expired'`, while the work goes on unobserved. */
export function within<T>(clock: DriverClock, deadlineMs: number, work: Promise<T>): Promise<T | 'expired'> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(deadlineMs, () => resolve('expired'));
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
