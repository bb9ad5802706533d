import type { PayloadOf, RecordHeader } from '@evertill/records';
import { isSettled, receiptLabel, tenderedMinor, type TransactionState } from '@evertill/retail';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import { jobAdded, lastSaleView, receiptJobId } from '../devices/print-jobs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { record, unlessItFails } from '../shell/journal.ts';
import type { LastSale, Workplace } from '../shell/workplace.ts';
import { changeTenders, decideHere, holdTransaction } from './open-transaction.ts';
import { overlayRowsOf } from './overlay-rows.ts';

type Sale = PayloadOf<'TransactionCompleted'>;

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
  const jobId = receiptJobId(sale.transactionId, 0);
  let prints = false;
  const header = record(
    workplace,
    [fact],
    (changes, place) => {
      changes.removeDraft(sale.transactionId);
      for (const row of overlayRowsOf(place, sale)) changes.addOverlay(row);
      const document = unlessItFails(workplace, 'receipt', () => receiptOf(workplace, sale, place, 0));
      prints = document !== null;
      if (prints) changes.addPrintJob({ jobId, kind: 'receipt', document });
    },
    { basis: tendered.basis },
  );
  workplace.drafts.forget();
  memory.lastSale = lastSaleOf(sale, header);
  holdTransaction(workplace, null);
  if (prints) jobAdded(workplace, { jobId, kind: 'receipt', label: memory.lastSale.receiptLabel });
  else workplace.board.show('lastSale', lastSaleView(memory.lastSale, memory.jobs, needs.ledger));
  return done({ completed: true, changeDueMinor: sale.changeDueMinor });
}

export function lastSaleOf(sale: Sale, header: RecordHeader): LastSale {
  return {
    transactionId: sale.transactionId,
    receiptNumber: sale.receiptNumber,
    receiptLabel: receiptLabel({ ...header, receiptNumber: sale.receiptNumber }),
    completedAt: header.at,
    totalMinor: sale.totals.totalMinor,
    tenderedMinor: tenderedMinor(sale),
    changeDueMinor: sale.changeDueMinor,
    itemCount: sale.totals.itemCount,
  };
}

/** The printable receipt of a recorded sale; copy 0 is the original. */
export function receiptOf({ needs, memory }: Workplace, sale: Sale, header: RecordHeader, copyNumber: number): unknown {
  return needs.receipts.sale({
    sale,
    receiptLabel: receiptLabel({ ...header, receiptNumber: sale.receiptNumber }),
    at: header.at,
    tzOffsetMin: header.tzOffsetMin,
    store: memory.store,
    registerId: header.register,
    copyNumber,
  });
}
