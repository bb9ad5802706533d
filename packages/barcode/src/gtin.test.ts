import { describe, expect, test } from 'vitest';
import { circulationOf } from './circulation.ts';
import { gtinCheckDigit, isValidGtin, toGtin14 } from './gtin.ts';

describe('GTIN check digits', () => {
  test.each([
    ['96385074', 'GTIN-8'],
    ['614141000036', 'GTIN-12'],
    ['036000291452', 'GTIN-12 with a leading zero'],
    ['6291041500213', 'GTIN-13, the example of GS1'],
    ['9783161484100', 'ISBN'],
    ['00012345600012', 'GTIN-14'],
  ])('%s is valid: %s', (gtin) => {
    expect(isValidGtin(gtin)).toBe(true);
    expect(gtinCheckDigit(gtin.slice(0, -1))).toBe(gtin.slice(-1));
  });

  test.each([
    '',
    '6291041500214',
    '629104150021',
    '62910415002133',
    '629104150021a',
    ' 6291041500213',
    '٦٢٩١٠٤١٥٠٠٢١٣',
  ])('"%s" is not', (text) => {
    expect(isValidGtin(text)).toBe(false);
  });

  test('every single wrong digit is noticed', () => {
    const gtin = '6291041500213';
    for (let position = 0; position < gtin.length; position += 1) {
      for (let digit = 0; digit <= 9; digit += 1) {
        if (String(digit) === gtin[position]) continue;
        const wrong = gtin.slice(0, position) + digit + gtin.slice(position + 1);
        expect(isValidGtin(wrong), wrong).toBe(false);
      }
    }
  });

  test('all lengths of one number have the same 14 digits', () => {
    expect(toGtin14('614141000036')).toBe('00614141000036');
    expect(toGtin14('0614141000036')).toBe('00614141000036');
    expect(toGtin14('96385074')).toBe('00000096385074');
  });

  test('asking for the impossible is a programming error', () => {
    expect(() => toGtin14('123')).toThrow(RangeError);
    expect(() => gtinCheckDigit('12345')).toThrow(RangeError);
  });
});

describe('circulation', () => {
  const complete = (body: string) => body + gtinCheckDigit(body);

  test.each([
    ['629104150021', 'open'],
    ['200123401234', 'restricted-region'],
    ['299999999999', 'restricted-region'],
    ['23456789012', 'restricted-region'],
    ['020123456789', 'restricted-region'],
    ['41234567890', 'restricted-company'],
    ['040123456789', 'restricted-company'],
    ['51234567890', 'coupon'],
    ['952012345678', 'demonstration'],
    ['978316148410', 'publication'],
    ['980123456789', 'refund-receipt'],
    ['982123456789', 'coupon'],
    ['995123456789', 'coupon'],
    ['0012345', 'restricted-company'],
    ['2012345', 'restricted-company'],
    ['9638507', 'open'],
    ['1952012345678', 'demonstration'],
  ] as const)('%s… is %s', (body, circulation) => {
    expect(circulationOf(complete(body))).toBe(circulation);
  });
});
