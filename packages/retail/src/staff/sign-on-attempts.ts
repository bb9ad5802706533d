/** Wrong PINs of one person since the last right one, and the lock they led to. Plain JSON: it survives a restart. */
export type SignOnAttempts = { failures: number; lock: { fromMs: number; forMs: number } | null };

export const noAttempts: SignOnAttempts = { failures: 0, lock: null };

const FAILURES_PER_LOCK = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 15 * 60_000;

/**
 * The attempts with one more, written down before the PIN is checked (S2): pulling the plug during the check gains nothing.
 * The fifth carries its lock already; a right PIN takes everything away.
 */
export function countAttempt(attempts: SignOnAttempts, nowMs: number): SignOnAttempts {
  const failures = attempts.failures + 1;
  if (failures % FAILURES_PER_LOCK !== 0) return { failures, lock: null };
  const doublings = failures / FAILURES_PER_LOCK - 1;
  return { failures, lock: { fromMs: nowMs, forMs: Math.min(FIRST_LOCK_MS * 2 ** doublings, LONGEST_LOCK_MS) } };
}

/**
 * When the lock ends, epoch ms, or `null`. A clock that was moved back behind the lock's beginning starts the lock again from
 * there: `moved` is what to write down then (S2).
 */
export function lockedUntilMs(
  attempts: SignOnAttempts,
  nowMs: number,
): { untilMs: number | null; moved: SignOnAttempts | null } {
  const { lock } = attempts;
  if (!lock) return { untilMs: null, moved: null };
  if (nowMs < lock.fromMs) {
    return { untilMs: nowMs + lock.forMs, moved: { ...attempts, lock: { fromMs: nowMs, forMs: lock.forMs } } };
  }
  const untilMs = lock.fromMs + lock.forMs;
  return { untilMs: nowMs < untilMs ? untilMs : null, moved: null };
}
