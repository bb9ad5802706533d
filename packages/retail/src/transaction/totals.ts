import type { TransactionTotals } from '@evertill/records';
import { discountMinor, savedMinor } from '../pricing/price-line.ts';
import { sumTaxes, type TaxTotal } from '../tax/tax-totals.ts';
import type { Line, TransactionState } from './state.ts';

/** The sums of the lines (I6, I7): nothing is rounded here, so order never matters. */
export function totalsOf(lines: readonly Line[]): TransactionTotals {
  const totals = { extendedMinor: 0, discountMinor: 0, taxMinor: 0, totalMinor: 0, itemCount: 0 };
  for (const line of lines) {
    totals.extendedMinor += line.extendedMinor;
    totals.discountMinor += discountMinor(line);
    totals.totalMinor += line.totalMinor;
    totals.itemCount += line.unit === 'EA' ? line.quantity : 1;
    for (const tax of line.taxes) totals.taxMinor += tax.taxMinor;
  }
  return totals;
}

/** Tax per rate with the rate's name (T1). */
export function taxesOf(lines: readonly Line[]): TaxTotal[] {
  return sumTaxes(
    lines.flatMap((line) => line.taxes.map((tax, index) => ({ ...tax, name: line.taxNames[index] ?? '' }))),
  );
}

/** What the customer saves on all lines (P3). */
export function savedOnAllMinor(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + savedMinor(line), 0);
}

export function tenderedMinor(state: Pick<TransactionState, 'tenders'>): number {
  return state.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
}

/** What is still to pay in cash; negative is change due (C1, C2). */
export function dueMinor(state: TransactionState): number {
  return totalsOf(state.lines).totalMinor + state.cashRoundingMinor - tenderedMinor(state);
}
