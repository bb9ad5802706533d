import { QUANTITY_MAX } from '../limits.ts';
import type { CellProblem } from '../problem.ts';

/** Pieces on hand; may be below zero where more was sold than was known. Null for an empty cell: nobody counted. */
export type QuantityReading = { ok: true; quantity: number | null } | { ok: false; problem: CellProblem };

/** Reads a whole number of pieces. `12.0` and `12,00` are whole; `2.5` is not a number of pieces. */
export function readQuantity(raw: string): QuantityReading {
  const text = raw.trim().replace(/^'/, '');
  if (text === '') return { ok: true, quantity: null };
  const match = /^([-−+]?)(\d{1,12})(?:[.,]0+)?$/.exec(text);
  const quantity = Number(match?.[2] ?? Number.NaN) * (match?.[1] === '-' || match?.[1] === '−' ? -1 : 1);
  if (!Number.isFinite(quantity) || Math.abs(quantity) > QUANTITY_MAX) {
    const reason = `"${text.slice(0, 40)}" is not a whole number of pieces.`;
    return { ok: false, problem: { code: 'quantity-unreadable', reason } };
  }
  return { ok: true, quantity: quantity + 0 };
}
