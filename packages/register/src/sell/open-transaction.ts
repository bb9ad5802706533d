import {
  decide,
  restoreSuspended,
  type Decision,
  type TransactionCommand,
  type TransactionContext,
  type TransactionState,
} from '@evertill/retail';
import { done, refused, type Outcome } from '../refusal.ts';
import { basisNow } from '../shell/journal.ts';
import { SUSPENDED_MAX } from '../shell/limits.ts';
import type { RegisterNeeds } from '../needs.ts';
import type { SuspendedView } from '../views.ts';
import type { Cause } from '../shell/snapshot-board.ts';
import { now, type Workplace } from '../shell/workplace.ts';
import { suspendedView, transactionView } from './transaction-view.ts';

/** Decides a command on the open transaction, or on `state`, by the rules and the world of this register. */
export function decideHere(
  workplace: Workplace,
  command: TransactionCommand,
  state: TransactionState | null = workplace.memory.transaction,
): Decision {
  const context = contextHere(workplace);
  return context ? decide(state, command, context) : { ok: false, error: { code: 'no-transaction' } };
}

/** Takes the new state of the open transaction in hand and shows it. What must be on disk before, is. */
export function holdTransaction(
  workplace: Workplace,
  state: TransactionState | null,
  cause: Cause | null = null,
): void {
  const { memory, board } = workplace;
  memory.transaction = state;
  board.show('transaction', transactionView(state, memory.settings), cause);
}

export function holdSuspended(workplace: Workplace, suspended: readonly TransactionState[]): void {
  workplace.memory.suspended = suspended;
  workplace.board.show('suspended', suspendedViews(workplace.needs, suspended));
}

/** What was put aside here, then what the other registers of the store put aside. */
export function suspendedViews(
  { unified, identity }: Pick<RegisterNeeds, 'unified' | 'identity'>,
  here: readonly TransactionState[],
): SuspendedView[] {
  const elsewhere = (unified?.suspendedElsewhere() ?? []).map(restoreSuspended).filter((state) => state !== null);
  const ours = new Set(here.map(({ transactionId }) => transactionId));
  const others = elsewhere.filter(({ transactionId }) => !ours.has(transactionId)).slice(0, SUSPENDED_MAX);
  return [...here, ...others].map((state) => suspendedView(state, identity.register));
}

/** A change of lines: shown at once, durable within 50 ms. */
export function changeDraft(
  workplace: Workplace,
  command: TransactionCommand,
  cause: Cause | null = null,
): Outcome<TransactionState> {
  const decision = decideHere(workplace, command);
  if (!decision.ok) return refused(decision.error.code, decision.error.detail);
  if (decision.state !== workplace.memory.transaction) {
    holdTransaction(workplace, decision.state, cause);
    workplace.drafts.keepSoon(decision.state);
  }
  return done(decision.state);
}

/** A change of tenders: durable before anyone sees it. */
export function changeTenders(workplace: Workplace, command: TransactionCommand): Outcome<TransactionState> {
  const decision = decideHere(workplace, command);
  if (!decision.ok) return refused(decision.error.code, decision.error.detail);
  if (decision.state !== workplace.memory.transaction) {
    workplace.drafts.keepNow(decision.state);
    holdTransaction(workplace, decision.state);
  }
  return done(decision.state);
}

function contextHere(workplace: Workplace): TransactionContext | null {
  const { needs, memory } = workplace;
  const { signedOn, till, store, settings } = memory;
  if (!signedOn || !till) return null;
  return {
    at: now(workplace),
    cashier: { id: signedOn.staffId, name: signedOn.name },
    tillSessionId: till.tillSessionId,
    currency: store.currency,
    taxIncluded: store.taxIncluded,
    basis: basisNow(workplace),
    denominationsMinor: settings.denominationsMinor,
    limits: settings.limits,
    nextReceiptNumber: needs.ledger.nextReceiptNumber(),
  };
}
