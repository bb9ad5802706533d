import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, SqliteFault } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import { writePrivateFile } from './private-file.ts';

/** Everything a hub keeps, in one folder that only its user may read. */
export interface DataFolder {
  path: string;
  /** Ledger, views and claims. */
  tables: SqliteDatabase;
  /** Enrolment codes: a file of its own, because the `enroll` command writes it while the hub serves. */
  enrolment: SqliteDatabase;
  signingKey: KeyObject;
  close(): void;
}

export class FolderInUse extends Error {
  constructor(path: string) {
    super(`Another hub serves ${path}`);
    this.name = 'FolderInUse';
  }
}

const DURABLE = { journal_mode: 'WAL', synchronous: 'FULL' } as const;

/** Opens a data folder, new or old. With `exclusive`, throws `FolderInUse` when another process serves it. */
export function openDataFolder(path: string, { exclusive }: { exclusive: boolean }): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = exclusive ? lockFolder(path) : undefined;
  const tables = openTables(path);
  const enrolment = openSqlite({ file: join(path, 'enrolment.db'), pragmas: DURABLE });
  return {
    path,
    tables,
    enrolment,
    signingKey: signingKeyIn(path),
    close: () => {
      for (const db of [tables, enrolment]) db.close();
      // One of the two drivers keeps a closed connection, and its lock with it, until garbage collection: let go of it first.
      if (lock?.isOpen) lock.exec('ROLLBACK');
      lock?.close();
    },
  };
}

/** One more connection to a folder's ledger and views. */
export function openTables(path: string): SqliteDatabase {
  return openSqlite({ file: join(path, 'hub.db'), pragmas: DURABLE });
}

/** The operating system lets go of SQLite's lock when the process ends, however it ends. */
function lockFolder(path: string): SqliteDatabase {
  let db: SqliteDatabase | undefined;
  try {
    db = openSqlite({ file: join(path, 'serving.lock'), pragmas: { busy_timeout: 0 } });
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof SqliteFault && error.code === 'busy' ? new FolderInUse(path) : error;
  }
}

/** The key that signs tokens, made at the first start. A lost one costs every register one new token, nothing else. */
function signingKeyIn(path: string): KeyObject {
  const file = join(path, 'token-key.pem');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writePrivateFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  return createPrivateKey(readFileSync(file, 'utf8'));
}
