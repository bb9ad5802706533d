import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentSink, Feed, FeedWrite, PulledDocument } from '@evertill/client';
import { migrate, openSqlite, type SqliteDatabase } from '@evertill/sqlite';
import { z } from 'zod';

/** What the hub says of an item at a store. `covers`: by journal, up to which record it is in the figure. */
export type StockDocument = {
  readonly store: string;
  readonly itemId: string;
  readonly onHand: number;
  readonly unit: string;
  /** How old the figure is. */
  readonly asOf: string;
  readonly covers: { readonly [journal: string]: number };
};

/** A copy of the stores' stock, as the pull lane fills it. It is of no worth by itself: deleted, it is pulled again. */
export type StockCopy = DocumentSink & {
  find(store: string, itemId: string): StockDocument | null;
  /** Called after each write with what changed in it; the first fill of a store is no change. */
  onChange(listener: (changes: readonly StockChange[]) => void): void;
  close(): void;
};

export type StockChange = {
  readonly store: string;
  readonly itemId: string;
  readonly before: number;
  readonly after: number;
};

const bodySchema = z.object({ onHand: z.number().int(), unit: z.string().max(10), asOf: z.string().max(30) });

const SCHEMA = `
  CREATE TABLE feed (scope TEXT PRIMARY KEY, period TEXT NOT NULL, seq INTEGER NOT NULL, is_whole INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE stock (
    scope TEXT NOT NULL, id TEXT NOT NULL, on_hand INTEGER NOT NULL, unit TEXT NOT NULL, as_of TEXT NOT NULL, covers TEXT NOT NULL,
    is_confirmed INTEGER NOT NULL, PRIMARY KEY (scope, id)
  ) STRICT, WITHOUT ROWID;
`;

type FeedRow = { period: string; seq: number; is_whole: number };
type StockRow = { on_hand: number; unit: string; as_of: string; covers: string };

export function openStockCopy(folder: string): StockCopy {
  mkdirSync(folder, { recursive: true });
  const db = openSqlite({
    file: join(folder, 'stock.db'),
    // Documents and checkpoint share a transaction (I13): what a power cut takes is pulled again.
    pragmas: { journal_mode: 'WAL', synchronous: 'NORMAL', busy_timeout: 5_000 },
  });
  migrate(db, [{ name: 'stock', up: (target) => target.exec(SCHEMA) }]);
  const listeners = new Set<(changes: readonly StockChange[]) => void>();
  const feedOf = (scope: string): FeedRow | null =>
    db.statement<FeedRow>('SELECT period, seq, is_whole FROM feed WHERE scope = ?').get(scope) ?? null;
  const find = (store: string, itemId: string): StockDocument | null => {
    const row = db.statement<StockRow>('SELECT * FROM stock WHERE scope = ? AND id = ?').get(store, itemId);
    if (!row) return null;
    const covers = JSON.parse(row.covers) as StockDocument['covers'];
    return { store, itemId, onHand: row.on_hand, unit: row.unit, asOf: row.as_of, covers };
  };
  return {
    find,
    checkpoint({ scope }) {
      const row = feedOf(scope);
      return Promise.resolve(row && { period: row.period, seq: row.seq });
    },
    write({ scope }: Feed, write: FeedWrite) {
      const wasWhole = feedOf(scope)?.is_whole === 1;
      const before = new Map(write.documents.map(({ id }) => [id, find(scope, id)?.onHand ?? 0]));
      db.transaction(() => writeFeed(db, scope, write));
      const changes = write.documents.flatMap(({ id: itemId }): StockChange[] => {
        const [was, is] = [before.get(itemId) ?? 0, find(scope, itemId)?.onHand ?? 0];
        return was === is ? [] : [{ store: scope, itemId, before: was, after: is }];
      });
      if (wasWhole && changes.length > 0) for (const listener of listeners) listener(changes);
      return Promise.resolve();
    },
    onChange: (listener) => void listeners.add(listener),
    close: () => db.close(),
  };
}

function writeFeed(db: SqliteDatabase, scope: string, { documents, checkpoint, beginsAnew, isWhole }: FeedWrite): void {
  const { period, seq } = checkpoint;
  // Of a view that begins anew, what it does not confirm by its end is gone.
  if (beginsAnew) db.statement('UPDATE stock SET is_confirmed = 0 WHERE scope = ?').run(scope);
  for (const document of documents) writeDocument(db, scope, document);
  if (isWhole) db.statement('DELETE FROM stock WHERE scope = ? AND is_confirmed = 0').run(scope);
  db.statement(
    `INSERT INTO feed (scope, period, seq, is_whole) VALUES (?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE
     SET period = excluded.period, seq = excluded.seq, is_whole = max(is_whole, excluded.is_whole)`,
  ).run(scope, period, seq, isWhole ? 1 : 0);
}

function writeDocument(db: SqliteDatabase, scope: string, document: PulledDocument): void {
  const { id, deleted, covers } = document;
  const body = bodySchema.safeParse(document.body);
  if (deleted || !body.success) {
    db.statement('DELETE FROM stock WHERE scope = ? AND id = ?').run(scope, id);
    return;
  }
  const { onHand, unit, asOf } = body.data;
  const covered = JSON.stringify(Object.fromEntries(covers.map(({ journal, seq }) => [journal, seq])));
  db.statement('INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?, ?, ?, 1)').run(scope, id, onHand, unit, asOf, covered);
}
