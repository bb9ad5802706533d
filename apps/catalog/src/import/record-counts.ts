import type { Ledger } from '@evertill/ledger';
import { LedgerFault } from '@evertill/ledger';
import { COUNTED_ITEMS_MAX, idSchema } from '@evertill/records';
import type { FactOf } from '@evertill/records';
import { AUTHOR, ENGINE } from './importer-journal.ts';
import type { ItemCount, ScratchCatalog } from './scratch-catalog.ts';

/** What became of the quantities of a file. */
export type StockReport = {
  /** Items for which the file gives a quantity. */
  counted: number;
  /** Of these, the ones whose quantity is another than the importer recorded last: they are in its journal now. */
  recorded: number;
  /** Why the rest could not be recorded; null when all is well. Importing the file again records what is missing. */
  problem: string | null;
};

type StockCounted = FactOf<'StockCounted'>;

/** A record of a thousand items has some 100 KB; a few of them share one fsync. */
const FACTS_PER_APPEND = 5;

/**
 * Records the quantities of a file as counts of stock: `StockCounted` facts of at most a thousand items in the importer's journal.
 * A quantity is no property of an item (decision 2 of the architecture); whoever projects stock reads it here. Quantities that the
 * importer recorded before with the same figure are left out, so importing a file twice records nothing new.
 *
 * The basis covers the importer's own earlier counts and nothing of any register: a file does not say which sales it knew of.
 */
export function recordCounts(
  journal: Ledger,
  scratch: ScratchCatalog,
  options: { location: string; source: string; contentHash: string },
): StockReport {
  rememberRecorded(journal, scratch);
  const report: StockReport = { counted: scratch.countCounts(), recorded: 0, problem: null };
  const head = journal.head();
  const basis = { [`${AUTHOR}.${head.epoch}`]: head.seq };
  let facts: StockCounted[] = [];
  let items: ItemCount[] = [];
  const closeFact = () => {
    if (items.length === 0) return;
    const counted = items.map(({ itemId, quantity }) => ({ itemId, counted: quantity, unit: 'EA' as const }));
    facts.push({
      type: 'StockCounted',
      payload: { location: options.location, items: counted, basis, source: options.source },
    });
    items = [];
  };
  const append = () => {
    if (facts.length === 0) return;
    journal.append(facts, contextOf(options.contentHash));
    report.recorded += facts.reduce((sum, { payload }) => sum + payload.items.length, 0);
    facts = [];
  };
  try {
    for (const count of scratch.changedCounts()) {
      items.push(count);
      if (items.length === COUNTED_ITEMS_MAX) closeFact();
      if (facts.length === FACTS_PER_APPEND) append();
    }
    closeFact();
    append();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    report.problem = `The quantities could not all be recorded (${error.code}). Import the file again.`;
  }
  return report;
}

/** The last quantity that the importer recorded of each item, read from the journal itself: nothing else can be out of step with it. */
function rememberRecorded(journal: Ledger, scratch: ScratchCatalog): void {
  for (const record of journal.records({ type: 'StockCounted' })) {
    const read = record.read();
    if (!read.known || read.type !== 'StockCounted') continue;
    const { items } = read.payload;
    scratch.inTransaction(() => {
      for (const { itemId, counted } of items) scratch.rememberRecorded(itemId, counted);
    });
  }
}

function contextOf(contentHash: string) {
  const basis = { catalog: contentHash, prices: contentHash, tax: contentHash };
  return {
    actor: 'system',
    businessDate: null,
    basis: { ...basis, promotions: null, settings: null, engine: ENGINE },
    currency: null,
  };
}

/** Whether a journal can speak of an item of this id; ids of other publishers may be wider than a record's. */
export function canBeCounted(itemId: string): boolean {
  return idSchema.safeParse(itemId).success;
}
