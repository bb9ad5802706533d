import { type Fact, isCovered, itemsOf, type JournalName, movementOf, type Recorded } from './facts.ts';
import { type Checkpoint, isAfter, NOTHING_READ, type Page } from './messages.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Document } from './server.ts';
import { type CountState, shownStock, type Stock, type StockRow } from './stock.ts';

/** The ledger file. `overlay` names local records that the replica does not cover yet; a backup is a `structuredClone`. */
export type LedgerFile = {
  readonly journals: Map<JournalName, Recorded[]>;
  /** The epoch that is written now. */
  open: JournalName;
  /** Up to which sequence the server is known to hold a journal. */
  readonly acked: Map<JournalName, number>;
  readonly overlay: Set<string>;
  /** What stood behind each count when it was made: the record says its basis, not what had moved by then. */
  readonly counts: Map<string, CountState>;
};

export type Register = {
  readonly name: string;
  ledger: LedgerFile;
  replica: { readonly documents: Map<string, Document>; checkpoint: Checkpoint };
};

export const SEGMENT_RECORDS_MAX = 3;
export const NO_HASH = '';

export function createRegister(name: string): Register {
  const open = `${name}.1`;
  return {
    name,
    ledger: { journals: new Map([[open, []]]), open, acked: new Map(), overlay: new Set(), counts: new Map() },
    replica: { documents: new Map(), checkpoint: NOTHING_READ },
  };
}

export function keyOf({ journal, seq }: Pick<Recorded, 'journal' | 'seq'>): string {
  return `${journal}/${seq}`;
}

export function recordsOf(register: Register): Recorded[] {
  return [...register.ledger.journals.values()].flat();
}

/** One transaction: the record and the overlay row. */
export function record(register: Register, fact: Fact, hash: string): Recorded {
  const { ledger } = register;
  const journal = ledger.journals.get(ledger.open) ?? [];
  const recorded: Recorded = { journal: ledger.open, seq: journal.length + 1, hash, fact };
  if (fact.kind === 'count') {
    const basisMoved = shown(register, fact.item, null).moved;
    ledger.counts.set(keyOf(recorded), { ...recorded, counted: fact.counted, basis: fact.basis, basisMoved });
  }
  journal.push(recorded);
  ledger.overlay.add(keyOf(recorded));
  return recorded;
}

/** What the screen says of an item. */
export function shown(register: Register, item: string, bug: PlantedBug | null): Stock {
  const { ledger, replica } = register;
  const rows: StockRow[] = recordsOf(register)
    .filter((recorded) => itemsOf(recorded.fact).includes(item) && ledger.overlay.has(keyOf(recorded)))
    .map((recorded) => ({
      journal: recorded.journal,
      seq: recorded.seq,
      delta: movementOf(recorded.fact, item),
      count: ledger.counts.get(keyOf(recorded)) ?? null,
    }));
  const document = replica.documents.get(`stock/${item}`);
  const server =
    document?.body.kind === 'stock'
      ? { stock: document.body.stock, covers: bug === 'covers-ignored' ? {} : document.covers }
      : undefined;
  return shownStock(server, rows);
}

/** The orders on the screen: those of the replica, and local sales until the replica has them. */
export function shownOrders(register: Register): Recorded[] {
  const { ledger, replica } = register;
  const orders: Recorded[] = [];
  for (const { body } of replica.documents.values()) if (body.kind === 'order') orders.push(body.order);
  const local = recordsOf(register).filter(
    (recorded) =>
      recorded.fact.kind === 'sale' &&
      ledger.overlay.has(keyOf(recorded)) &&
      !replica.documents.has(`order/${keyOf(recorded)}`),
  );
  return [...orders, ...local];
}

/** The next records that the server may not have, of the oldest journal that has any. */
export function nextSegment(register: Register): { records: Recorded[]; prevHash: string } | null {
  for (const [journal, records] of register.ledger.journals) {
    const from = register.ledger.acked.get(journal) ?? 0;
    if (from >= records.length) continue;
    return {
      records: records.slice(from, from + SEGMENT_RECORDS_MAX),
      prevHash: records[from - 1]?.hash ?? NO_HASH,
    };
  }
  return null;
}

/** The server says how far it holds a journal. Equal sequence and hash prove it; the answer may also be older than the last one. */
export function learnHead(
  register: Register,
  journal: JournalName,
  seq: number,
  hash: string,
  bug: PlantedBug | null,
): void {
  const { ledger } = register;
  const records = ledger.journals.get(journal);
  if (!records) return;
  const believed = ledger.acked.get(journal) ?? 0;
  if (bug === 'own-ack-trusted' && seq < believed) return;
  const own = records[seq - 1];
  // A head beyond this journal's end is of a life of this disk that is gone; all that is left of it lies before that.
  if (own && own.hash !== hash) return;
  const acked = Math.min(seq, records.length);
  ledger.acked.set(journal, acked);
  if (bug === 'overlay-removed-on-ack')
    for (const recorded of records.slice(0, acked)) ledger.overlay.delete(keyOf(recorded));
}

/** A page arrives: documents and checkpoint in one transaction, then the overlay follows what is covered. */
export function takePage(register: Register, page: Page, bug: PlantedBug | null): void {
  const { replica } = register;
  for (const document of page.documents) {
    if (document.body.kind === 'poison') {
      if (bug === 'poisoned-document-blocks') return;
      continue;
    }
    const held = replica.documents.get(document.id);
    if (!held || isAfter(document, held) || bug === 'late-page-overwrites')
      replica.documents.set(document.id, document);
  }
  const { checkpoint } = replica;
  const beginsHere = page.after.period === checkpoint.period && page.after.seq === checkpoint.seq;
  if (beginsHere || (bug === 'late-page-moves-checkpoint' && isAfter(page.checkpoint, checkpoint)))
    replica.checkpoint = page.checkpoint;
  followCovers(register, bug);
}

/** The overlay is what the replica does not cover, derived from the journal: a restored server may cover less than before. */
function followCovers(register: Register, bug: PlantedBug | null): void {
  const { ledger, replica } = register;
  for (const recorded of recordsOf(register)) {
    const ids = itemsOf(recorded.fact).map((item) => `stock/${item}`);
    if (recorded.fact.kind === 'sale') ids.push(`order/${keyOf(recorded)}`);
    const covered = ids.every((id) => isCovered(replica.documents.get(id)?.covers ?? {}, recorded));
    if (covered) ledger.overlay.delete(keyOf(recorded));
    else if (bug !== 'overlay-not-derived-again' && bug !== 'overlay-removed-on-ack')
      ledger.overlay.add(keyOf(recorded));
  }
}

/** A backup of the ledger is put back: the journal goes on in a new epoch, so that no place is given twice. */
export function restoreLedger(register: Register, backup: LedgerFile, epoch: number, bug: PlantedBug | null): void {
  register.ledger = structuredClone(backup);
  if (bug === 'same-epoch-after-restore') return;
  register.ledger.open = `${register.name}.${epoch}`;
  register.ledger.journals.set(register.ledger.open, []);
  followCovers(register, bug);
}
