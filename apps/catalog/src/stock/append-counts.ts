import type { Ledger } from '@evertill/ledger';
import { COUNTED_ITEMS_MAX } from '@evertill/records';
import type { FactOf } from '@evertill/records';
import type { ItemCount } from '../import/scratch-catalog.ts';
import { ENGINE, importerOf } from './importer-journal.ts';

type StockCounted = FactOf<'StockCounted'>;

/** A record of a thousand items has some 100 KB; a few of them share one fsync. */
const FACTS_PER_APPEND = 5;

export type CountOptions = {
  /** Whose journal it is. */
  readonly store: string;
  readonly location: string;
  readonly source: string;
  /** Of the catalog that the items are in. */
  readonly contentHash: string;
};

/**
 * States counts as `StockCounted` facts of at most a thousand items in the importer's journal; says after each commit how many items it held.
 *
 * The basis covers the importer's own earlier counts and nothing of any register: a file does not say which sales it knew of.
 *
 * @throws LedgerFault
 */
export function* appendCounts(
  journal: Ledger,
  counts: Iterable<ItemCount>,
  { store, location, source, contentHash }: CountOptions,
): Generator<number> {
  const head = journal.head();
  const basis = { [`${importerOf(store)}.${head.epoch}`]: head.seq };
  const append = (facts: readonly StockCounted[]): number => {
    journal.append(facts, contextOf(contentHash));
    return facts.reduce((sum, { payload }) => sum + payload.items.length, 0);
  };
  let facts: StockCounted[] = [];
  for (const items of inGroups(counts, COUNTED_ITEMS_MAX)) {
    const counted = items.map(({ itemId, quantity }) => ({ itemId, counted: quantity, unit: 'EA' as const }));
    facts.push({ type: 'StockCounted', payload: { location, items: counted, basis, source } });
    if (facts.length < FACTS_PER_APPEND) continue;
    yield append(facts);
    facts = [];
  }
  if (facts.length > 0) yield append(facts);
}

/** The last quantity that the importer recorded of each item at a location, in the order of the journal: a later one overrules an earlier. */
export function* countedBefore(journal: Ledger, location: string): Generator<ItemCount> {
  for (const record of journal.records({ type: 'StockCounted' })) {
    const read = record.read();
    if (!read.known || read.type !== 'StockCounted' || read.payload.location !== location) continue;
    for (const { itemId, counted } of read.payload.items) yield { itemId, quantity: counted };
  }
}

function* inGroups<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const one of all) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
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
