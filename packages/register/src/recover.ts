import { readTransactionState, type TransactionState } from '@evertill/retail';
import { restoredTill } from './day/restored-till.ts';
import { restoredJobs } from './devices/print-jobs.ts';
import type { RegisterLedger, RegisterNeeds, StoreProfile } from './needs.ts';
import { lastSaleOf } from './sell/tender.ts';
import type { LastSale, Memory } from './shell/workplace.ts';
import { settingsFor } from './store-profile.ts';

/** Everything the register remembers, read back from the ledger: after a crash exactly what was acknowledged (I14). */
export function recover(needs: RegisterNeeds, store: StoreProfile): Memory {
  const { open, suspended } = restoredDrafts(needs);
  return {
    store,
    settings: settingsFor(store.currency, needs.settings),
    signedOn: null,
    ...restoredTill(needs),
    transaction: open,
    suspended,
    lastSale: restoredLastSale(needs),
    running: null,
    jobs: restoredJobs(needs.ledger),
    restoredUntold: open !== null,
  };
}

/** A draft that cannot be read stays in the ledger as it is and is told: it is never taken for no draft. */
function restoredDrafts({ ledger, onFault }: RegisterNeeds): {
  open: TransactionState | null;
  suspended: TransactionState[];
} {
  let open: TransactionState | null = null;
  const suspended: TransactionState[] = [];
  const over = endedMeanwhile(ledger);
  for (const draft of ledger.drafts()) {
    if (over.has(draft.transactionId)) {
      ledger.write((changes) => changes.removeDraft(draft.transactionId));
      continue;
    }
    const state = parsed(draft.json);
    if (!state) onFault('draft', new Error(`draft ${draft.transactionId} cannot be read`));
    else if (draft.status === 'suspended') suspended.push(state);
    else open = state;
  }
  suspended.sort((a, b) => ((a.suspended?.at ?? '') < (b.suspended?.at ?? '') ? -1 : 1));
  return { open, suspended };
}

/**
 * Transactions that the journal says are over. Only records that came back from the second copy can know of an end that the drafts
 * do not: usually the end of a transaction takes its draft away in the same commit.
 */
function endedMeanwhile(ledger: RegisterLedger): ReadonlySet<string> {
  const over = new Set<string>();
  if (ledger.opened.regainedRecords === 0 || ledger.drafts().length === 0) return over;
  for (const found of ledger.records({})) {
    if (found.type !== 'TransactionCompleted' && found.type !== 'TransactionVoided') continue;
    const record = found.read();
    if (!record.known) continue;
    if (record.type === 'TransactionCompleted' || record.type === 'TransactionVoided')
      over.add(record.payload.transactionId);
  }
  return over;
}

function parsed(json: string): TransactionState | null {
  try {
    return readTransactionState(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function restoredLastSale({ ledger }: RegisterNeeds): LastSale | null {
  const last = ledger.lastOf('TransactionCompleted')?.read();
  return last?.known && last.type === 'TransactionCompleted' ? lastSaleOf(last.payload, last.header) : null;
}
