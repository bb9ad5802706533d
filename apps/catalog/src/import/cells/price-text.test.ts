import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fractionDigitsOf } from './fraction-digits.ts';
import { readPrice } from './price-text.ts';

describe('readPrice', () => {
  test.each([
    ['12.99', 2, 1299],
    ['12,99', 2, 1299],
    ['12', 2, 1200],
    ['12.5', 2, 1250],
    ['.99', 2, 99],
    ['0', 2, 0],
    ['0.00', 2, 0],
    ['-0.00', 2, 0],
    ['1,234.50', 2, 123450],
    ['1.234,50', 2, 123450],
    ['1 234,50', 2, 123450],
    ['1\u202F234,50', 2, 123450],
    ["1'234.50", 2, 123450],
    ['1,000,000', 2, 100_000_000],
    ['19.9900', 2, 1999],
    ['0.100', 2, 10],
    ['€ 12.50', 2, 1250],
    ['12,50 €', 2, 1250],
    ['12.50 EUR', 2, 1250],
    ['$12.50', 2, 1250],
    ['1200', 0, 1200],
    ['1200.00', 0, 1200],
    ['¥1200', 0, 1200],
    ['1.250', 3, 1250],
    ['1,250', 3, 1250],
    ['12', 3, 12000],
  ] as const)('"%s" with %i decimals is %s', (text, digits, amountMinor) => {
    const reading = readPrice(text, digits);
    expect(reading.ok ? reading.amountMinor : reading.problem).toBe(amountMinor);
  });

  test.each([
    ['', 'price-unreadable'],
    ['free', 'price-unreadable'],
    ['1.2.3', 'price-unreadable'],
    ['12,34,567.00', 'price-unreadable'],
    ['=1+2', 'price-unreadable'],
    ['1E5', 'price-unreadable'],
    ['NaN', 'price-unreadable'],
    ['1,234', 'price-ambiguous'],
    ['1.234', 'price-ambiguous'],
    ['1,000,001', 'price-too-high'],
    ['9'.repeat(100_000), 'price-unreadable'],
    [' '.repeat(50_000) + '1' + ' '.repeat(50_000) + 'x', 'price-unreadable'],
    ['-4.00', 'price-negative'],
    ['−4.00', 'price-negative'],
    ['(4.00)', 'price-negative'],
    ['12.345', 'price-ambiguous'],
    ['12.3456', 'price-fraction'],
    ['1000000.01', 'price-too-high'],
    ['99999999999999999999', 'price-too-high'],
  ] as const)('"%s" is refused: %s', (text, code) => {
    const reading = readPrice(text, 2);
    expect(reading.ok ? reading.amountMinor : reading.problem.code).toBe(code);
  });

  test('a fraction of a yen is refused, not rounded', () => {
    expect(readPrice('1200.50', 0)).toMatchObject({ ok: false, problem: { code: 'price-fraction' } });
  });

  test('every amount comes back from every way of writing it', () => {
    const amount = fc.integer({ min: 0, max: 100_000_000 });
    const styles = ['en-US', 'de-DE', 'de-CH', 'fr-FR', 'en-IN'] as const;
    fc.assert(
      fc.property(amount, fc.constantFrom(0, 2, 3), fc.constantFrom(...styles), (amountMinor, digits, locale) => {
        const written = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
        const text = written.format(amountMinor / 10 ** digits);
        const reading = readPrice(text, digits);
        // Whatever is understood is understood rightly; groups that are not threes (en-IN) and lone groups may be refused.
        if (reading.ok) expect(reading.amountMinor, text).toBe(amountMinor);
        else expect(['price-ambiguous', 'price-unreadable'], text).toContain(reading.problem.code);
        if (digits === 2 && locale !== 'en-IN') expect(reading.ok, text).toBe(true);
      }),
    );
  });

  test('plain figures are always understood, whatever the currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), fc.constantFrom(0, 2, 3), (amountMinor, digits) => {
        const text = (amountMinor / 10 ** digits).toFixed(digits);
        expect(readPrice(text, digits)).toEqual({ ok: true, amountMinor });
      }),
    );
  });
});

test('decimals of currencies are those of ISO 4217', () => {
  expect(['EUR', 'JPY', 'KWD', 'CHF', 'XYZ'].map(fractionDigitsOf)).toEqual([2, 0, 3, 2, null]);
});
