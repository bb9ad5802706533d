import * as photostructure from '@photostructure/sqlite';

/**
 * The seam: the only file that knows which SQLite runs underneath.
 *
 * `node:sqlite` is asked for through `process.getBuiltinModule`, because a plain import of it does not resolve on Node 18 and 20,
 * and because it needs no `require`, so this module is the same in ESM source and in a CommonJS bundle.
 * `@photostructure/sqlite` offers the same API on the older runtimes; a bundle leaves it external, since it loads a native addon.
 */
export type SqliteDriverName = 'node:sqlite' | '@photostructure/sqlite';

/** What SQLite stores. Integers above 2^53 are refused by both drivers on reading rather than rounded. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** The part of the `node:sqlite` API that both drivers share and this package uses. */
export interface NativeStatement {
  run(...params: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...params: SqlValue[]): unknown;
  all(...params: SqlValue[]): unknown[];
  iterate(...params: SqlValue[]): IterableIterator<unknown>;
}

export interface NativeDatabase {
  prepare(sql: string): NativeStatement;
  exec(sql: string): void;
  close(): void;
}

interface NativeModule {
  DatabaseSync: new (file: string, options: { readOnly: boolean }) => NativeDatabase;
}

function builtInModule(): NativeModule | undefined {
  // Absent before Node 20.16; answers undefined for a module this runtime does not have.
  return process.getBuiltinModule?.('node:sqlite') as NativeModule | undefined;
}

/** The driver this runtime uses when nobody asks for another. */
export function preferredDriver(): SqliteDriverName {
  return builtInModule() ? 'node:sqlite' : '@photostructure/sqlite';
}

/** Opens a file with the named driver. Errors are the driver's own; `translateFault` gives them names. */
export function openNative(driverName: SqliteDriverName, file: string, readOnly: boolean): NativeDatabase {
  const module: NativeModule | undefined = driverName === 'node:sqlite' ? builtInModule() : photostructure;
  if (!module) throw new Error(`This runtime has no ${driverName}`);
  return new module.DatabaseSync(file, { readOnly });
}
