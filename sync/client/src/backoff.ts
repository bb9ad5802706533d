import { BACKOFF_BASE_MS, BACKOFF_CAP_MS } from './limits.ts';

/** The pause after the `failures`-th failure in a row (1 is the first): half of it certain, half chance (`jitter`, 0 ≤ n < 1). */
export function backoffMs(failures: number, jitter: number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 20);
  const fullMs = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** doublings);
  return Math.round(fullMs / 2 + (fullMs / 2) * jitter);
}
