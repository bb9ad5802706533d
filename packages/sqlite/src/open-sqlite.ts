import { openNative, preferredDriver } from './driver.ts';
import type { SqliteDriverName } from './driver.ts';
import { applyPragmas } from './pragmas.ts';
import type { SqlitePragmas } from './pragmas.ts';
import { OpenDatabase } from './sqlite-database.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { translateFault } from './sqlite-fault.ts';

export interface OpenSqliteOptions {
  /** Path of the database, created when absent unless `readOnly`; `:memory:` for one that lives as long as the connection. */
  file: string;
  readOnly?: boolean;
  pragmas?: SqlitePragmas;
  /** Only for tests and benchmarks that compare the drivers. */
  driver?: SqliteDriverName;
}

/** Long enough for another connection's short transaction, short enough that a cashier does not notice. */
const BUSY_TIMEOUT_MS = 1_000;

/**
 * Opens a database, sets the pragmas and reads each back.
 *
 * Throws `SqliteRefused` (`pragma-not-taken`) when one did not take, and `SqliteFault` (`not-a-database`, `corrupt`, `cannot-open`,
 * `read-only`, `busy` …) when the file cannot serve. Nothing stays open after a throw.
 */
export function openSqlite(options: OpenSqliteOptions): SqliteDatabase {
  const driverName = options.driver ?? preferredDriver();
  let native;
  try {
    native = openNative(driverName, options.file, options.readOnly ?? false);
  } catch (error) {
    throw translateFault(error);
  }
  try {
    // SQLite opens lazily; reading the schema now makes a foreign or damaged file fail here and not at the first sale.
    native.prepare('SELECT count(*) FROM sqlite_schema').get();
    applyPragmas(native, { busy_timeout: BUSY_TIMEOUT_MS, foreign_keys: true, ...options.pragmas });
  } catch (error) {
    native.close();
    throw translateFault(error);
  }
  return new OpenDatabase(options.file, driverName, native);
}
