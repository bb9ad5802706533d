import type { NativeDatabase } from './driver.ts';
import { SqliteRefused } from './sqlite-fault.ts';

/**
 * Pragmas that are set at opening and read back. Names and values are SQLite's own: https://www.sqlite.org/pragma.html
 * `busy_timeout` is in milliseconds; `cache_size` in pages, or in KiB when negative; `mmap_size` and `journal_size_limit` in bytes.
 */
export interface SqlitePragmas {
  page_size?: number;
  locking_mode?: 'NORMAL' | 'EXCLUSIVE';
  /** OFF is missing on purpose: both drivers open in SQLite's defensive mode, which ignores it. */
  journal_mode?: 'DELETE' | 'TRUNCATE' | 'PERSIST' | 'MEMORY' | 'WAL';
  synchronous?: 'OFF' | 'NORMAL' | 'FULL' | 'EXTRA';
  busy_timeout?: number;
  cache_size?: number;
  cell_size_check?: boolean;
  foreign_keys?: boolean;
  journal_size_limit?: number;
  mmap_size?: number;
  temp_store?: 'DEFAULT' | 'FILE' | 'MEMORY';
  trusted_schema?: boolean;
  wal_autocheckpoint?: number;
}

/** What SQLite answers for values that it takes as words and reports as numbers. */
const REPORTED_AS: Record<string, Record<string, number>> = {
  synchronous: { OFF: 0, NORMAL: 1, FULL: 2, EXTRA: 3 },
  temp_store: { DEFAULT: 0, FILE: 1, MEMORY: 2 },
};

/** Page size and locking must precede the journal mode, which fixes them; the rest may come in any order. */
const ORDER: readonly (keyof SqlitePragmas)[] = [
  'page_size',
  'locking_mode',
  'busy_timeout',
  'journal_mode',
  'synchronous',
  'cache_size',
  'cell_size_check',
  'foreign_keys',
  'journal_size_limit',
  'mmap_size',
  'temp_store',
  'trusted_schema',
  'wal_autocheckpoint',
];

/**
 * Sets each pragma and reads it back, because SQLite ignores silently what it cannot do (WAL on a network share, for one).
 * Throws `SqliteRefused` with code `pragma-not-taken`.
 */
export function applyPragmas(native: NativeDatabase, pragmas: SqlitePragmas): void {
  for (const name of ORDER) {
    const wanted = pragmas[name];
    if (wanted === undefined) continue;
    native.prepare(`PRAGMA ${name} = ${literalOf(wanted)}`).get();
    const found = readPragma(native, name);
    const expected = reportedValue(name, wanted);
    if (String(found).toUpperCase() !== String(expected).toUpperCase()) {
      throw new SqliteRefused('pragma-not-taken', `PRAGMA ${name} = ${wanted} did not take: SQLite reports ${found}`);
    }
  }
}

/** Reads one pragma; its single column has a name of its own (`busy_timeout` answers in a column `timeout`). */
export function readPragma(native: NativeDatabase, name: string): unknown {
  const row = native.prepare(`PRAGMA ${name}`).get();
  return row === undefined || row === null ? undefined : Object.values(row)[0];
}

function literalOf(value: string | number | boolean): string {
  if (typeof value === 'string') {
    // The types allow only SQLite's own words; this holds for a caller that came from JavaScript.
    if (!/^[A-Z]+$/.test(value)) throw new TypeError(`Not a pragma word: ${value}`);
    return value;
  }
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (!Number.isSafeInteger(value)) throw new TypeError(`Not a pragma number: ${value}`);
  return String(value);
}

function reportedValue(name: string, wanted: string | number | boolean): string | number {
  if (typeof wanted === 'boolean') return wanted ? 1 : 0;
  return REPORTED_AS[name]?.[wanted] ?? wanted;
}
