import { describe, expect, it } from 'vitest';
import { quantile, spread } from './quantile.ts';

describe('quantiles', () => {
  it('are nearest ranks of the sorted samples', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(hundred, 0.5)).toBe(50);
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile(hundred, 1)).toBe(100);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('do not exist without samples', () => {
    expect(() => spread([])).toThrow(RangeError);
  });
});
