import type { FactOf } from '@evertill/records';
import { tenderMaxMinor } from '../tender/cash.ts';
import { type CommandOf, type Decision, decided, refuse, type TransactionContext } from './commands.ts';
import { bodyOf } from './record-body.ts';
import type { TransactionState } from './state.ts';
import { dueMinor } from './totals.ts';

const TENDERS_MAX = 20;

/** Takes cash (C3, C4, X9). Enough cash makes the transaction ready for `complete`. */
export function addCashTender(
  state: TransactionState,
  command: CommandOf<'addCashTender'>,
  context: TransactionContext,
): Decision {
  if (state.status !== 'draft' && state.status !== 'tendering') return refuse('wrong-state', state.status);
  if (state.lines.length === 0) return refuse('empty-transaction');
  const due = dueMinor(state);
  const { amountMinor, tenderId } = command;
  if (isSettled(state)) return refuse('wrong-state', 'settled');
  if (!Number.isSafeInteger(amountMinor) || amountMinor < Math.min(1, due)) return refuse('tender-too-small');
  if (amountMinor > tenderMaxMinor(due, context.denominationsMinor)) return refuse('tender-too-large');
  if (state.tenders.length === TENDERS_MAX - 1 && amountMinor < due) return refuse('tender-too-small', 'last');
  const tenders = [...state.tenders, { tenderId, kind: 'cash' as const, amountMinor }];
  return decided({ ...state, status: 'tendering', tenders, revision: state.revision + 1 });
}

export function removeTender(state: TransactionState, command: CommandOf<'removeTender'>): Decision {
  if (state.status !== 'tendering') return refuse('wrong-state', state.status);
  const tenders = state.tenders.filter((tender) => tender.tenderId !== command.tenderId);
  if (tenders.length === state.tenders.length) return refuse('unknown-line', command.tenderId);
  return decided({ ...state, tenders, revision: state.revision + 1 });
}

/** Back to adding lines (X7). A draft stays what it is: the screen had only looked at the tender page. */
export function backToDraft(state: TransactionState): Decision {
  if (state.status === 'draft') return decided(state);
  if (state.status !== 'tendering' || state.tenders.length > 0) return refuse('wrong-state', state.status);
  return decided({ ...state, status: 'draft', revision: state.revision + 1 });
}

/** Whether what was tendered pays for everything; a transaction of nothing wants its tender of nothing. */
export function isSettled(state: TransactionState): boolean {
  return state.tenders.length > 0 && dueMinor(state) <= 0;
}

/** The sale is done: one fact that holds all of it (X9, I6). */
export function complete(state: TransactionState, context: TransactionContext): Decision {
  if (state.status !== 'tendering') return refuse('wrong-state', state.status);
  if (!isSettled(state)) return refuse('tender-too-small');
  const fact: FactOf<'TransactionCompleted'> = {
    type: 'TransactionCompleted',
    payload: {
      ...bodyOf(state, context),
      receiptNumber: context.nextReceiptNumber,
      tenders: state.tenders,
      cashRoundingMinor: state.cashRoundingMinor,
      changeDueMinor: -dueMinor(state) || 0,
    },
  };
  return decided({ ...state, status: 'completed', revision: state.revision + 1 }, [fact]);
}
