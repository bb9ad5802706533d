import { describe, expect, test } from 'vitest';
import { chooseSeed, fuzzRounds, propertyOptions, withPrintedSeed } from './printed-seed.ts';

describe('the printed seed', () => {
  test('the asked seed is used, and a failure names it', async () => {
    expect(chooseSeed({ EVERTILL_SEED: '77' })).toBe(77);
    const failing = withPrintedSeed(() => {
      throw new Error('boom');
    }, 77);
    await expect(failing).rejects.toThrow('failed with EVERTILL_SEED=77: boom');
  });

  test('without one, a fresh seed is drawn each time', () => {
    expect(new Set(Array.from({ length: 20 }, () => chooseSeed({}))).size).toBeGreaterThan(15);
  });

  test('a seed that is not a number is refused instead of silently replaced', () => {
    expect(() => chooseSeed({ EVERTILL_SEED: 'abc' })).toThrow(RangeError);
  });

  test('EVERTILL_FUZZ scales the rounds and never reaches zero', () => {
    expect(fuzzRounds(100, {})).toBe(100);
    expect(fuzzRounds(100, { EVERTILL_FUZZ: '10' })).toBe(1000);
    expect(fuzzRounds(3, { EVERTILL_FUZZ: '0.01' })).toBe(1);
    expect(() => fuzzRounds(3, { EVERTILL_FUZZ: 'many' })).toThrow(RangeError);
  });

  test('fast-check gets the asked seed only when there is one', () => {
    expect(propertyOptions(50, {})).toEqual({ numRuns: 50 });
    expect(propertyOptions(50, { EVERTILL_SEED: '5' })).toEqual({ numRuns: 50, seed: 5 });
  });
});
