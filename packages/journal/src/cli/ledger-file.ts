import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as photostructure from '@photostructure/sqlite';
import type { FiledRecord } from '../chain-verifier.ts';
import { UnusableFile } from './unusable-file.ts';

/** The part of SQLite's API that an auditor needs; `node:sqlite` and its twin for older runtimes share it. */
type Sqlite = {
  DatabaseSync: new (path: string) => {
    prepare(sql: string): { all(...params: (number | string)[]): unknown[] };
    close(): void;
  };
};

type Row = {
  position: number;
  epoch: number;
  seq: number;
  hash: string;
  alg: 'Ed25519';
  key_id: string;
  sig: string;
  type: string;
  at: string;
  business_date: string | null;
  text: string;
};

const PAGE_ROWS = 200;
const COPY_ATTEMPTS = 5;

/**
 * Reads the journal of a ledger from a copy of its file and its write-ahead log: opening the original, even for reading, could write
 * beside it, and a register may be selling on it.
 *
 * @throws UnusableFile when it cannot be copied or holds no journal.
 */
export function* readLedgerFile(path: string): Generator<FiledRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-journal-'));
  try {
    const copy = join(folder, 'ledger.db');
    copyAtRest(path, copy);
    yield* readRows(path, copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies file and log; again, when a checkpoint moved pages from one to the other meanwhile. */
function copyAtRest(path: string, copy: string): void {
  for (let attempt = 1; ; attempt += 1) {
    const before = stamp(path);
    copyFileSync(path, copy, constants.COPYFILE_FICLONE);
    const log = `${path}-wal`;
    if (existsSync(log)) copyFileSync(log, `${copy}-wal`, constants.COPYFILE_FICLONE);
    // A commit only lengthens the log, which is harmless; what must not change between the two copies is the database itself.
    if (stamp(path) === before) return;
    if (attempt === COPY_ATTEMPTS) throw new UnusableFile(`${path} is being written to; try again in a quiet moment`);
  }
}

function stamp(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

function* readRows(path: string, copy: string): Generator<FiledRecord> {
  // Undefined on runtimes without it, absent before Node 20.16.
  const builtIn = process.getBuiltinModule?.('node:sqlite') as Sqlite | undefined;
  const { DatabaseSync } = builtIn ?? (photostructure as Sqlite);
  const db = new DatabaseSync(copy);
  try {
    const page = select(path, db);
    for (let position = 0; ;) {
      const rows = page(position);
      for (const row of rows) yield filedRecordOf(row);
      const last = rows[rows.length - 1];
      if (!last) return;
      position = last.position;
    }
  } finally {
    db.close();
  }
}

function select(path: string, db: InstanceType<Sqlite['DatabaseSync']>): (after: number) => Row[] {
  return (after) => {
    try {
      return db
        .prepare(
          `SELECT position, epoch, seq, hash, alg, key_id, sig, type, at, business_date, text
           FROM journal WHERE position > ? ORDER BY position LIMIT ?`,
        )
        .all(after, PAGE_ROWS) as Row[];
    } catch (error) {
      throw new UnusableFile(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
}

function filedRecordOf(row: Row): FiledRecord {
  const { text, hash, alg, sig, epoch, seq, type, at } = row;
  const filedUnder = { epoch, seq, type, at, businessDate: row.business_date };
  return { text, hash, alg, keyId: row.key_id, sig, filedUnder };
}
