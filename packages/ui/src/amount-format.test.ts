import { describe, expect, it } from 'vitest';
import { createAmountFormat } from './amount-format.ts';

const plainSpaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('an amount as text', () => {
  it('[IT-15] is written by the rules of the locale', () => {
    const at = (locale: string, currency: string, digits: number): string =>
      plainSpaces(createAmountFormat({ locale, currency, digits }).withCurrency(123_456));
    expect(at('en-IE', 'EUR', 2)).toBe('€1,234.56');
    expect(at('de-DE', 'EUR', 2)).toBe('1.234,56 €');
    expect(at('ja-JP', 'JPY', 0)).toBe(
      '¥123,456'.replace('¥', createAmountFormat({ locale: 'ja-JP', currency: 'JPY', digits: 0 }).symbol),
    );
    expect(at('en-US', 'KWD', 3)).toContain('123.456');
  });

  it('keeps every minor unit up to what a register may hold', () => {
    const format = createAmountFormat({ locale: 'en-US', currency: 'USD', digits: 2 });
    for (const amountMinor of [0, 1, 10, 99, 100, 999_999_999_999]) {
      expect(Number(format.plain(amountMinor).replace(/[^\d]/g, ''))).toBe(amountMinor);
    }
  });

  it('shows what was typed with the decimal mark of the locale and digits a keyboard has', () => {
    expect(createAmountFormat({ locale: 'de-DE', currency: 'EUR', digits: 2 }).typed(123_456)).toBe('1234,56');
    expect(createAmountFormat({ locale: 'ar-EG', currency: 'EGP', digits: 2 }).typed(123_456)).toMatch(/^1234\D56$/);
    expect(createAmountFormat({ locale: 'ja-JP', currency: 'JPY', digits: 0 }).typed(1234)).toBe('1234');
  });

  it('says over and short with a sign, and nothing for zero', () => {
    const format = createAmountFormat({ locale: 'en-IE', currency: 'EUR', digits: 2 });
    expect(format.signed(250)).toBe('+€2.50');
    expect(format.signed(-250)).toBe('-€2.50');
    expect(format.signed(0)).toBe('€0.00');
  });
});
