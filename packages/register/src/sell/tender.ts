import type { FactOf, PayloadOf } from '@evertill/records';
import { isSettled, receiptLabel, tenderedMinor, type TransactionState } from '@evertill/retail';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import { jobAdded, lastSaleView, receiptJobId } from '../devices/print-jobs.ts';
import type { LedgerChanges } from '../needs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { record, unlessItFails } from '../shell/journal.ts';
import { now, type Workplace } from '../shell/workplace.ts';
import { changeTenders, decideHere, holdTransaction } from './open-transaction.ts';

/** Takes cash. Enough of it commits the sale; less is durable before the answer. */
export function tenderCash(workplace: Workplace, params: ParamsOf<'tenderCash'>): Outcome<AnswerOf<'tenderCash'>> {
  workplace.drafts.flush();
  const command = { kind: 'addCashTender', tenderId: workplace.needs.ids.next(), ...params } as const;
  const tendered = decideHere(workplace, command);
  if (!tendered.ok) return refused(tendered.error.code, tendered.error.detail);
  if (isSettled(tendered.state)) return completeSale(workplace, tendered.state);
  workplace.drafts.keepNow(tendered.state);
  holdTransaction(workplace, tendered.state);
  return done({ completed: false, changeDueMinor: 0 });
}

export function removeTender(workplace: Workplace, params: ParamsOf<'removeTender'>): Outcome<null> {
  const outcome = changeTenders(workplace, { kind: 'removeTender', ...params });
  return outcome.ok ? done(null) : outcome;
}

export function backToDraft(workplace: Workplace, params: ParamsOf<'backToDraft'>): Outcome<null> {
  const outcome = changeTenders(workplace, { kind: 'backToDraft', ...params });
  return outcome.ok ? done(null) : outcome;
}

/**
 * The commit of a sale: record, end of the draft, movements of stock and the receipt's print job, in one transaction with one fsync.
 * The answer comes after it (I14).
 */
function completeSale(workplace: Workplace, tendered: TransactionState): Outcome<AnswerOf<'tenderCash'>> {
  const { needs, memory } = workplace;
  const decision = decideHere(workplace, { kind: 'complete', transactionId: tendered.transactionId }, tendered);
  if (!decision.ok) return refused(decision.error.code, decision.error.detail);
  const [fact] = decision.facts;
  if (fact?.type !== 'TransactionCompleted') throw new Error('a completed transaction states itself');
  const sale = fact.payload;
  const { epoch } = needs.ledger.head();
  const label = receiptLabel({ register: needs.identity.register, epoch, receiptNumber: sale.receiptNumber });
  const completedAt = now(workplace);
  const document = unlessItFails(workplace, 'receipt', () => receiptOf(workplace, sale, label, completedAt, 0));
  const jobId = receiptJobId(sale.transactionId, 0);
  const addJob = (changes: LedgerChanges): void => {
    if (document !== null) changes.addPrintJob({ jobId, kind: 'receipt', document });
  };
  record(
    workplace,
    [fact],
    (changes) => {
      changes.removeDraft(sale.transactionId);
      moveStock(changes, fact, needs.identity.store);
      addJob(changes);
    },
    { basis: tendered.basis },
  );
  workplace.drafts.forget();
  memory.lastSale = {
    transactionId: sale.transactionId,
    receiptNumber: sale.receiptNumber,
    receiptLabel: label,
    completedAt,
    totalMinor: sale.totals.totalMinor,
    tenderedMinor: tenderedMinor(sale),
    changeDueMinor: sale.changeDueMinor,
    itemCount: sale.totals.itemCount,
  };
  holdTransaction(workplace, null);
  if (document === null) workplace.board.show('lastSale', lastSaleView(memory.lastSale, memory.jobs, needs.ledger));
  else jobAdded(workplace, { jobId, kind: 'receipt', label });
  return done({ completed: true, changeDueMinor: sale.changeDueMinor });
}

/** The printable receipt of a sale; copy 0 is the original. */
export function receiptOf(
  workplace: Workplace,
  sale: PayloadOf<'TransactionCompleted'>,
  label: string,
  at: string,
  copyNumber: number,
): unknown {
  const { needs, memory } = workplace;
  return needs.receipts.sale({
    sale,
    receiptLabel: label,
    at,
    tzOffsetMin: needs.clock.tzOffsetMin(),
    store: memory.store,
    registerId: needs.identity.register,
    copyNumber,
  });
}

function moveStock(changes: LedgerChanges, { payload }: FactOf<'TransactionCompleted'>, location: string): void {
  const sold = new Map<string, { itemId: string; unit: 'EA' | 'GRM'; quantity: number }>();
  for (const { itemId, unit, quantity } of payload.lines) {
    const key = `${unit} ${itemId}`;
    sold.set(key, { itemId, unit, quantity: (sold.get(key)?.quantity ?? 0) + quantity });
  }
  for (const { itemId, unit, quantity } of sold.values()) {
    changes.addStockMovement({ itemId, location, quantity: -quantity, unit });
  }
}
