/** A source of randomness. `bytes` for keys and salts, `int` for choices. */
export type Random = {
  /** `count` random bytes. */
  bytes(count: number): Uint8Array;
  /** A whole number, 0 ≤ n < `below`; `below` from 1 to 2^32. */
  int(below: number): number;
};

export type SeededRandom = Random & {
  /** One element of a list that is not empty. */
  pick<T>(choices: readonly T[]): T;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** A new list, shuffled (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[];
  /** An independent stream: what one part draws never shifts what another part sees. */
  fork(label: string): SeededRandom;
};

const TWO_TO_32 = 0x1_0000_0000;
/** Rounds after which sfc32's state no longer resembles its seed (as PractRand's author recommends, with margin). */
const WARM_UP_ROUNDS = 20;

/**
 * A reproducible generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded from text by FNV-1a. Not for secrets:
 * a shop in production draws its keys from `node:crypto`.
 */
export function seededRandom(seed: number | string): SeededRandom {
  const seedText = String(seed);
  const next = sfc32(fnv1a(seedText, 0x811c9dc5), fnv1a(seedText, 0x9e3779b9), fnv1a(seedText, 0x85ebca6b));

  function int(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > TWO_TO_32) {
      throw new RangeError(`int(below) wants a whole number from 1 to 2^32, got ${below}`);
    }
    const fairLimit = TWO_TO_32 - (TWO_TO_32 % below);
    let drawn = next();
    while (drawn >= fairLimit) drawn = next();
    return drawn % below;
  }

  return {
    int,
    bytes(count) {
      const bytes = new Uint8Array(count);
      for (let index = 0; index < count; index += 1) bytes[index] = next() & 0xff;
      return bytes;
    },
    pick(choices) {
      if (choices.length === 0) throw new RangeError('pick wants at least one choice');
      return choices[int(choices.length)] as (typeof choices)[number];
    },
    chance: (probability) => next() < probability * TWO_TO_32,
    shuffled(items) {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = int(last + 1);
        [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
      }
      return shuffled;
    },
    fork: (label) => seededRandom(`${seedText}/${label}`),
  };
}

function sfc32(first: number, second: number, third: number): () => number {
  let a = first | 0;
  let b = second | 0;
  let c = third | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) next();
  return next;
}

function fnv1a(text: string, basis: number): number {
  let hash = basis | 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
