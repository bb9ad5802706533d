import { readTransactionState, receiptLabel, tenderedMinor, type TransactionState } from '@evertill/retail';
import { restoredTill } from './day/restored-till.ts';
import { restoredJobs } from './devices/print-jobs.ts';
import type { RegisterNeeds, StoreProfile } from './needs.ts';
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
    jobs: restoredJobs(needs.ledger, needs.identity.register),
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
  for (const draft of ledger.drafts()) {
    const state = parsed(draft.json);
    if (!state) onFault('draft', new Error(`draft ${draft.transactionId} cannot be read`));
    else if (draft.status === 'suspended') suspended.push(state);
    else open = state;
  }
  suspended.sort((a, b) => ((a.suspended?.at ?? '') < (b.suspended?.at ?? '') ? -1 : 1));
  return { open, suspended };
}

function parsed(json: string): TransactionState | null {
  try {
    return readTransactionState(JSON.parse(json));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function restoredLastSale({ ledger, identity }: RegisterNeeds): LastSale | null {
  const found = ledger.lastOf('TransactionCompleted');
  const last = found?.read();
  if (!found || !last?.known || last.type !== 'TransactionCompleted') return null;
  const sale = last.payload;
  const { receiptNumber } = sale;
  return {
    transactionId: sale.transactionId,
    receiptNumber,
    receiptLabel: receiptLabel({ register: identity.register, epoch: found.epoch, receiptNumber }),
    completedAt: last.header.at,
    totalMinor: sale.totals.totalMinor,
    tenderedMinor: tenderedMinor(sale),
    changeDueMinor: sale.changeDueMinor,
    itemCount: sale.totals.itemCount,
  };
}
