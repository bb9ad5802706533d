import { restoreSuspended, type TransactionState } from '@evertill/retail';
import type { ParamsOf } from '../commands.ts';
import type { ResumeClaim } from '../needs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { withDeadline } from '../shell/deadline.ts';
import { putOpenDraft } from '../shell/draft-keeper.ts';
import { record } from '../shell/journal.ts';
import { CLAIM_DEADLINE_MS } from '../shell/limits.ts';
import type { Workplace } from '../shell/workplace.ts';
import { decideHere, holdSuspended, holdTransaction } from './open-transaction.ts';

/**
 * Takes a suspended transaction up again, wherever it was put aside; there is one open transaction at most. Who may is in
 * 002-who-may-resume.md: the server's leave is asked for, and without it only what was put aside here goes on.
 */
export async function resume(workplace: Workplace, { transactionId }: ParamsOf<'resume'>): Promise<Outcome<null>> {
  const { memory } = workplace;
  if (memory.transaction) return refused('open-transaction');
  const here = memory.suspended.find((one) => one.transactionId === transactionId);
  const suspended = here ?? suspendedElsewhere(workplace, transactionId);
  if (!suspended?.suspended) return refused('unknown-transaction');
  const leave = await claim(workplace, suspended.suspended.by);
  if (!leave.ok && leave.reason === 'taken') return refused('resumed-elsewhere');
  if (!leave.ok && leave.reason === 'gone') return goneElsewhere(workplace, here);
  if (!leave.ok && !here) return refused('needs-server');
  const decision = decideHere(workplace, { kind: 'resume', transactionId }, suspended);
  if (!decision.ok) return refused(decision.error.code, decision.error.detail);
  const { state, facts } = decision;
  const used = leave.ok ? { claim: leave.claim } : {};
  record(workplace, facts, (changes) => putOpenDraft(changes, state), { basis: state.basis, ...used });
  holdSuspended(
    workplace,
    memory.suspended.filter((one) => one !== here),
  );
  holdTransaction(workplace, state);
  return done(null);
}

function goneElsewhere(workplace: Workplace, here: TransactionState | undefined): Outcome<null> {
  if (here) letGo(workplace, here);
  return refused('resumed-elsewhere');
}

/** Another register went on with it: here it is over, and its draft with it. */
function letGo(workplace: Workplace, here: TransactionState): void {
  workplace.needs.ledger.write((changes) => changes.removeDraft(here.transactionId));
  holdSuspended(
    workplace,
    workplace.memory.suspended.filter((one) => one !== here),
  );
}

/** Takes what the server says went on elsewhere out of the list, and says so. */
export function letGoOfEnded(workplace: Workplace): void {
  const ended = workplace.needs.unified?.endedElsewhere() ?? [];
  const isEnded = ({ suspended }: TransactionState): boolean =>
    ended.some(
      ({ register, epoch, seq }) =>
        suspended?.by.register === register && suspended.by.epoch === epoch && suspended.by.seq === seq,
    );
  for (const here of workplace.memory.suspended.filter(isEnded)) {
    letGo(workplace, here);
    workplace.notify('info', 'resumed-elsewhere', here.name);
  }
}

function suspendedElsewhere({ needs }: Workplace, transactionId: string): TransactionState | undefined {
  const found = needs.unified?.suspendedElsewhere().find(({ payload }) => payload.transactionId === transactionId);
  return (found && restoreSuspended(found)) ?? undefined;
}

async function claim({ needs }: Workplace, by: { register: string; epoch: number; seq: number }): Promise<ResumeClaim> {
  if (!needs.unified) return { ok: false, reason: 'unreachable' };
  try {
    return await withDeadline(needs.timers, CLAIM_DEADLINE_MS, needs.unified.claimResume(by));
  } catch (error) {
    needs.onFault('claim', error);
    return { ok: false, reason: 'unreachable' };
  }
}
