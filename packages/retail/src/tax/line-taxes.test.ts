import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRates } from '../testing/shop.ts';
import { taxLine } from './line-taxes.ts';
import { sumTaxes } from './tax-totals.ts';

const vat = { rateId: 'vat', name: 'VAT', ratePpm: 190_000 };
const gst = { rateId: 'gst', name: 'GST', ratePpm: 50_000 };
const qst = { rateId: 'qst', name: 'QST', ratePpm: 99_750 };

describe('tax of a line', () => {
  test('[T3] inside the price: the shelf price stays', () => {
    expect(taxLine(1999, [vat], true)).toEqual({
      taxes: [{ rateId: 'vat', ratePpm: 190_000, taxableMinor: 1680, taxMinor: 319 }],
      totalMinor: 1999,
    });
  });

  test('[T2] on top: each rate by itself', () => {
    expect(taxLine(1000, [gst, qst], false)).toEqual({
      taxes: [
        { rateId: 'gst', ratePpm: 50_000, taxableMinor: 1000, taxMinor: 50 },
        { rateId: 'qst', ratePpm: 99_750, taxableMinor: 1000, taxMinor: 100 },
      ],
      totalMinor: 1150,
    });
  });

  test('[T1] no rate and a rate of nothing are no tax', () => {
    expect(taxLine(500, [], true)).toEqual({ taxes: [], totalMinor: 500 });
    expect(taxLine(500, [{ ...vat, ratePpm: 0 }], true).taxes).toEqual([
      { rateId: 'vat', ratePpm: 0, taxableMinor: 500, taxMinor: 0 },
    ]);
  });

  test('[I7] inside: taxable + taxes = price, for any rates; a return mirrors its sale', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), arbitraryRates, (amount, rates) => {
        const sold = taxLine(amount, rates, true);
        const tax = sold.taxes.reduce((sum, one) => sum + one.taxMinor, 0);
        expect(sold.totalMinor).toBe(amount);
        for (const one of sold.taxes) expect(one.taxableMinor + tax).toBe(amount);
        const returned = taxLine(-amount, rates, true);
        expect(returned.taxes.reduce((sum, one) => sum + one.taxMinor, tax)).toBe(0);
      }),
    );
  });

  test('[I6] on top: amount + taxes = total, each tax within half a unit of exact', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), arbitraryRates, (amount, rates) => {
        const { taxes, totalMinor } = taxLine(amount, rates, false);
        expect(taxes.reduce((sum, one) => sum + one.taxMinor, amount)).toBe(totalMinor);
        for (const one of taxes) {
          expect(Math.abs(2 * (one.taxMinor * 1_000_000 - amount * one.ratePpm))).toBeLessThanOrEqual(1_000_000);
        }
      }),
    );
  });

  test('[T4] one rate id at two percentages stays two sums, in the same order however it came', () => {
    const taxes = [
      { rateId: 'vat', name: 'VAT', ratePpm: 190_000, taxableMinor: 100, taxMinor: 19 },
      { rateId: 'vat', name: 'VAT', ratePpm: 160_000, taxableMinor: 100, taxMinor: 16 },
      { rateId: 'vat', name: 'VAT', ratePpm: 190_000, taxableMinor: 10, taxMinor: 2 },
    ];
    expect(sumTaxes(taxes)).toEqual([
      { rateId: 'vat', name: 'VAT', ratePpm: 160_000, taxableMinor: 100, taxMinor: 16 },
      { rateId: 'vat', name: 'VAT', ratePpm: 190_000, taxableMinor: 110, taxMinor: 21 },
    ]);
    expect(sumTaxes([...taxes].reverse())).toEqual(sumTaxes(taxes));
    expect(taxes[0]?.taxMinor).toBe(19);
  });
});
