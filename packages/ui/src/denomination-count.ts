import { typeDigit, type KeypadKey } from './amount-entry.ts';

/** More pieces of one coin than this are a typing error. */
export const PIECES_DIGITS_MAX = 5;

/** A count under way: what was typed per denomination, and which cell a key goes to. */
export type DenominationCount = {
  readonly denominationsMinor: readonly number[];
  /** Typed digits per denomination, '' for none. */
  readonly typed: readonly string[];
  readonly active: number;
  /** The active cell was just entered: the next digit replaces what is there. */
  readonly fresh: boolean;
};

export const newDenominationCount = (denominationsMinor: readonly number[]): DenominationCount => ({
  denominationsMinor,
  typed: denominationsMinor.map(() => ''),
  active: 0,
  fresh: true,
});

/** Moves to a cell; out of range stays at the edge. */
export function enterCell(count: DenominationCount, index: number): DenominationCount {
  const active = Math.min(Math.max(index, 0), count.denominationsMinor.length - 1);
  return { ...count, active, fresh: true };
}

export function typeCell(count: DenominationCount, key: KeypadKey): DenominationCount {
  const before = count.fresh && key !== 'erase' ? '' : (count.typed[count.active] ?? '');
  return writeCell(count, count.active, typeDigit(before, key, PIECES_DIGITS_MAX));
}

export function writeCell(count: DenominationCount, index: number, digits: string): DenominationCount {
  return { ...count, fresh: false, typed: count.typed.map((old, at) => (at === index ? digits : old)) };
}

/** The pieces counted, denominations without any left out. */
export function countedPieces(count: DenominationCount): { denominationMinor: number; count: number }[] {
  return count.denominationsMinor.flatMap((denominationMinor, index) => {
    const pieces = Number(count.typed[index] || '0');
    return pieces === 0 ? [] : [{ denominationMinor, count: pieces }];
  });
}

/** The money in the pieces typed so far, in minor units: for the person who counts; the register adds up for itself. */
export function countedMinor(count: DenominationCount): number {
  return countedPieces(count).reduce((sum, piece) => sum + piece.denominationMinor * piece.count, 0);
}
