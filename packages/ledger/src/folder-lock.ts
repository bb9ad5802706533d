import { join } from 'node:path';
import { openSqlite, type SqliteDatabase, SqliteFault } from '@evertill/sqlite';
import { LedgerFault } from './ledger-fault.ts';

export type FolderLock = { release(): void };

/**
 * Holds a folder for this process. The lock is SQLite's own on a file beside the ledger, so the operating system frees it whenever the
 * process ends, however it ends: nothing stale can keep a register from starting, and no process id is ever guessed at.
 *
 * Nothing may open `ledger.lock` or `ledger.db` with other means in this process: on POSIX, closing any handle of a file
 * frees the process's locks on it.
 *
 * @throws LedgerFault `already-open`.
 */
export function lockFolder(folder: string): FolderLock {
  let db: SqliteDatabase | undefined;
  try {
    db = openSqlite({ file: join(folder, 'ledger.lock'), pragmas: { busy_timeout: 0 } });
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    const isHeld = error instanceof SqliteFault && error.code === 'busy';
    throw isHeld ? new LedgerFault('already-open', `${folder} is held by another process`, error) : error;
  }
  const held = db;
  return {
    release() {
      // One of the two drivers keeps a closed connection, and its lock with it, until garbage collection: let go of it first.
      if (held.isOpen) held.exec('ROLLBACK');
      held.close();
    },
  };
}
