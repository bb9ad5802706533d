import type { TransactionState } from '@evertill/retail';
import type { ParamsOf } from '../commands.ts';
import type { StoredDraft } from '../needs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { record } from '../shell/journal.ts';
import { SUSPENDED_MAX } from '../shell/limits.ts';
import type { Workplace } from '../shell/workplace.ts';
import { decideHere, holdSuspended, holdTransaction } from './open-transaction.ts';

/** Gives up the open transaction; the record and the end of its draft are one commit. */
export function voidTransaction(workplace: Workplace, params: ParamsOf<'voidTransaction'>): Outcome<null> {
  const decision = decideHere(workplace, { kind: 'voidTransaction', ...params });
  if (!decision.ok) return refused(decision.error.code, decision.error.detail);
  const { state, facts } = decision;
  record(workplace, facts, (changes) => changes.removeDraft(state.transactionId), { basis: state.basis });
  workplace.drafts.forget();
  holdTransaction(workplace, null);
  return done(null);
}

export function suspend(workplace: Workplace, params: ParamsOf<'suspend'>): Outcome<null> {
  const { needs, memory } = workplace;
  if (memory.suspended.length >= SUSPENDED_MAX) return refused('suspended-transactions', String(SUSPENDED_MAX));
  const { epoch, seq } = needs.ledger.head();
  const recordedAs = { register: needs.identity.register, epoch, seq: seq + 1 };
  const decision = decideHere(workplace, { kind: 'suspend', recordedAs, ...params });
  if (!decision.ok) return refused(decision.error.code, decision.error.detail);
  const { state, facts } = decision;
  record(workplace, facts, (changes) => changes.putDraft(suspendedDraft(state)), { basis: state.basis });
  workplace.drafts.forget();
  holdTransaction(workplace, null);
  holdSuspended(workplace, [...memory.suspended, state]);
  return done(null);
}

function suspendedDraft(state: TransactionState): StoredDraft {
  return {
    transactionId: state.transactionId,
    status: 'suspended',
    name: state.name ?? '',
    json: JSON.stringify(state),
  };
}
