import { movedKey } from '../keys.ts';
import {
  type Change,
  type Covers,
  coveringToo,
  type DocumentPlace,
  type Found,
  type LedgerRecord,
  type Need,
  type Part,
  PART_ITEMS_MAX,
  type ProjectedDocument,
  type Projection,
} from './projection.ts';
import { retailFactOf, type RetailFact } from './retail-fact.ts';

/** A count names at most this many journals; a projection reads one row for each. Beyond it the count says nothing. */
export const BASIS_JOURNALS_MAX = 64;

/** What one record says of one item at one location: it moved, or somebody counted it. */
type Effect = {
  readonly location: string;
  readonly itemId: string;
  readonly unit: string;
  readonly delta: number;
  readonly counted: { readonly quantity: number; readonly basis: Covers } | null;
};

/** The count that holds. `basisMoved`: the sum of the movements that its basis covers. */
export type CountBody = {
  readonly journal: string;
  readonly seq: number;
  readonly counted: number;
  readonly basis: Covers;
  readonly basisMoved: number;
};

/**
 * The body of a stock document. `moved` is the sum of all movements ever; on hand is `counted + moved − basisMoved` of the count that holds.
 * A reader needs both to show its own count over a later document.
 */
export type StockBody = {
  readonly itemId: string;
  readonly location: string;
  readonly unit: string;
  readonly onHand: number;
  readonly moved: number;
  readonly count: CountBody | null;
  /** The latest clock time of any record in it: how old the figure is, and nothing else. */
  readonly asOf: string;
};

/** By journal: what of this item has moved in it so far. */
type Inner = { readonly movedBy: Covers };

/**
 * Stock per location and item: sums of movements, corrected by the count that holds (ARCHITECTURE, decision 2; I10). The result follows from the
 * set of records: `sync/model` defines it and the tests hold this against it.
 */
export const stockProjection: Projection = {
  name: 'stock',
  version: 1,
  parts(record) {
    const effects = effectsOf(record);
    const parts: Part[] = [];
    for (let from = 0; from < effects.length; from += PART_ITEMS_MAX)
      parts.push(partOf(record, effects.slice(from, from + PART_ITEMS_MAX)));
    return parts;
  },
};

function partOf(record: LedgerRecord, effects: readonly Effect[]): Part {
  return {
    needs: effects.flatMap((effect) => needsOf(record, effect)),
    project: (found) => effects.flatMap((effect) => changesOf(record, effect, found)),
  };
}

/** Each item once, in the order of the record. */
function effectsOf(record: LedgerRecord): Effect[] {
  const fact = retailFactOf(record.read);
  if (!fact) return [];
  if (fact.type === 'StockCounted') return countsOf(fact.payload);
  const moved = movementsOf(fact, record.store);
  const effects = new Map<string, Effect>();
  for (const { location, itemId, unit, delta } of moved) {
    const before = effects.get(itemId);
    effects.set(itemId, { location, itemId, unit, delta: (before?.delta ?? 0) + delta, counted: null });
  }
  return [...effects.values()];
}

function movementsOf(fact: RetailFact, store: string): Omit<Effect, 'counted'>[] {
  if (fact.type !== 'TransactionCompleted' && fact.type !== 'OrderPlaced') return [];
  const location = fact.type === 'OrderPlaced' ? fact.payload.location : store;
  return fact.payload.lines.map(({ itemId, unit, quantity }) => ({ location, itemId, unit, delta: -quantity }));
}

function countsOf({ location, items, basis }: (RetailFact & { type: 'StockCounted' })['payload']): Effect[] {
  if (Object.keys(basis).length > BASIS_JOURNALS_MAX) return [];
  const counts = new Map<string, Effect>();
  // An item that one record counts twice: the last line stands.
  for (const { itemId, counted, unit } of items)
    counts.set(itemId, { location, itemId, unit, delta: 0, counted: { quantity: counted, basis } });
  return [...counts.values()];
}

function placeOf({ location, itemId }: Effect): DocumentPlace {
  return { collection: 'stock', scope: location, id: itemId };
}

function needsOf({ tenant }: LedgerRecord, effect: Effect): Need[] {
  const { location, itemId, counted } = effect;
  const rows = Object.entries(counted?.basis ?? {}).map(([journal, seq]): Need => ({
    kind: 'row-at-or-before',
    key: movedKey(tenant, location, itemId, journal, seq),
  }));
  return [{ kind: 'document', place: placeOf(effect) }, ...rows];
}

function changesOf(record: LedgerRecord, effect: Effect, found: Found): Change[] {
  const { tenant, journal, seq } = record;
  const { location, itemId, unit, delta } = effect;
  const place = placeOf(effect);
  const held = found.document(place);
  const covers = coveringToo(held?.covers, record);
  if (!covers) return [];
  const before = stateOf(held);
  const movedBy = { ...before.movedBy, ...(delta === 0 ? {} : { [journal]: (before.movedBy[journal] ?? 0) + delta }) };
  const moved = before.moved + delta;
  const count = countAfter(before.count, record, effect, found);
  const onHand = count ? count.counted + moved - count.basisMoved : moved;
  const { at } = record.read.header;
  const asOf = before.asOf > at ? before.asOf : at;
  const body = { itemId, location, unit: before.unit ?? unit, onHand, moved, count, asOf } satisfies StockBody;
  const changes: Change[] = [{ kind: 'document', place, deleted: false, covers, body, inner: { movedBy } }];
  if (delta !== 0) {
    const key = movedKey(tenant, location, itemId, journal, seq);
    changes.push({ kind: 'row', key, value: { moved: movedBy[journal] ?? 0 } });
  }
  return changes;
}

function countAfter(
  held: CountBody | null,
  { tenant, journal, seq }: LedgerRecord,
  { location, itemId, delta, counted }: Effect,
  found: Found,
): CountBody | null {
  if (!counted) {
    // Another journal may have been behind when somebody counted: what comes now may belong to that basis.
    const belongs = held !== null && (held.basis[journal] ?? 0) >= seq;
    return belongs ? { ...held, basisMoved: held.basisMoved + delta } : held;
  }
  const count = { journal, seq, counted: counted.quantity, basis: counted.basis };
  if (held && !holdsOver(count, held)) return held;
  let basisMoved = 0;
  for (const [name, upTo] of Object.entries(counted.basis)) {
    const row = found.rowAtOrBefore(movedKey(tenant, location, itemId, name, upTo));
    basisMoved += Number(row?.['moved'] ?? 0);
  }
  return { ...count, basisMoved };
}

/** Of two counts the one that had seen more holds; else their names decide, so that it is the same one everywhere. */
function holdsOver(left: Omit<CountBody, 'basisMoved'>, right: Omit<CountBody, 'basisMoved'>): boolean {
  const seenBy = ({ basis }: { readonly basis: Covers }) => Object.values(basis).reduce((sum, seq) => sum + seq, 0);
  const difference = seenBy(left) - seenBy(right);
  if (difference !== 0) return difference > 0;
  return left.journal === right.journal ? left.seq > right.seq : left.journal > right.journal;
}

function stateOf(
  held: ProjectedDocument | null,
): Inner & Pick<StockBody, 'moved' | 'count' | 'asOf'> & { unit: string | null } {
  if (!held) return { movedBy: {}, moved: 0, count: null, asOf: '', unit: null };
  const { moved, count, asOf, unit } = held.body as StockBody;
  return { movedBy: (held.inner as Inner).movedBy, moved, count, asOf, unit };
}
