import { resume, suspend, voidTransaction } from './asides.ts';
import { type Decision, refuse, type TransactionCommand, type TransactionContext } from './commands.ts';
import { addLine, changeQuantity, voidLine } from './lines.ts';
import type { TransactionState } from './state.ts';
import { addCashTender, backToDraft, complete, removeTender } from './tenders.ts';

/**
 * The transaction's state machine (SPEC X): what a command makes of a state, and what the journal must say before anyone sees
 * it. Pure; `state` is never changed. `null` is "no transaction open": only `addLine` starts one.
 */
export function decide(
  state: TransactionState | null,
  command: TransactionCommand,
  context: TransactionContext,
): Decision {
  if (command.kind === 'addLine') return addLine(state, command, context);
  if (!state) return refuse('no-transaction');
  if (command.transactionId !== state.transactionId) return refuse('unknown-transaction', command.transactionId);
  if (command.revision !== undefined && command.revision !== state.revision) return refuse('stale-screen');
  switch (command.kind) {
    case 'changeQuantity':
      return changeQuantity(state, command, context);
    case 'voidLine':
      return voidLine(state, command, context);
    case 'voidTransaction':
      return voidTransaction(state, command, context);
    case 'suspend':
      return suspend(state, command, context);
    case 'resume':
      return resume(state, context);
    case 'addCashTender':
      return addCashTender(state, command, context);
    case 'removeTender':
      return removeTender(state, command);
    case 'backToDraft':
      return backToDraft(state);
    case 'complete':
      return complete(state, context);
  }
}
