import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPermissions, isPermitted } from './permissions.ts';
import { countAttempt, lockedUntilMs, noAttempts, type SignOnAttempts } from './sign-on-attempts.ts';

const MINUTE = 60_000;

function attempts(count: number, nowMs = 0): SignOnAttempts {
  let after = noAttempts;
  for (let index = 0; index < count; index += 1) after = countAttempt(after, nowMs);
  return after;
}

describe('staff', () => {
  test('[S1] a cashier sells and counts blind; supervisors read and close', () => {
    expect(isPermitted(defaultPermissions, 'cashier', 'sell')).toBe(true);
    expect(isPermitted(defaultPermissions, 'cashier', 'read-x')).toBe(false);
    expect(isPermitted(defaultPermissions, 'cashier', 'close-till')).toBe(false);
    expect(isPermitted(defaultPermissions, 'supervisor', 'close-till')).toBe(true);
    expect(isPermitted({ ...defaultPermissions, cashier: [] }, 'cashier', 'sell')).toBe(false);
  });

  test('[S2] four wrong PINs lock nobody, the fifth does, and locks double up to 15 minutes', () => {
    expect(lockedUntilMs(attempts(4), 0).untilMs).toBeNull();
    const minutes = [5, 10, 15, 20, 25, 30].map((count) => (attempts(count).lock?.forMs ?? 0) / MINUTE);
    expect(minutes).toEqual([1, 2, 4, 8, 15, 15]);
    expect(attempts(1000).lock?.forMs).toBe(15 * MINUTE);
  });

  test('[S2] a lock ends by the clock, not a moment before', () => {
    const locked = attempts(5, 1000);
    expect(lockedUntilMs(locked, 1000 + MINUTE - 1).untilMs).toBe(1000 + MINUTE);
    expect(lockedUntilMs(locked, 1000 + MINUTE).untilMs).toBeNull();
  });

  test('[S2] a clock moved back neither frees nor locks for years', () => {
    fc.assert(
      fc.property(fc.nat(10 * 365 * 24 * 60), (backMinutes) => {
        const locked = attempts(5, 1e12);
        const nowMs = 1e12 - 1 - backMinutes * MINUTE;
        const { untilMs, moved } = lockedUntilMs(locked, nowMs);
        expect(untilMs).toBe(nowMs + MINUTE);
        expect(lockedUntilMs(moved ?? noAttempts, nowMs + MINUTE - 1).untilMs).toBe(nowMs + MINUTE);
        expect(lockedUntilMs(moved ?? noAttempts, nowMs + MINUTE).untilMs).toBeNull();
      }),
    );
  });
});
