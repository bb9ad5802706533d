import { allocate, dinero, toSnapshot } from 'dinero.js';

// Shares do not depend on the currency; dinero wants one.
const UNIT = { code: 'XXX', base: 10, exponent: 0 } as const;

/**
 * Shares an amount out in proportion to whole-number weights; the shares add up to the amount (M3). Weights are not negative
 * and not all zero, unless the amount is zero.
 */
export function shareOut(amountMinor: number, weights: readonly number[]): number[] {
  if (amountMinor === 0) return weights.map(() => 0);
  if (weights.length === 1) return [amountMinor];
  return allocate(dinero({ amount: amountMinor, currency: UNIT }), weights).map((share) => toSnapshot(share).amount);
}
