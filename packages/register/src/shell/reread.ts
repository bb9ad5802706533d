import { tillView } from '../day/till.ts';
import { lastSaleView } from '../devices/print-jobs.ts';
import { showSafety } from '../devices/safety.ts';
import { recover } from '../recover.ts';
import { holdSuspended, holdTransaction } from '../sell/open-transaction.ts';
import type { Workplace } from './workplace.ts';

/**
 * After a commit that failed: asks the ledger what is true. A commit may be on disk although it was reported as failed; what was done
 * then shows as done, so that nobody does it twice (I14). Who is signed on, and a draft newer than the disk, stay.
 */
export function rereadLedger(workplace: Workplace): void {
  const { needs, memory, board, drafts } = workplace;
  const { transaction } = memory;
  memory.running = null;
  const found = recover(needs, memory.store);
  const { till, lastClosedAt, lastZNumber, businessDate, lastSale } = found;
  Object.assign(memory, { till, lastClosedAt, lastZNumber, businessDate, lastSale });
  board.show('till', tillView(memory));
  board.show('lastSale', lastSaleView(lastSale, memory.jobs, needs.ledger));
  holdSuspended(workplace, found.suspended);
  if (!transaction) holdTransaction(workplace, found.transaction);
  else if (isOver(workplace, transaction.transactionId)) {
    drafts.forget();
    holdTransaction(workplace, null);
  }
  showSafety(workplace);
}

/** Whether the ledger says that a transaction ended or was put aside. */
function isOver({ needs, memory }: Workplace, transactionId: string): boolean {
  if (memory.suspended.some((one) => one.transactionId === transactionId)) return true;
  return (['TransactionCompleted', 'TransactionVoided'] as const).some((type) => {
    const last = needs.ledger.lastOf(type)?.read();
    return last?.known && last.type === type && last.payload.transactionId === transactionId;
  });
}
