import { type Covers, itemsOf, type JournalName, movementOf, type Recorded } from './facts.ts';
import type { Checkpoint, Page } from './messages.ts';
import type { PlantedBug } from './planted-bugs.ts';
import { applyToStock, NO_STOCK, onHandOf, type Stock } from './stock.ts';

export type Document = {
  readonly id: string;
  readonly covers: Covers;
  readonly period: number;
  readonly seq: number;
  readonly body:
    | { readonly kind: 'stock'; readonly item: string; readonly stock: Stock }
    | { readonly kind: 'order'; readonly order: Recorded }
    /** Something that no reader can take; it must not keep others from arriving. */
    | { readonly kind: 'poison' };
};

/** The unified ledger, one projection of it, and what a pull may read. `structuredClone` of it is a backup. */
export type Server = {
  readonly ledger: Map<JournalName, Recorded[]>;
  readonly cursors: Map<JournalName, number>;
  readonly documents: Map<string, Document>;
  /** Records that the projection could not take; a person looks at them, nothing waits for them. */
  readonly exceptions: Set<string>;
  period: number;
  /** The last change written in this scope. */
  seq: number;
  /** The last change whose transaction is known to be wholly readable. */
  settledSeq: number;
};

export const PAGE_DOCUMENTS_MAX = 3;

export function createServer(period: number): Server {
  return {
    ledger: new Map(),
    cursors: new Map(),
    documents: new Map(),
    exceptions: new Set(),
    period,
    seq: 0,
    settledSeq: 0,
  };
}

/** The last record that the server holds of a journal. */
export function headOf(server: Server, journal: JournalName): Recorded | undefined {
  const records = server.ledger.get(journal) ?? [];
  return records[records.length - 1];
}

/**
 * The conditional append. What goes on from the head is taken; what the head's hash proves to be there already is left out; anything
 * else changes nothing. The answer is always the head.
 */
export function append(server: Server, segment: readonly Recorded[], prevHash: string, bug: PlantedBug | null): void {
  const first = segment[0];
  if (!first) return;
  const records = server.ledger.get(first.journal) ?? [];
  server.ledger.set(first.journal, records);
  if (bug === 'append-without-head') {
    records.push(...segment);
    return;
  }
  const head = records[records.length - 1];
  const overlapsAt = head ? segment.findIndex(({ seq, hash }) => seq === head.seq && hash === head.hash) : -1;
  const goesOn = head ? first.seq === head.seq + 1 && prevHash === head.hash : first.seq === 1;
  if (goesOn) records.push(...segment);
  else if (overlapsAt >= 0) records.push(...segment.slice(overlapsAt + 1));
}

/** Projects the next record of a journal, with the cursor in the same transaction. */
export function projectNext(
  server: Server,
  journal: JournalName,
  bug: PlantedBug | null,
  diesBeforeCursor = false,
): void {
  const cursor = server.cursors.get(journal) ?? 0;
  const record = (server.ledger.get(journal) ?? [])[cursor];
  if (!record) return;
  if (record.fact.kind === 'unreadable') {
    if (bug === 'unreadable-record-blocks') return;
    server.exceptions.add(`${journal}/${record.seq}`);
  }
  for (const item of itemsOf(record.fact)) {
    const id = `stock/${item}`;
    const held = server.documents.get(id);
    const stock = held?.body.kind === 'stock' ? held.body.stock : NO_STOCK;
    const body = { kind: 'stock' as const, item, stock: nextStock(server, stock, record, item, bug) };
    put(server, { id, covers: { ...held?.covers, [journal]: record.seq }, body });
  }
  if (record.fact.kind === 'sale') {
    const id = `order/${journal}/${record.seq}`;
    put(server, { id, covers: { [journal]: record.seq }, body: { kind: 'order', order: record } });
  }
  if (bug === 'cursor-outside-transaction' && diesBeforeCursor) return;
  server.cursors.set(journal, cursor + 1);
}

function nextStock(server: Server, stock: Stock, record: Recorded, item: string, bug: PlantedBug | null): Stock {
  const { fact } = record;
  if (bug === 'last-writer-wins-on-stock' && fact.kind === 'sale') {
    const left = fact.lines.filter((line) => line.item === item).at(-1)?.left ?? 0;
    return { ...stock, moved: stock.moved + left - onHandOf(stock) };
  }
  if (bug === 'count-as-delta' && fact.kind === 'count')
    return { ...stock, moved: stock.moved + fact.counted - onHandOf(stock) };
  const movedUpTo = (journal: JournalName, seq: number): number =>
    (server.ledger.get(journal) ?? [])
      .slice(0, server.cursors.get(journal) ?? 0)
      .filter((earlier) => earlier.seq <= seq)
      .reduce((sum, earlier) => sum + movementOf(earlier.fact, item), 0);
  return applyToStock(stock, record, item, movedUpTo);
}

/** Writes a document as the scope's next change. */
export function put(server: Server, { id, covers, body }: Pick<Document, 'id' | 'covers' | 'body'>): void {
  server.seq += 1;
  server.documents.set(id, { id, covers, body, period: server.period, seq: server.seq });
}

/**
 * The next page after a checkpoint. It reads no further than what is settled, and says how far it read. `isSeen` stands for an index
 * query that is not isolated from a transaction: of what is not settled yet it may see any part.
 */
export function pageAfter(
  server: Server,
  after: Checkpoint,
  bug: PlantedBug | null,
  isSeen: (document: Document) => boolean,
): Page {
  const upTo = bug === 'pull-beyond-settled' ? server.seq : server.settledSeq;
  const from = after.period === server.period ? after.seq : 0;
  const changed = [...server.documents.values()]
    .filter((document) => document.seq > from && document.seq <= upTo)
    .filter((document) => document.seq <= server.settledSeq || isSeen(document))
    .sort((left, right) => left.seq - right.seq);
  const documents = changed.slice(0, PAGE_DOCUMENTS_MAX);
  const last = documents[documents.length - 1];
  const more = changed.length > documents.length;
  // Where nothing is left, everything up to the settled place was read, whatever has changed since.
  const checkpoint = more && last ? { period: last.period, seq: last.seq } : { period: server.period, seq: upTo };
  return { after, documents, checkpoint, more };
}

/** The same ledger projected into an empty store, in a new period (I21). `order` decides which journal is read next. */
export function rebuild(
  server: Server,
  period: number,
  order: (journals: readonly JournalName[]) => JournalName,
): Server {
  const rebuilt: Server = { ...createServer(period), ledger: server.ledger };
  for (;;) {
    const behind = [...server.ledger.keys()].filter((journal) => !isProjected(rebuilt, journal));
    if (behind.length === 0) break;
    projectNext(rebuilt, order(behind), null);
  }
  rebuilt.settledSeq = rebuilt.seq;
  return rebuilt;
}

export function isProjected(server: Server, journal: JournalName): boolean {
  return (server.cursors.get(journal) ?? 0) >= (server.ledger.get(journal)?.length ?? 0);
}
