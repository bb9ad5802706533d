import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FiledRecord } from '@evertill/journal';
import { migrate, openSqlite, type SqliteDatabase } from '@evertill/sqlite';
import { LedgerFault } from './ledger-fault.ts';
import { checkHeader } from './ledger-header.ts';
import { insertRecord } from './journal-table.ts';
import { syncFolder } from './sync-folder.ts';
import { migrations } from './schema.ts';

const LEDGER_FILE = 'ledger.db';

/** Below this size every start checks the whole file; above it, only a start after an unclean end does. */
const QUICK_CHECK_ALWAYS_BELOW_BYTES = 64 * 1024 * 1024;

export function ledgerPath(folder: string): string {
  return join(folder, LEDGER_FILE);
}

export function ledgerExists(folder: string): boolean {
  return existsSync(ledgerPath(folder));
}

/** Whether the last process ended without closing: its write-ahead log is still there. */
export function endedUncleanly(folder: string): boolean {
  const log = `${ledgerPath(folder)}-wal`;
  return existsSync(log) && statSync(log).size > 0;
}

/**
 * Makes a ledger that holds these records and puts it in place in one step, so that a crash leaves either no ledger or a whole one.
 * An old write-ahead log in its place is set aside: SQLite would apply it to the new file.
 */
export function createLedgerFile(folder: string, records: Iterable<FiledRecord>): void {
  const path = ledgerPath(folder);
  const unfinished = `${path}.new`;
  for (const suffix of ['', '-journal']) rmSync(unfinished + suffix, { force: true });
  // Without a write-ahead log: its name would follow the file's, and one must not be left under the old name.
  const db = openSqlite({ file: unfinished, pragmas: { journal_mode: 'DELETE', synchronous: 'FULL' } });
  try {
    migrate(db, migrations);
    db.transaction(() => {
      for (const record of records) insertRecord(db, record);
    });
  } finally {
    db.close();
  }
  setLedgerAside(folder);
  renameSync(unfinished, path);
  syncFolder(folder);
}

/** Renames the ledger, or what is left of one, with its write-ahead log. */
export function setLedgerAside(folder: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const path = ledgerPath(folder) + suffix;
    if (existsSync(path)) setAside(path);
  }
}

/** Renames a file that must not be used and must not be lost; answers its new name. */
export function setAside(path: string): string {
  for (let number = 1; ; number += 1) {
    const aside = `${path}.set-aside-${number}`;
    if (existsSync(aside)) continue;
    renameSync(path, aside);
    return aside;
  }
}

/**
 * Opens a ledger that exists: header first, so that a foreign or newer file is refused before SQLite touches it, then pragmas, schema
 * and integrity.
 *
 * @throws LedgerFault `foreign-file`, `newer-version`, `corrupt`, and what {@link asLedgerFault} makes of SQLite's faults.
 */
export function openLedgerFile(folder: string, options: { sizeMaxBytes?: number | undefined }): SqliteDatabase {
  const path = ledgerPath(folder);
  const mustCheck = endedUncleanly(folder) || statSync(path).size < QUICK_CHECK_ALWAYS_BELOW_BYTES;
  checkHeader(path);
  const db = openSqlite({
    file: path,
    pragmas: {
      journal_mode: 'WAL',
      synchronous: 'FULL',
      // The owner checkpoints when idle; SQLite would do it in the middle of a sale (409 fsyncs instead of 400 in 400 commits).
      wal_autocheckpoint: 0,
      foreign_keys: true,
      cell_size_check: true,
      trusted_schema: false,
    },
  });
  try {
    if (mustCheck) checkIntegrity(db);
    migrate(db, migrations);
    if (options.sizeMaxBytes !== undefined) limitSize(db, options.sizeMaxBytes);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function checkIntegrity(db: SqliteDatabase): void {
  const damages = db.quickCheck(5);
  if (damages.length > 0) throw new LedgerFault('corrupt', `${db.file}: ${damages.join('; ')}`);
}

function limitSize(db: SqliteDatabase, sizeMaxBytes: number): void {
  const pages = Math.floor(sizeMaxBytes / Number(db.pragma('page_size')));
  db.exec(`PRAGMA max_page_count = ${pages}`);
}
