import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readJournalFile } from './journal-file.ts';
import { dayOnPaper, rowsOf } from './testing/day-on-paper.ts';

const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
  DatabaseSync: new (file: string) => {
    exec(sql: string): void;
    prepare(sql: string): { run(...values: (string | number)[]): unknown };
    close(): void;
  };
};
const folder = mkdtempSync(join(tmpdir(), 'evertill-oracle-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reads the rows of a ledger that is open elsewhere, in the order in which they were written', () => {
  const file = join(folder, 'ledger.db');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  database.exec('CREATE TABLE journal (epoch, seq, hash, sig, alg, key_id, text)');
  const rows = rowsOf(dayOnPaper());
  const insert = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const row of rows) insert.run(row.epoch, row.seq, row.hash, row.sig, row.alg, row.keyId, row.text);

  expect(readJournalFile(file)).toEqual(rows);
  database.close();
  expect(() => readJournalFile(join(folder, 'other.db'))).toThrow();
});
