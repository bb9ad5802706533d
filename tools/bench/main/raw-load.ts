import { closeSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { collectionNames, ed25519Verifier, readHead, type CollectionName } from '@evertill/published';
import { IMPORT_PRAGMAS } from '@evertill/rx-storage-sqlite';
import { openSqlite, type SqliteDatabase } from '@evertill/sqlite';
import type { BenchShop } from './bench-shop.ts';

const TRANSACTION_DOCUMENTS = 5_000;

/** The column that the replica indexes beside the id. */
const INDEXED: Readonly<Partial<Record<CollectionName, string>>> = { products: 'scanCode', prices: 'itemId' };

/**
 * The anchor of an import: the same published lines into the same tables, indexes and word index, with the same pragmas and the same
 * fsync at the end, by the shortest code there is. No object is hashed, no document is checked, no other turn of the event loop is let in.
 */
export function rawLoad({ publishedFolder, enrolment }: BenchShop, file: string): void {
  const verify = ed25519Verifier([enrolment.publisher]);
  const head = readHead({ folder: publishedFolder, scope: enrolment.scope, verify });
  if (!head) throw new Error('the bench shop is not published');
  const db = openSqlite({ file, pragmas: IMPORT_PRAGMAS });
  for (const name of collectionNames) {
    const lines = head.manifest.collections[name].flatMap(({ sha256 }) =>
      readFileSync(path.join(publishedFolder, 'objects', `${sha256}.ndjson`), 'utf8')
        .split('\n')
        .filter(Boolean),
    );
    loadCollection(db, name, lines);
  }
  db.close();
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function loadCollection(db: SqliteDatabase, name: CollectionName, lines: readonly string[]): void {
  const column = INDEXED[name];
  const withWords = name === 'products';
  db.exec(`CREATE TABLE ${name} (id TEXT NOT NULL UNIQUE, lwt REAL NOT NULL, json TEXT NOT NULL, indexed TEXT)`);
  if (withWords) {
    db.exec(
      `CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
       INSERT INTO words (words, rank) VALUES ('automerge', 0);`,
    );
  }
  const insert = db.statement(`INSERT INTO ${name} VALUES (?, ?, ?, ?)`);
  const insertWords = withWords ? db.statement('INSERT INTO words (rowid, text) VALUES (?, ?)') : null;
  for (let at = 0; at < lines.length; at += TRANSACTION_DOCUMENTS) {
    db.transaction(() => {
      lines.slice(at, at + TRANSACTION_DOCUMENTS).forEach((line, index) => {
        const document = JSON.parse(line) as Record<string, string>;
        insert.run(document['id'] ?? '', 0, line, column === undefined ? null : (document[column] ?? ''));
        insertWords?.run(at + index + 1, wordsOf(document));
      });
    });
  }
  if (column !== undefined) db.exec(`CREATE INDEX ${name}_indexed ON ${name} (indexed, id)`);
  db.exec(`CREATE INDEX ${name}_lwt ON ${name} (lwt, id)`);
  if (withWords) db.exec("INSERT INTO words (words) VALUES ('optimize')");
}

/** As the replica indexes a product, but for the shorter forms of its GTIN. */
function wordsOf({ name, variant, brand, sku, scanCode }: Record<string, string>): string {
  return [name, variant ?? '', brand ?? '', sku, scanCode].join(' ');
}
