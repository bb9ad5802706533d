import { scaleAmount } from '../money/scale-amount.ts';

/** What is added to a total that is paid in cash, so that the smallest denomination in use can settle it (C1). May be negative. */
export function cashRoundingMinor(totalMinor: number, denominationsMinor: readonly number[]): number {
  const smallest = Math.min(...denominationsMinor);
  return scaleAmount(totalMinor, 1, smallest) * smallest - totalMinor;
}

/** The most that may be handed over for what is due: one note less would not do (C3). */
export function tenderMaxMinor(dueMinor: number, denominationsMinor: readonly number[]): number {
  return dueMinor === 0 ? 0 : dueMinor + Math.max(...denominationsMinor) - 1;
}

/** The most buttons beside the exact one. */
const QUICK_AMOUNTS_MAX = 5;

/** Amounts worth a button for what is due (C5): exact first, then the next multiple of each note, rising. */
export function quickCashMinor(
  dueMinor: number,
  notesMinor: readonly number[],
  denominationsMinor: readonly number[],
): number[] {
  if (dueMinor <= 0) return [];
  const most = tenderMaxMinor(dueMinor, denominationsMinor);
  const multiples = notesMinor.map((note) => Math.ceil(dueMinor / note) * note);
  const plausible = [...new Set(multiples)]
    .filter((amount) => amount > dueMinor && amount <= most)
    .sort((a, b) => a - b);
  return [dueMinor, ...plausible.slice(0, QUICK_AMOUNTS_MAX)];
}
