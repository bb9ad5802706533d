import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { collectionNames, ed25519Verifier, readHead } from '@evertill/published';
import { openReplica } from '@evertill/replica';
import { openSqlite } from '@evertill/sqlite';
import type { BenchRow } from '../bench-row.ts';
import { threeDigits } from '../quantile.ts';
import type { BenchShop } from './bench-shop.ts';

const RATIO_MAX = 3;

/** How long a published snapshot takes into the replica (read, verified, indexed, swapped in), against a raw SQLite load of the same documents. */
export async function benchImportSnapshot(shop: BenchShop, say: (line: string) => void): Promise<BenchRow> {
  say(`raw load of ${shop.items} items`);
  const rawMs = await rawLoad(shop, path.join(shop.folder, 'raw-load.db'));
  say(`snapshot of ${shop.items} items into the replica`);
  const startedMs = performance.now();
  const replica = await openReplica({
    folder: path.join(shop.folder, 'replica'),
    publishedFolder: shop.publishedFolder,
    scope: shop.enrolment.scope,
    verifyKeys: [shop.enrolment.publisher],
    nowMs: Date.now,
  });
  const result = await replica.refresh();
  const importMs = performance.now() - startedMs;
  await replica.dispose();
  if (!result.ok) throw new Error(`the snapshot was not imported: ${result.error.message}`);
  const ratio = threeDigits(importMs / rawMs);
  return {
    id: 'import-snapshot',
    what: `snapshot of ${shop.items} items into the replica`,
    unit: 'ms',
    p50: threeDigits(importMs),
    p99: threeDigits(importMs),
    anchor: 'raw SQLite load with the same indexes and full text',
    anchorP50: threeDigits(rawMs),
    ratio,
    target: `≤ ${RATIO_MAX} × raw`,
    kind: 'aim',
    holds: ratio <= RATIO_MAX,
  };
}

/** The anchor: the same documents as JSON rows with an index on what is looked up, and full text over what is searched. Nothing is verified. */
async function rawLoad(shop: BenchShop, file: string): Promise<number> {
  const startedMs = performance.now();
  const head = readHead({ folder: shop.publishedFolder, scope: shop.enrolment.scope, verify: ed25519Verifier([shop.enrolment.publisher]) });
  if (!head) throw new Error('the bench shop is not published');
  const db = openSqlite({ file, pragmas: { journal_mode: 'WAL', synchronous: 'OFF' } });
  for (const name of collectionNames) {
    db.exec(`CREATE TABLE ${name} (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID`);
    const insert = db.statement(`INSERT INTO ${name} VALUES (?, ?)`);
    for await (const batch of head.readBatches(name)) {
      db.transaction(() => {
        for (const document of batch) insert.run(document.id, JSON.stringify(document));
      });
    }
  }
  db.exec(`
    CREATE INDEX by_scan_code ON products (json ->> '$.scanCode');
    CREATE INDEX by_item ON prices (json ->> '$.itemId');
    CREATE VIRTUAL TABLE words USING fts5 (id UNINDEXED, text, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');
    INSERT INTO words SELECT id, (json ->> '$.name') || ' ' || (json ->> '$.sku') || ' ' || (json ->> '$.scanCode') FROM products;`);
  db.close();
  return performance.now() - startedMs;
}
