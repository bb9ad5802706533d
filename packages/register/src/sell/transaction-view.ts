import {
  dueMinor,
  quickCashMinor,
  savedOnAllMinor,
  taxesOf,
  tenderedMinor,
  totalsOf,
  type Line,
  type TransactionState,
} from '@evertill/retail';
import type { RegisterSettings } from '../needs.ts';
import type { LineView, SuspendedView, TransactionView } from '../views.ts';

/** The open transaction as a screen shows it, every sum included; `null` once it has ended or was put aside. */
export function transactionView(
  state: TransactionState | null,
  settings: Pick<RegisterSettings, 'denominationsMinor' | 'notesMinor'>,
): TransactionView | null {
  if (!state || (state.status !== 'draft' && state.status !== 'tendering')) return null;
  const { extendedMinor, taxMinor, totalMinor, itemCount } = totalsOf(state.lines);
  const due = dueMinor(state);
  return {
    transactionId: state.transactionId,
    status: state.status,
    revision: state.revision,
    startedAt: state.startedAt,
    resumedName: state.name,
    lines: state.lines.map(lineView),
    voidedLines: state.voidedLines.map(({ lineId, name, quantity, extendedMinor: amount, reason }) => ({
      lineId,
      name,
      quantity,
      extendedMinor: amount,
      reason,
    })),
    touchedLineId: state.touchedLineId,
    itemCount,
    extendedMinor,
    savedMinor: savedOnAllMinor(state.lines),
    taxes: taxesOf(state.lines),
    taxMinor,
    totalMinor,
    tenders: state.tenders,
    tenderedMinor: tenderedMinor(state),
    dueMinor: due,
    quickCashMinor: quickCashMinor(due, settings.notesMinor, settings.denominationsMinor),
  };
}

/** `register`: the one that shows it. */
export function suspendedView(state: TransactionState, register: string): SuspendedView {
  const { itemCount, totalMinor } = totalsOf(state.lines);
  const by = state.suspended?.by.register ?? register;
  return {
    transactionId: state.transactionId,
    here: by === register,
    registerId: by,
    name: state.name ?? '',
    itemCount,
    totalMinor,
    suspendedAt: state.suspended?.at ?? state.startedAt,
    cashierName: state.suspended?.cashierName ?? '',
  };
}

function lineView(line: Line): LineView {
  return {
    lineId: line.lineId,
    itemId: line.itemId,
    name: line.itemName,
    variant: line.variant,
    sku: line.sku,
    scanCode: line.scanCode,
    quantity: line.quantity,
    unit: line.unit,
    unitPriceMinor: line.unitPriceMinor,
    compareAtMinor: line.compareAtMinor,
    extendedMinor: line.extendedMinor,
    totalMinor: line.totalMinor,
    taxClass: line.taxClass,
  };
}
