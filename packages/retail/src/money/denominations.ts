import { currencyDigits } from './currency.ts';

/** The cash in use at a store, minor units, largest first. What is no note is a coin. */
export type CashForms = { denominationsMinor: readonly number[]; notesMinor: readonly number[] };

// Issuers' lists of 2026: what is legal tender and in circulation, so that a count sheet has no dead rows.
const major: Readonly<Record<string, { notes: readonly number[]; coins: readonly number[] }>> = {
  EUR: { notes: [500, 200, 100, 50, 20, 10, 5], coins: [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] },
  USD: { notes: [100, 50, 20, 10, 5, 2, 1], coins: [0.5, 0.25, 0.1, 0.05, 0.01] },
  GBP: { notes: [50, 20, 10, 5], coins: [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] },
  CHF: { notes: [1000, 200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1, 0.05] },
  CAD: { notes: [100, 50, 20, 10, 5], coins: [2, 1, 0.25, 0.1, 0.05] },
  AUD: { notes: [100, 50, 20, 10, 5], coins: [2, 1, 0.5, 0.2, 0.1, 0.05] },
  SEK: { notes: [1000, 500, 200, 100, 50, 20], coins: [10, 5, 2, 1] },
  NOK: { notes: [1000, 500, 200, 100, 50], coins: [20, 10, 5, 1] },
  DKK: { notes: [1000, 500, 200, 100, 50], coins: [20, 10, 5, 2, 1, 0.5] },
  PLN: { notes: [500, 200, 100, 50, 20, 10], coins: [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] },
  CZK: { notes: [5000, 2000, 1000, 500, 200, 100], coins: [50, 20, 10, 5, 2, 1] },
  JPY: { notes: [10000, 5000, 2000, 1000], coins: [500, 100, 50, 10, 5, 1] },
};
const anyOther = { notes: [100, 50, 20, 10, 5], coins: [2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] };

/** The cash of a currency, where the store's settings do not name it; a plain 1-2-5 series for currencies not listed. */
export function cashForms(currency: string): CashForms {
  const scale = 10 ** currencyDigits(currency);
  const { notes, coins } = major[currency] ?? anyOther;
  const toMinor = (amounts: readonly number[]): number[] =>
    amounts.map((amount) => Math.round(amount * scale)).filter((amount) => amount >= 1);
  const notesMinor = toMinor(notes);
  return { notesMinor, denominationsMinor: [...new Set([...notesMinor, ...toMinor(coins)])] };
}
