import { toGtin14 } from './gtin.ts';

/**
 * Who gave a number out and where it means something:
 * - `open`: a trade item number, unique in the world
 * - `restricted-region`: variable measure and other numbers whose meaning a GS1 member organisation defines
 * - `restricted-company`: means something inside one company only
 * - `coupon`, `refund-receipt`: not a trade item at all
 * - `publication`: ISSN, ISBN, ISMN
 * - `demonstration`: GS1's own prefix for examples, never on a real product
 */
export type Circulation =
  | 'open'
  | 'restricted-region'
  | 'restricted-company'
  | 'coupon'
  | 'refund-receipt'
  | 'publication'
  | 'demonstration';

type PrefixRange = readonly [from: number, to: number, circulation: Circulation];

/** GS1 prefixes of GTIN-12, -13 and -14: the first three digits of the 13-digit form (General Specifications 1.4.2). */
const GS1_PREFIXES: readonly PrefixRange[] = [
  [20, 29, 'restricted-region'],
  [40, 49, 'restricted-company'],
  [50, 59, 'coupon'],
  [200, 299, 'restricted-region'],
  [952, 952, 'demonstration'],
  [977, 979, 'publication'],
  [980, 980, 'refund-receipt'],
  [981, 984, 'coupon'],
  [990, 999, 'coupon'],
];

/** GS1-8 prefixes: the first three digits of a GTIN-8 (General Specifications 1.4.3). */
const GS1_8_PREFIXES: readonly PrefixRange[] = [
  [0, 99, 'restricted-company'],
  [200, 299, 'restricted-company'],
];

/** Six leading zeros mark a GTIN-8: GS1 gives out no GTIN-12 with that start (General Specifications 3.3.2). */
const GTIN_8_IN_14 = /^0{6}/;

/** The circulation of a valid GTIN of any length. @throws RangeError when the number is not a valid GTIN. */
export function circulationOf(gtin: string): Circulation {
  const digits = toGtin14(gtin);
  return GTIN_8_IN_14.test(digits)
    ? lookUp(GS1_8_PREFIXES, Number(digits.slice(6, 9)))
    : lookUp(GS1_PREFIXES, Number(digits.slice(1, 4)));
}

function lookUp(ranges: readonly PrefixRange[], prefix: number): Circulation {
  const range = ranges.find(([from, to]) => prefix >= from && prefix <= to);
  return range?.[2] ?? 'open';
}
