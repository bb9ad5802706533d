import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { getRxStorageSqlite, type RxStorageSqlite } from '@evertill/rx-storage-sqlite';
import { createRxDatabase, type HashFunction, type RxCollection, type RxDatabase } from 'rxdb';
import { FeedTable, type FeedCheckpoint, type FeedName } from './feed-table.ts';
import {
  blindKeysOf,
  keyOf,
  type LiveCollection,
  liveCollections,
  type LiveDocument,
  liveSchema,
  textAt,
  wordsOfOrder,
} from './live-collections.ts';
import { type CoveredRow, type LocalFacts, movementsOf, orderOf } from './local-facts.ts';
import { type ShownStock, shownStock } from './shown-stock.ts';

/** A document as the replica lane brings it. */
export type ArrivingDocument = {
  readonly id: string;
  readonly deleted: boolean;
  readonly covers: readonly { readonly journal: string; readonly seq: number }[];
  readonly body: Readonly<Record<string, unknown>>;
};

/** One page of a feed: documents, and how far they reach (sync/client, `FeedWrite`). */
export type ArrivingPage = {
  readonly documents: readonly ArrivingDocument[];
  readonly checkpoint: FeedCheckpoint;
  /** The server's view was built anew: what is held is shown on and is unconfirmed. */
  readonly beginsAnew: boolean;
  /** The feed is complete with this page: what is still unconfirmed is gone from the server. */
  readonly isWhole: boolean;
};

export type ShownOrder = {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly atServer: boolean;
};
export type OrderQuery = {
  /** A number or a part of it; '' for the newest orders. */
  readonly text: string;
  /** Groups of blind keys; an order that carries all keys of one group is found too. */
  readonly blindKeys: readonly (readonly string[])[];
  readonly limit: number;
};

export type ShownSuspended = { readonly id: string; readonly body: Readonly<Record<string, unknown>> };

export type OpenLiveReplicaOptions = {
  /** The folder of its file; made when absent, and safe to delete while closed. */
  readonly folder: string;
  readonly local: LocalFacts;
  /** A new name for a new file. */
  readonly newId: () => string;
  /** How long covered rows may stay; they are taken away many in one commit. */
  readonly pruneAfterMs?: number;
  /** Something here failed without anybody waiting for it. */
  readonly onFault: (thrown: unknown) => void;
};

/**
 * What others did, and what this register did that they do not know yet, as one view (I26). Everything in it can be read anew from the
 * server and the journal.
 */
export type LiveReplica = {
  checkpoint(feed: FeedName): Promise<FeedCheckpoint | null>;
  /** Resolves when documents and checkpoint are durable. Rejects for a feed that is not known here. */
  write(feed: FeedName, page: ArrivingPage): Promise<void>;
  /** On hand, in the order of `locations`; left out where nothing is known. */
  stockOf(itemId: string, locations: readonly string[]): Promise<readonly ShownStock[]>;
  /** Newest first. */
  findOrders(query: OrderQuery): Promise<readonly ShownOrder[]>;
  suspended(): Promise<readonly ShownSuspended[]>;
  /** Called with the collection that a page has changed. */
  onChange(listener: (collection: LiveCollection) => void): () => void;
  dispose(): Promise<void>;
};

type Collections = { [Name in LiveCollection]: RxCollection<LiveDocument> };

const FILE = 'live.db';
/** More than anybody looks through, and what makes an exact number come first. */
const CANDIDATES = 300;
/** Covered rows go in one commit of the ledger, and not one commit a page: nobody sees them, and each commit is an fsync. */
const PRUNE_AFTER_MS = 2_000;
const PRUNE_ROWS_MAX = 500;

// RxDB's own hash needs Web Crypto, which utility processes of Electron 25 do not have.
const sha256: HashFunction = (input) => Promise.resolve(createHash('sha256').update(String(input)).digest('hex'));

/** Opens the live replica. Where its file is new, the local rows are made anew first: some may have gone when another file covered them. */
export async function openLiveReplica(options: OpenLiveReplicaOptions): Promise<LiveReplica> {
  mkdirSync(options.folder, { recursive: true });
  const file = join(options.folder, FILE);
  const storage = getRxStorageSqlite({
    file,
    // It can be pulled again; only the ledger waits for the disk. WAL keeps the order of commits, which I13 rests on.
    pragmas: { synchronous: 'NORMAL' },
    fullText: { orders: wordsOfOrder },
  });
  const database = await createRxDatabase<Collections>({
    name: file,
    storage,
    multiInstance: false,
    hashFunction: sha256,
  });
  try {
    await database.addCollections({
      orders: { schema: liveSchema },
      stock: { schema: liveSchema },
      suspended: { schema: liveSchema },
    });
    const connection = storage.connection();
    if (!connection) throw new Error('the collections are open');
    const feeds = new FeedTable(connection);
    const replica = new RxLiveReplica(options, { storage, database, feeds });
    await replica.deriveIfDue();
    return replica;
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Parts = { storage: RxStorageSqlite; database: RxDatabase<Collections>; feeds: FeedTable };

class RxLiveReplica implements LiveReplica {
  readonly #options: OpenLiveReplicaOptions;
  readonly #parts: Parts;
  readonly #listeners = new Set<(collection: LiveCollection) => void>();
  #covered: CoveredRow[] = [];
  #pruning: NodeJS.Timeout | null = null;
  #writing: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(options: OpenLiveReplicaOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** Local rows were removed because documents covered them; where those documents are not these, they are needed again. */
  async deriveIfDue(): Promise<void> {
    const { local, newId } = this.#options;
    const life = this.#parts.feeds.life(newId);
    if (local.prunedFor() !== life) await local.deriveAnew(life);
  }

  checkpoint(feed: FeedName): Promise<FeedCheckpoint | null> {
    const place = this.#parts.feeds.place(feed);
    return Promise.resolve(place && { period: place.period, seq: place.seq });
  }

  /** One page after the other: the pull lane sends them so, and a page that came early would move the checkpoint over another. */
  write(feed: FeedName, page: ArrivingPage): Promise<void> {
    const written = this.#writing.then(() => this.#write(feed, page));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(feed: FeedName, page: ArrivingPage): Promise<void> {
    if (this.#isDisposed) throw new Error('the live replica is closed');
    const name = liveCollections.find((known) => known === feed.collection);
    if (!name) throw new Error(`${feed.collection} is no collection of the replica`);
    const { feeds } = this.#parts;
    const before = feeds.place(feed);
    const reading = (before?.reading ?? 0) + (page.beginsAnew ? 1 : 0);
    if (page.beginsAnew && before) await this.#beginAnew();
    await this.#store(name, feed.scope, reading, page.documents);
    if (page.isWhole) await this.#forgetUnconfirmed(name, feed.scope, reading);
    feeds.keep(feed, { ...page.checkpoint, reading });
    this.#noteCovered(feed, page.documents);
    for (const listener of [...this.#listeners]) listener(name);
  }

  /** A view that is built anew may cover less than it did: what was removed from the overlay may be missing then. */
  async #beginAnew(): Promise<void> {
    if (this.#pruning) clearTimeout(this.#pruning);
    this.#pruning = null;
    this.#covered = [];
    this.#parts.feeds.beginNextLife();
    await this.deriveIfDue();
  }

  async #store(
    name: LiveCollection,
    scope: string,
    reading: number,
    documents: readonly ArrivingDocument[],
  ): Promise<void> {
    const collection = this.#parts.database[name];
    const kept = documents.filter(({ deleted }) => !deleted).map((document) => liveDocument(scope, reading, document));
    const gone = documents.filter(({ deleted }) => deleted).map(({ id }) => keyOf(scope, id));
    if (kept.length > 0) {
      const { error } = await collection.bulkUpsert(kept);
      if (error.length > 0) throw new Error(`${error.length} documents of ${name} were not stored`);
    }
    if (gone.length > 0) await collection.bulkRemove(gone);
  }

  async #forgetUnconfirmed(name: LiveCollection, scope: string, reading: number): Promise<void> {
    const collection = this.#parts.database[name];
    for (;;) {
      const stale = await collection.find({ selector: { scope, reading: { $lt: reading } }, limit: 200 }).exec();
      if (stale.length === 0) return;
      await collection.bulkRemove(stale.map(({ key }) => key));
      await setImmediate();
    }
  }

  async stockOf(itemId: string, locations: readonly string[]): Promise<readonly ShownStock[]> {
    const movements = movementsOf(this.#options.local, itemId);
    const documents = await this.#parts.storage.findEqual<LiveDocument>(
      'stock',
      'id',
      [itemId],
      locations.length + 100,
    );
    const at = new Map(documents.map((document) => [document.scope, document]));
    return locations
      .map((location) => shownStock(location, at.get(location) ?? null, movements))
      .filter((stock) => stock !== null);
  }

  async findOrders({ text, blindKeys, limit }: OrderQuery): Promise<readonly ShownOrder[]> {
    const wanted = text.trim();
    const held = wanted === '' ? await this.#newest(limit) : await this.#found(wanted, blindKeys);
    const shown = new Map(held.map(({ id, body }) => [id, { id, body, atServer: true }]));
    const rows = this.#options.local.rows('order');
    // The newest rows are the last. A row whose order the replica holds is the same order.
    for (let index = rows.length - 1, taken = 0; index >= 0 && taken < limit; index -= 1) {
      const row = rows[index];
      const isCandidate = row && !shown.has(row.entityId) && row.json.toLowerCase().includes(wanted.toLowerCase());
      const order = isCandidate ? orderOf(row) : null;
      if (!order || !isFound(order.number, wanted) || (await this.#holds(order.id))) continue;
      shown.set(order.id, { id: order.id, body: order.body, atServer: false });
      taken += 1;
    }
    const exact = ({ body }: ShownOrder): number =>
      textAt({ ...body }, 'number').toLowerCase() === wanted.toLowerCase() ? 0 : 1;
    const instant = ({ body }: ShownOrder): string => textAt({ ...body }, 'at');
    const byRank = (a: ShownOrder, b: ShownOrder): number => exact(a) - exact(b) || (instant(a) < instant(b) ? 1 : -1);
    return [...shown.values()].sort(byRank).slice(0, limit);
  }

  async suspended(): Promise<readonly ShownSuspended[]> {
    const documents = await this.#parts.database.suspended.find({ limit: CANDIDATES }).exec();
    return documents.map((document) => {
      const { id, body } = document.toMutableJSON();
      return { id, body };
    });
  }

  onChange(listener: (collection: LiveCollection) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#writing;
    if (this.#pruning) clearTimeout(this.#pruning);
    this.#listeners.clear();
    await this.#parts.database.close();
  }

  async #newest(limit: number): Promise<LiveDocument[]> {
    const documents = await this.#parts.database.orders.find({ sort: [{ at: 'desc' }], limit }).exec();
    return documents.map((document) => document.toMutableJSON());
  }

  async #found(text: string, blindKeys: readonly (readonly string[])[]): Promise<LiveDocument[]> {
    const { storage } = this.#parts;
    const byNumber = await storage.searchText<LiveDocument>('orders', text, CANDIDATES);
    const found = new Map(byNumber.map((document) => [document.key, document]));
    for (const keys of blindKeys) {
      if (keys.length === 0) continue;
      for (const document of await storage.searchText<LiveDocument>('orders', keys.join(' '), CANDIDATES)) {
        const carried = blindKeysOf(document.body);
        if (keys.every((key) => carried.includes(key))) found.set(document.key, document);
      }
    }
    return [...found.values()];
  }

  async #holds(orderId: string): Promise<boolean> {
    return (await this.#parts.storage.findEqual<LiveDocument>('orders', 'id', [orderId], 1)).length > 0;
  }

  /** Movements are rows of the own store; a document of another store covers none of them. */
  #noteCovered({ collection, scope }: FeedName, documents: readonly ArrivingDocument[]): void {
    const { register, store } = this.#options.local;
    const kind = scope !== store ? null : collection === 'orders' ? 'order' : collection === 'stock' ? 'stock' : null;
    if (!kind) return;
    for (const { id, covers } of documents) {
      for (const { journal, seq } of covers) {
        const [, author, epoch] = /^(.+)\.(\d+)$/.exec(journal) ?? [];
        if (author === register) this.#covered.push({ kind, entityId: id, epoch: Number(epoch), seq });
      }
    }
    if (this.#covered.length === 0 || this.#pruning || this.#isDisposed) return;
    this.#pruning = setTimeout(() => this.#prune(), this.#options.pruneAfterMs ?? PRUNE_AFTER_MS);
    this.#pruning.unref();
  }

  /** Only tidies up: a covered row shows nothing, so a failure costs room and is tried again with the next page. */
  #prune(): void {
    this.#pruning = null;
    const covered = this.#covered.splice(0, PRUNE_ROWS_MAX);
    try {
      this.#options.local.remove(covered);
    } catch (thrown) {
      this.#options.onFault(thrown);
      return;
    }
    if (this.#covered.length > 0) this.#pruning = setTimeout(() => this.#prune(), 0).unref();
  }
}

function liveDocument(scope: string, reading: number, { id, covers, body }: ArrivingDocument): LiveDocument {
  return {
    key: keyOf(scope, id),
    scope,
    id,
    covers: Object.fromEntries(covers.map(({ journal, seq }) => [journal, seq])),
    reading,
    at: textAt({ ...body }, 'at').slice(0, 40),
    body: { ...body },
  };
}

/** Whether a local order's number is what was typed, its end without leading zeros, or begins with it. */
function isFound(number: string, wanted: string): boolean {
  if (wanted === '') return true;
  const [whole, text] = [number.toLowerCase(), wanted.toLowerCase()];
  const last = /(\d+)$/.exec(whole)?.[1]?.replace(/^0+/, '') ?? '';
  return whole.startsWith(text) || whole.endsWith(text) || last === text;
}
