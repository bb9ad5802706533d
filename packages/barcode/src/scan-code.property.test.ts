import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gtinCheckDigit, isValidGtin } from './gtin.ts';
import { normaliseScanCode, readScanCode } from './scan-code.ts';

const digitsOf = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const gtin = fc
  .constantFrom(7, 11, 12, 13)
  .chain(digitsOf)
  .map((body) => body + gtinCheckDigit(body));
const anything = fc.oneof(fc.string({ unit: 'binary' }), gtin, fc.stringMatching(/^[0-9]{6,15}$/));

describe('scan codes', () => {
  test('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const once = normaliseScanCode(raw);
        expect(normaliseScanCode(once)).toBe(once);
      }),
    );
  });

  test('every GTIN becomes 14 digits that are still a valid GTIN, however it is padded', () => {
    fc.assert(
      fc.property(gtin, (code) => {
        const normal = normaliseScanCode(code);
        expect(normal).toMatch(/^\d{14}$/);
        expect(isValidGtin(normal)).toBe(true);
        expect(normal.endsWith(code)).toBe(true);
        expect(normaliseScanCode(` ${code}\r\n`)).toBe(normal);
      }),
    );
  });

  test('what is not a GTIN stays as printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        fc.pre(!/^[\d\s-]+$/.test(raw));
        expect(normaliseScanCode(raw)).toBe(raw.trim());
      }),
    );
  });

  test('reading agrees with normalising, and a wrong check digit names the right one', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const reading = readScanCode(raw);
        expect(reading.kind === 'empty' ? '' : reading.scanCode).toBe(normaliseScanCode(raw));
        if (reading.kind !== 'wrong-check-digit') return;
        expect(isValidGtin(reading.scanCode.slice(0, -1) + reading.expectedCheckDigit)).toBe(true);
      }),
    );
  });
});
