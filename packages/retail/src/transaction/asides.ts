import { type FactOf, TEXT_LENGTH_MAX } from '@evertill/records';
import { cleanText } from '../clean-text.ts';
import { type CommandOf, type Decision, decided, refuse, type TransactionContext } from './commands.ts';
import { bodyOf } from './record-body.ts';
import type { TransactionState } from './state.ts';

/** Gives a transaction up before it is paid. It keeps what it held and consumes a receipt number (I5, X7). */
export function voidTransaction(
  state: TransactionState,
  command: CommandOf<'voidTransaction'>,
  context: TransactionContext,
): Decision {
  const untendered = state.status === 'draft' || (state.status === 'tendering' && state.tenders.length === 0);
  if (!untendered) return refuse('wrong-state', state.status);
  const reason = cleanText(command.reason);
  if (reason === '') return refuse('bad-message', 'reason');
  if (reason.length > TEXT_LENGTH_MAX) return refuse('text-too-long', 'reason');
  const fact: FactOf<'TransactionVoided'> = {
    type: 'TransactionVoided',
    payload: { ...bodyOf(state, context), receiptNumber: context.nextReceiptNumber, reason },
  };
  return decided({ ...state, status: 'voided', revision: state.revision + 1 }, [fact]);
}

/** Puts an untendered transaction aside under a name. */
export function suspend(state: TransactionState, command: CommandOf<'suspend'>, context: TransactionContext): Decision {
  if (state.status !== 'draft') return refuse('wrong-state', state.status);
  if (state.lines.length === 0) return refuse('empty-transaction');
  const name = cleanText(command.name);
  if (name.length > TEXT_LENGTH_MAX) return refuse('text-too-long', 'name');
  const fact: FactOf<'TransactionSuspended'> = {
    type: 'TransactionSuspended',
    payload: { ...bodyOf(state, context), name },
  };
  const suspended = { at: context.at, cashierName: context.cashier.name, by: command.recordedAs };
  return decided({ ...state, status: 'suspended', name, suspended, revision: state.revision + 1 }, [fact]);
}

/** Takes a suspended transaction up again: it goes on under its own id, at its own prices (P4). */
export function resume(state: TransactionState, context: TransactionContext): Decision {
  if (state.status !== 'suspended' || !state.suspended) return refuse('wrong-state', state.status);
  const fact: FactOf<'TransactionResumed'> = {
    type: 'TransactionResumed',
    payload: {
      transactionId: state.transactionId,
      tillSessionId: context.tillSessionId,
      suspended: state.suspended.by,
    },
  };
  return decided({ ...state, status: 'draft', suspended: null, revision: state.revision + 1 }, [fact]);
}
