import type { SqliteDatabase } from '@evertill/sqlite';
import { fillWithDefaultSettings } from 'rxdb';
import type { RxDocumentData, RxJsonSchema } from 'rxdb';
import { setImmediate } from 'node:timers/promises';
import { DocumentTable, parsed } from './document-table.ts';
import { FullText } from './full-text.ts';
import { quoted } from './sql.ts';

export interface ImportRowsOptions<T> {
  /** A fresh file that nobody else has open. Its owner decides on durability; see `IMPORT_PRAGMAS`. */
  db: SqliteDatabase;
  collectionName: string;
  /** As given to RxDB's `addCollections`. */
  schema: RxJsonSchema<T>;
  batches: AsyncIterable<readonly T[]>;
  /** The same function that the storage is opened with. */
  textOf?: (document: T) => string;
  /** Time of last write for every document, milliseconds. */
  lwtMs: number;
  onProgress?: (documents: number) => void;
}

/**
 * For a file that is built under another name and thrown away after a crash: no waiting for the disk at each step. The builder must fsync
 * the finished file itself.
 */
export const IMPORT_PRAGMAS = {
  journal_mode: 'MEMORY',
  synchronous: 'OFF',
  cache_size: -64 * 1024,
  temp_store: 'MEMORY',
} as const;

/** Documents to a transaction. */
const TRANSACTION_DOCUMENTS = 5_000;

/**
 * Fills a collection's table directly, as RxDB would have, one document after another: five to fifteen times faster, because indexes and
 * full text are built once, after the rows. Returns the number of documents.
 */
export async function importRows<T>(options: ImportRowsOptions<T>): Promise<number> {
  const { db, collectionName, textOf } = options;
  const schema = fillWithDefaultSettings(options.schema);
  const table = new DocumentTable<T>(db, collectionName, schema);
  const documents = await insertDocuments(options, table);
  table.createIndexes();
  await setImmediate();
  if (textOf) await indexText(db, table, textOf);
  return documents;
}

async function insertDocuments<T>(
  { db, batches, lwtMs, onProgress }: ImportRowsOptions<T>,
  table: DocumentTable<T>,
): Promise<number> {
  let documents = 0;
  let pending: T[] = [];
  const flush = (): void => {
    db.transaction(() => {
      for (const document of pending) table.insert(asStored(document, lwtMs));
    });
    table.profile.settle('committed');
    documents += pending.length;
    pending = [];
    onProgress?.(documents);
  };
  for await (const batch of batches) {
    pending.push(...batch);
    if (pending.length >= TRANSACTION_DOCUMENTS) flush();
    await setImmediate();
  }
  flush();
  return documents;
}

/** What RxDB adds to a document. The revision names the import, not an edit: the published lane never writes locally. */
function asStored<T>(document: T, lwtMs: number): RxDocumentData<T> {
  return {
    ...document,
    _deleted: false,
    _attachments: {},
    _meta: { lwt: lwtMs },
    _rev: '1-imported',
  } as RxDocumentData<T>;
}

async function indexText<T>(
  db: SqliteDatabase,
  table: DocumentTable<T>,
  textOf: (document: T) => string,
): Promise<void> {
  const index = new FullText(db, table.name);
  const next = db.statement<{ rowid: number; json: string }>(
    `SELECT rowid, json FROM ${quoted(table.name)} WHERE rowid > ? ORDER BY rowid LIMIT ${TRANSACTION_DOCUMENTS}`,
  );
  let lastRowid = 0;
  for (;;) {
    const rows = next.all(lastRowid);
    if (rows.length === 0) break;
    db.transaction(() => {
      for (const { rowid, json } of rows) index.append(rowid, textOf(parsed<T>(json)));
    });
    lastRowid = rows.at(-1)?.rowid ?? lastRowid;
    await setImmediate();
  }
  index.optimize();
}
