import { expect, it } from 'vitest';
import { percentiles } from './measures.ts';

it('answers by nearest rank and leaves out what was not measured', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentiles(hundred)).toEqual({ count: 100, p50: 50, p99: 99 });
  expect(percentiles([3, Number.NaN, 1, 2.04])).toEqual({ count: 3, p50: 2, p99: 3 });
  expect(percentiles([]).count).toBe(0);
});
