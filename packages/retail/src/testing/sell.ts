import { decide } from '../transaction/decide.ts';
import type { SaleItem, TransactionCommand, TransactionContext } from '../transaction/commands.ts';
import type { TransactionState } from '../transaction/state.ts';
import { shopContext } from './shop.ts';

/** Decides and insists: for tests whose subject comes later. */
export function must(
  state: TransactionState | null,
  command: TransactionCommand,
  context: TransactionContext = shopContext(),
): TransactionState {
  const decision = decide(state, command, context);
  if (!decision.ok) throw new Error(`${command.kind} refused: ${decision.error.code} ${decision.error.detail ?? ''}`);
  return decision.state;
}

/** A draft with these items, lines named `line-1` … in order of adding. */
export function draftOf(items: readonly SaleItem[], context: TransactionContext = shopContext()): TransactionState {
  let state: TransactionState | null = null;
  for (const [index, item] of items.entries()) {
    state = must(state, { kind: 'addLine', newTransactionId: 'sale-1', lineId: `line-${index + 1}`, item }, context);
  }
  if (!state) throw new Error('a draft has a line');
  return state;
}
