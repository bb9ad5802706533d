import { describe, expect, it } from 'vitest';
import { AMOUNT_DIGITS_MAX, amountOfDigits, digitsOf, typeDigit, type KeypadKey } from './amount-entry.ts';

const typed = (...keys: KeypadKey[]): string => keys.reduce((digits, key) => typeDigit(digits, key), '');

describe('typing an amount', () => {
  it('enters from the right, as on every till', () => {
    expect(amountOfDigits(typed('2', '0', '00'))).toBe(2000);
    expect(amountOfDigits(typed('2', '0', 'erase'))).toBe(2);
    expect(amountOfDigits(typed('2', '0', 'clear'))).toBeNull();
  });

  it('starts with no zeros', () => {
    expect(typed('0', '00', '5')).toBe('5');
  });

  it('takes no more digits than a drawer holds', () => {
    const full = '9'.repeat(AMOUNT_DIGITS_MAX);
    expect(typeDigit(full, '1')).toBe(full);
    expect(typeDigit(full.slice(1), '00')).toBe(full.slice(1));
  });

  it('reads the digits out of what was pasted', () => {
    expect(digitsOf('€ 1,234.50')).toBe('123450');
    expect(digitsOf('0.05')).toBe('5');
    expect(digitsOf('abc')).toBe('');
  });
});
