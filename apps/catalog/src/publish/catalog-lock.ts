import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, SqliteFault } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';

export type CatalogLock = { release(): void };

/** Another command is changing the catalog of this data folder. Worth trying again when it has ended. */
export class CatalogBusy extends Error {
  readonly code = 'catalog-busy';

  constructor(folder: string, cause: unknown) {
    super(`Another import or set-up is changing the catalog in ${folder}. Try again when it has ended.`, { cause });
    this.name = 'CatalogBusy';
  }
}

/**
 * Holds the catalog of a data folder for this process: two imports at once would each publish without the other's items. The lock is
 * SQLite's on a file of its own; the operating system frees it however the process ends.
 *
 * @throws CatalogBusy
 */
export function lockCatalog(folder: string): CatalogLock {
  mkdirSync(folder, { recursive: true });
  let database: SqliteDatabase | undefined;
  try {
    database = openSqlite({ file: join(folder, 'catalog.lock'), pragmas: { busy_timeout: 0 } });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw error instanceof SqliteFault && error.code === 'busy' ? new CatalogBusy(folder, error) : error;
  }
  const held = database;
  return {
    release() {
      // Closing alone is not enough: with statements not yet collected SQLite keeps connection and lock for a while.
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
