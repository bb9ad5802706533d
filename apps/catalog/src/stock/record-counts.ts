import type { Ledger } from '@evertill/ledger';
import { LedgerFault } from '@evertill/ledger';
import { idSchema } from '@evertill/records';
import type { ScratchCatalog } from '../import/scratch-catalog.ts';
import { appendCounts, countedBefore } from './append-counts.ts';
import type { CountOptions } from './append-counts.ts';

/** What became of the quantities of a file. */
export type StockReport = {
  /** Items for which the file gives a quantity. */
  counted: number;
  /** Of these, the ones whose quantity is another than the importer recorded last: they are in its journal now. */
  recorded: number;
  /** Why the rest could not be recorded; null when all is well. Importing the file again records what is missing. */
  problem: string | null;
};

/**
 * Records the quantities of a file as counts of stock in the importer's journal. A quantity is no property of an item (decision 2 of the
 * architecture); whoever projects stock reads it here. Quantities that the importer recorded before with the same figure are left
 * out, so importing a file twice records nothing new.
 */
export function recordCounts(journal: Ledger, scratch: ScratchCatalog, options: CountOptions): StockReport {
  // Read from the journal itself: nothing else can be out of step with it.
  scratch.inTransaction(() => {
    for (const { itemId, quantity } of countedBefore(journal, options.location)) {
      scratch.rememberRecorded(itemId, quantity);
    }
  });
  const report: StockReport = { counted: scratch.countCounts(), recorded: 0, problem: null };
  try {
    for (const recorded of appendCounts(journal, scratch.changedCounts(), options)) report.recorded += recorded;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    report.problem = `The quantities could not all be recorded (${error.code}). Import the file again.`;
  }
  return report;
}

/** Whether a journal can speak of an item of this id; ids of other publishers may be wider than a record's. */
export function canBeCounted(itemId: string): boolean {
  return idSchema.safeParse(itemId).success;
}
