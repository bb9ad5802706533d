import type { SqliteDatabase } from './sqlite-database.ts';
import { SqliteRefused } from './sqlite-fault.ts';

/** One step of the schema. `up` runs inside a transaction that also raises `user_version`. */
export interface Migration {
  /** What the step does, for the log and for error texts. */
  name: string;
  up: (db: SqliteDatabase) => void;
}

export interface MigrationResult {
  fromVersion: number;
  toVersion: number;
}

/**
 * Brings a database to the version this program knows: the length of `migrations`. Step n leads from version n to n + 1, each in a
 * transaction of its own, so a crash leaves the file at a whole version and the next start goes on from there. Steps are never
 * edited or removed once shipped.
 *
 * Throws `SqliteRefused` (`newer-version`) before touching a file that a newer program has written.
 */
export function migrate(db: SqliteDatabase, migrations: readonly Migration[]): MigrationResult {
  const fromVersion = Number(db.pragma('user_version'));
  const toVersion = migrations.length;
  if (fromVersion > toVersion) {
    throw new SqliteRefused('newer-version', `${db.file} has version ${fromVersion}; this program knows ${toVersion}`);
  }
  migrations.slice(fromVersion).forEach((migration, index) => {
    db.transaction(() => {
      migration.up(db);
      db.exec(`PRAGMA user_version = ${fromVersion + index + 1}`);
    });
  });
  return { fromVersion, toVersion };
}
