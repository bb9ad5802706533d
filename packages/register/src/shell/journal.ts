import type { Basis, Fact, RecordHeader } from '@evertill/records';
import type { LedgerChanges } from '../needs.ts';
import { runAlong } from '../day/session-sums.ts';
import { showSafety } from '../devices/safety.ts';
import { engineOf, type Workplace } from './workplace.ts';

/** What prices and taxes come from at this moment. */
export function basisNow(workplace: Workplace): Basis {
  return { ...workplace.needs.catalog.basis(), promotions: null, settings: null, engine: engineOf(workplace.needs) };
}

/**
 * States facts in the journal, with everything that belongs to the same commit. When it returns they are on disk; when it throws,
 * nothing happened: so it comes before any change of memory or screen. `changes` gets the first record's header with its place and
 * instant, which is also answered.
 */
export function record(
  workplace: Workplace,
  facts: readonly Fact[],
  changes: (changes: LedgerChanges, first: RecordHeader) => void = () => undefined,
  options: { actor?: string; basis?: Basis; businessDate?: string; claim?: string } = {},
): RecordHeader {
  const { needs, memory } = workplace;
  const context = {
    actor: options.actor ?? memory.signedOn?.staffId ?? 'system',
    businessDate: options.businessDate ?? memory.businessDate,
    basis: options.basis ?? basisNow(workplace),
    currency: memory.store.currency,
    ...(options.claim === undefined ? {} : { claim: options.claim }),
  };
  const records = needs.ledger.append(facts, context, (tx) => changes(tx, headerOfFirst(tx.records)));
  runAlong(memory, facts, records);
  showSafety(workplace);
  return headerOfFirst(records);
}

/** Runs what must not stop a commit: paper, for one. Its failure is told and the work goes on without it. */
export function unlessItFails<T>(workplace: Workplace, where: string, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    workplace.needs.onFault(where, error);
    return null;
  }
}

function headerOfFirst(records: readonly { readonly header: RecordHeader }[]): RecordHeader {
  const [first] = records;
  if (!first) throw new Error('a commit with facts has records');
  return first.header;
}
