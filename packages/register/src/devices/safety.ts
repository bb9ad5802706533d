import type { RegisterNeeds } from '../needs.ts';
import type { Workplace } from '../shell/workplace.ts';
import type { SafetyView } from '../views.ts';

export function safetyView({ ledger }: Pick<RegisterNeeds, 'ledger'>): SafetyView {
  const { records, sales } = ledger.counts();
  const { seq, hash } = ledger.head();
  const { copy } = ledger.trail();
  const completeAtMs = copy?.completeAtMs ?? null;
  return {
    recordsOnDisk: records,
    salesOnDisk: sales,
    headSeq: seq,
    headHash: hash,
    secondCopy: { ok: copy?.ok ?? false, at: completeAtMs === null ? null : new Date(completeAtMs).toISOString() },
  };
}

/** Says where the facts are safe; a second copy that stopped working is said once. */
export function showSafety(workplace: Workplace): void {
  const before = workplace.board.get('safety');
  const view = safetyView(workplace.needs);
  workplace.board.show('safety', view);
  if (before.secondCopy.ok && !view.secondCopy.ok) workplace.notify('warning', 'second-copy-failed');
}
