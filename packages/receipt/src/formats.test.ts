import { describe, expect, it } from 'vitest';
import { formatsFor } from './formats.ts';

describe('amounts on paper', () => {
  it('nothing taken off is no negative amount', () => {
    const { amount, money } = formatsFor('en-IE', 'EUR');
    expect(amount(-0)).toBe('0.00');
    expect(money(-0)).toBe('€0.00');
    expect(amount(-1)).toBe('-0.01');
  });

  it('have the digits of their currency', () => {
    expect(formatsFor('ja-JP', 'JPY').amount(1200)).toBe('1,200');
    expect(formatsFor('ar-KW', 'KWD').amount(1)).toMatch(/[٠0][.٫][٠0]{2}[١1]/);
  });
});
