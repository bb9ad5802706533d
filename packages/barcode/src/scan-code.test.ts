import { describe, expect, test } from 'vitest';
import { normaliseScanCode, readScanCode } from './scan-code.ts';

describe('normaliseScanCode', () => {
  test.each([
    ['6291041500213', '06291041500213'],
    ['614141000036', '00614141000036'],
    ['96385074', '00000096385074'],
    ['978-3-16-148410-0', '09783161484100'],
    ['4 006381 333931', '04006381333931'],
    [' 6291041500213\n', '06291041500213'],
    ['6291041500214', '6291041500214'],
    ['9638-5074', '9638-5074'],
    ['A-1001', 'A-1001'],
    ['12345', '12345'],
    ['', ''],
    ['   ', ''],
  ])('"%s" is stored as "%s"', (raw, stored) => {
    expect(normaliseScanCode(raw)).toBe(stored);
  });
});

describe('readScanCode', () => {
  test.each(['8.90123E+12', '8,90123E+12', '8.90123e+12', '5E+12'])('%s is damage, not a code', (raw) => {
    expect(readScanCode(raw)).toEqual({ kind: 'scientific-notation', scanCode: raw });
  });

  test.each(['1E5', 'E+12', '12E+12', '8.9E+12X', 'TYPE+12'])('%s is a code of the shop', (raw) => {
    expect(readScanCode(raw)).toEqual({ kind: 'other', scanCode: raw });
  });

  test('a wrong check digit is named with the right one', () => {
    expect(readScanCode('6291041500214')).toEqual({
      kind: 'wrong-check-digit',
      scanCode: '6291041500214',
      expectedCheckDigit: '3',
    });
  });

  test('eight digits that are no GTIN-8 are a number of the shop', () => {
    expect(readScanCode('96385075')).toEqual({ kind: 'other', scanCode: '96385075' });
  });

  test('a number printed by the shop scale says so', () => {
    expect(readScanCode('2001234012348')).toMatchObject({ kind: 'gtin', circulation: 'restricted-region' });
  });

  test('nothing is nothing', () => {
    expect(readScanCode(' \t')).toEqual({ kind: 'empty' });
  });
});
