import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from './random.ts';

describe('seededRandom', () => {
  test('a seed gives the same sequence for ever', () => {
    const random = seededRandom(42);
    expect([random.int(1000), random.int(1000), random.int(1000), ...random.bytes(3)]).toMatchInlineSnapshot(`
      [
        959,
        36,
        943,
        103,
        43,
        233,
      ]
    `);
  });

  test('different seeds and forks give different sequences', () => {
    const draw = (random: ReturnType<typeof seededRandom>) => Array.from({ length: 8 }, () => random.int(2 ** 32));
    const drawn = [seededRandom(1), seededRandom(2), seededRandom(1).fork('a'), seededRandom(1).fork('b')].map(draw);
    expect(new Set(drawn.map((sequence) => sequence.join())).size).toBe(4);
  });

  test('a fork is independent of what its parent has drawn', () => {
    const untouched = seededRandom('shop');
    const drawn = seededRandom('shop');
    drawn.int(10);
    expect(drawn.fork('prices').int(1_000_000)).toBe(untouched.fork('prices').int(1_000_000));
  });

  test('int stays below its bound and reaches every value evenly', () => {
    const random = seededRandom('even');
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let round = 0; round < 70_000; round += 1) {
      const value = random.int(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('int refuses bounds it cannot honour', () => {
    expect(() => seededRandom(1).int(0)).toThrow(RangeError);
    expect(() => seededRandom(1).int(1.5)).toThrow(RangeError);
    expect(() => seededRandom(1).int(2 ** 32 + 1)).toThrow(RangeError);
    expect(seededRandom(1).int(1)).toBe(0);
  });

  test('whatever the seed: int keeps its bound, shuffled every element, and the stream repeats', () => {
    const bounds = fc.integer({ min: 1, max: 2 ** 32 });
    fc.assert(
      fc.property(fc.string(), bounds, fc.array(fc.integer()), (seed, below, items) => {
        const random = seededRandom(seed);
        const drawn = random.int(below);
        expect(drawn).toBeGreaterThanOrEqual(0);
        expect(drawn).toBeLessThan(below);
        const shuffled = random.shuffled(items);
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
        const again = seededRandom(seed);
        expect([again.int(below), again.shuffled(items)]).toEqual([drawn, shuffled]);
      }),
    );
  });
});
