import { type Covers, isCovered, itemsOf, type JournalName, movementOf, type Recorded } from './facts.ts';

/** A count that may decide what is on hand. `basisMoved` is the sum of the movements that its basis covers. */
export type CountState = {
  readonly journal: JournalName;
  readonly seq: number;
  readonly counted: number;
  readonly basis: Covers;
  readonly basisMoved: number;
};

/** `moved`: the sum of all movements, ever. On hand is `count.counted + moved − count.basisMoved`, or `moved` without a count. */
export type Stock = { readonly moved: number; readonly count: CountState | null };

export const NO_STOCK: Stock = { moved: 0, count: null };

export function onHandOf({ moved, count }: Stock): number {
  return count ? count.counted + moved - count.basisMoved : moved;
}

/**
 * Which of two counts holds. Whoever had seen more wins: a count that knows the other one always outranks it. Counts that did not know
 * of each other are decided by their names, alike everywhere; adding both up would take the same shrinkage off twice.
 */
export function outranks(left: Omit<CountState, 'basisMoved'>, right: Omit<CountState, 'basisMoved'>): boolean {
  const seen = weight(left.basis) - weight(right.basis);
  if (seen !== 0) return seen > 0;
  if (left.journal !== right.journal) return left.journal > right.journal;
  return left.seq > right.seq;
}

function weight(basis: Covers): number {
  return Object.values(basis).reduce((sum, seq) => sum + seq, 0);
}

/**
 * The definition of stock, and the oracle: what is on hand follows from the *set* of records, whatever their order, however often they
 * came and in which batches (I10). Everything that computes stock step by step is held against this.
 */
export function stockOf(item: string, records: Iterable<Recorded>): Stock {
  const known = new Map<string, Recorded>();
  for (const record of records) known.set(`${record.journal}/${record.seq}`, record);
  const touching = [...known.values()].filter(({ fact }) => itemsOf(fact).includes(item));
  const moved = (among: readonly Recorded[]): number =>
    among.reduce((sum, { fact }) => sum + movementOf(fact, item), 0);
  let best: Omit<CountState, 'basisMoved'> | null = null;
  for (const { journal, seq, fact } of touching) {
    if (fact.kind !== 'count') continue;
    const count = { journal, seq, counted: fact.counted, basis: fact.basis };
    if (best === null || outranks(count, best)) best = count;
  }
  if (best === null) return { moved: moved(touching), count: null };
  const { basis } = best;
  const basisMoved = moved(touching.filter((record) => isCovered(basis, record)));
  return { moved: moved(touching), count: { ...best, basisMoved } };
}

/**
 * One record further. `movedUpTo(journal, seq)` is the sum of the item's movements applied so far in that journal up to that sequence: a
 * count may look back further than the state remembers. Records of one journal come in order; other journals may be behind the basis of
 * a count, so later movements may still belong to it.
 */
export function applyToStock(
  stock: Stock,
  record: Recorded,
  item: string,
  movedUpTo: (journal: JournalName, seq: number) => number,
): Stock {
  const { journal, seq, fact } = record;
  if (fact.kind === 'count' && fact.item === item) {
    const count = { journal, seq, counted: fact.counted, basis: fact.basis };
    if (stock.count && !outranks(count, stock.count)) return stock;
    const basisMoved = Object.entries(fact.basis).reduce((sum, [name, upTo]) => sum + movedUpTo(name, upTo), 0);
    return { ...stock, count: { ...count, basisMoved } };
  }
  const delta = movementOf(fact, item);
  const { count } = stock;
  const belongs = count !== null && isCovered(count.basis, record);
  return {
    moved: stock.moved + delta,
    count: belongs ? { ...count, basisMoved: count.basisMoved + delta } : count,
  };
}

/** A local movement or count that a replica document may not know yet. */
export type StockRow = {
  readonly journal: JournalName;
  readonly seq: number;
  readonly delta: number;
  readonly count: CountState | null;
};

/**
 * The coverage rule (I26): the server's document and those local rows that it does not cover, each exactly once. This is the merge that
 * a register shows from.
 */
export function shownStock(server: { stock: Stock; covers: Covers } | undefined, rows: readonly StockRow[]): Stock {
  const uncovered = rows.filter((row) => !server || !isCovered(server.covers, row));
  const base = server?.stock ?? NO_STOCK;
  const moved = base.moved + uncovered.reduce((sum, { delta }) => sum + delta, 0);
  let { count } = base;
  for (const row of uncovered) if (row.count && (!count || outranks(row.count, count))) count = row.count;
  // A server's count may reach further into this journal than the server itself has read: what is local belongs to its basis too.
  const late = server?.stock.count;
  if (count && count === late) {
    const { basis } = count;
    const belonging = uncovered.filter((row) => isCovered(basis, row)).reduce((sum, { delta }) => sum + delta, 0);
    return { moved, count: { ...count, basisMoved: count.basisMoved + belonging } };
  }
  return { moved, count };
}
