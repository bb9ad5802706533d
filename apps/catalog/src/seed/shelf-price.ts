import type { SeededRandom } from '@evertill/testkit';

const ENDINGS = [99, 99, 99, 49, 49, 79, 29, 95] as const;

/**
 * A price as a shelf shows it: within a range, ending in .99, .49 and the like; below one unit it ends in 5 or 9.
 * `position` is where in the range, 0 to 1. Minor units of a currency with two digits.
 */
export function shelfPrice(range: readonly [number, number], position: number, random: SeededRandom): number {
  const [lowest, highest] = range;
  const target = Math.round(lowest + (highest - lowest) * Math.min(1, Math.max(0, position)));
  if (target < 100) return Math.min(99, target - (target % 10) + random.pick([5, 9]));
  const ending = random.pick(ENDINGS);
  const below = target - (target % 100) - 100 + ending;
  const above = below + 100;
  const nearest = target - below <= above - target ? below : above;
  return Math.max(99, nearest);
}

/** The price before a reduction of 13 to 33 %, ending in .99. */
export function reducedFrom(amountMinor: number, random: SeededRandom): number {
  const before = Math.ceil((amountMinor * (115 + random.int(36))) / 100);
  return Math.ceil((before + 1) / 100) * 100 - 1 + (amountMinor % 100 === 99 && before < amountMinor + 100 ? 100 : 0);
}
