import type { FactOf } from '@evertill/records';
import type { TransactionContext } from './commands.ts';
import type { Line, TransactionState } from './state.ts';
import { taxesOf, totalsOf } from './totals.ts';

type Body = Omit<FactOf<'TransactionVoided'>['payload'], 'receiptNumber' | 'reason'>;

/** What every record that ends or interrupts a transaction holds of it. The cashier is who ends it (X11). */
export function bodyOf(state: TransactionState, context: TransactionContext): Body {
  return {
    transactionId: state.transactionId,
    tillSessionId: context.tillSessionId,
    startedAt: state.startedAt,
    cashier: context.cashier,
    taxIncluded: state.taxIncluded,
    lines: state.lines.map(recordedLine),
    voidedLines: state.voidedLines,
    taxes: taxesOf(state.lines),
    totals: totalsOf(state.lines),
  };
}

function recordedLine({ itemName: _name, variant: _variant, taxNames: _names, ...line }: Line): Body['lines'][number] {
  return line;
}
