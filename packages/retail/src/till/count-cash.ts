import type { DenominationCount, DrawerSums } from '@evertill/records';

const PIECES_MAX = 1_000_000;

export type CountRefusal = 'unknown-denomination' | 'count-out-of-range';
export type CountedCash =
  | { ok: true; counts: DenominationCount[]; countedMinor: number }
  | { ok: false; error: { code: CountRefusal; detail: string } };

/** Adds up a count of notes and coins (L1). Zero rows are left out, the rest comes back largest first. */
export function countCash(counts: readonly DenominationCount[], denominationsMinor: readonly number[]): CountedCash {
  const seen = new Set<number>();
  let countedMinor = 0;
  for (const { denominationMinor, count } of counts) {
    if (!denominationsMinor.includes(denominationMinor) || seen.has(denominationMinor)) {
      return { ok: false, error: { code: 'unknown-denomination', detail: String(denominationMinor) } };
    }
    if (!Number.isInteger(count) || count < 0 || count > PIECES_MAX) {
      return { ok: false, error: { code: 'count-out-of-range', detail: String(denominationMinor) } };
    }
    seen.add(denominationMinor);
    countedMinor += denominationMinor * count;
  }
  const counted = counts.filter(({ count }) => count > 0).sort((a, b) => b.denominationMinor - a.denominationMinor);
  return { ok: true, counts: counted, countedMinor };
}

/** What the drawer should hold (L2, I8). */
export function drawerSums(floatMinor: number, cashTenderedMinor: number, changeGivenMinor: number): DrawerSums {
  return {
    floatMinor,
    cashTenderedMinor,
    changeGivenMinor,
    expectedMinor: floatMinor + cashTenderedMinor - changeGivenMinor,
  };
}
