import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cashForms } from '../money/denominations.ts';
import { cashRoundingMinor, quickCashMinor, tenderMaxMinor } from './cash.ts';

const eur = cashForms('EUR');
const quick = (due: number, forms = eur) => quickCashMinor(due, forms.notesMinor, forms.denominationsMinor);

describe('cash', () => {
  test('[C5] quick amounts: exact, then notes', () => {
    expect(quick(1230)).toEqual([1230, 1500, 2000, 5000, 10000, 20000]);
    expect(quick(8740)).toEqual([8740, 9000, 10000, 20000, 50000]);
    expect(quick(6000)).toEqual([6000, 10000, 20000, 50000]);
    expect(quick(0)).toEqual([]);
    expect(quick(3450, cashForms('JPY'))).toEqual([3450, 4000, 5000, 10000]);
  });

  test('[C5] [C3] quick amounts rise, start exact, and each may be tendered', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.constantFrom('EUR', 'USD', 'JPY', 'CHF'),
        (due, currency) => {
          const amounts = quick(due, cashForms(currency));
          expect(amounts[0]).toBe(due);
          expect(amounts.length).toBeLessThanOrEqual(6);
          expect(amounts).toEqual([...new Set(amounts)].sort((a, b) => a - b));
          expect(Math.max(...amounts)).toBeLessThanOrEqual(tenderMaxMinor(due, cashForms(currency).denominationsMinor));
        },
      ),
    );
  });

  test('[C1] what is due is settled by the smallest coin', () => {
    const swiss = cashForms('CHF').denominationsMinor;
    expect([1230, 1232, 1233, 1237, 1238, 2].map((total) => cashRoundingMinor(total, swiss))).toEqual([
      0, -2, 2, -2, 2, -2,
    ]);
    expect(cashRoundingMinor(1233, eur.denominationsMinor)).toBe(0);
  });

  test('[C3] one note less would do: more is refused', () => {
    expect(tenderMaxMinor(100, eur.denominationsMinor)).toBe(50_099);
    expect(tenderMaxMinor(0, eur.denominationsMinor)).toBe(0);
  });
});
