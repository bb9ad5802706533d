import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cashForms } from './denominations.ts';
import { currencyDigits } from './currency.ts';
import { scaleAmount } from './scale-amount.ts';
import { shareOut } from './share-out.ts';

describe('money', () => {
  test('[M1] half rounds away from zero, on both sides of it', () => {
    expect([5, 15, 14, -5, -15, -14].map((amount) => scaleAmount(amount, 1, 10))).toEqual([1, 2, 1, -1, -2, -1]);
    expect(scaleAmount(1999, 333, 1000)).toBe(666);
  });

  test('[M1] products beyond 2^53 lose nothing', () => {
    expect(scaleAmount(9_007_199_254_740_991, 190_000, 1_190_000)).toBe(1_438_124_250_756_965);
    expect(() => scaleAmount(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(RangeError);
    expect(() => scaleAmount(1, 1, 0)).toThrow(RangeError);
  });

  test('[M1] a result is the nearest one, and mirrors', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.nat(2_000_000),
        fc.integer({ min: 1, max: 2_000_000 }),
        (amount, numerator, denominator) => {
          const scaled = BigInt(scaleAmount(amount, numerator, denominator));
          const error = 2n * (scaled * BigInt(denominator) - BigInt(amount) * BigInt(numerator));
          expect(error <= BigInt(denominator) && error >= -BigInt(denominator)).toBe(true);
          expect(scaleAmount(-amount, numerator, denominator) + Number(scaled)).toBe(0);
        },
      ),
    );
  });

  test('[M2] digits of a currency', () => {
    expect(['EUR', 'JPY', 'KWD', 'MGA', 'CHF'].map(currencyDigits)).toEqual([2, 0, 3, 2, 2]);
    expect(() => currencyDigits('EURO')).toThrow(RangeError);
  });

  test('[M3] shares add up to what was shared out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 8 }).filter((weights) => weights.some((one) => one > 0)),
        (amount, weights) => {
          const shares = shareOut(amount, weights);
          expect(shares).toHaveLength(weights.length);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
          expect(shares.every((share) => Number.isSafeInteger(share))).toBe(true);
        },
      ),
    );
    expect(shareOut(0, [0, 0])).toEqual([0, 0]);
  });

  test('the cash of a currency: largest first, each once, notes among them', () => {
    for (const currency of ['EUR', 'USD', 'JPY', 'CHF', 'KWD', 'SEK']) {
      const { denominationsMinor, notesMinor } = cashForms(currency);
      expect(denominationsMinor).toEqual([...new Set(denominationsMinor)].sort((a, b) => b - a));
      expect(denominationsMinor).toEqual(expect.arrayContaining([...notesMinor]));
      expect(denominationsMinor.every((one) => Number.isSafeInteger(one) && one > 0)).toBe(true);
    }
    expect(cashForms('JPY').notesMinor).toEqual([10000, 5000, 2000, 1000]);
    expect(cashForms('CHF').denominationsMinor.at(-1)).toBe(5);
  });
});
