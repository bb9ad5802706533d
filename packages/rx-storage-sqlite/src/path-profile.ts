import type { SqliteDatabase } from '@evertill/sqlite';
import type { SchemaPath } from './schema-paths.ts';

/**
 * What the values at a path have been like since the table exists; it decides whether SQL may answer for them.
 *
 * - `irregular`: a value that is not of the declared kind (nor null nor missing), or text that SQLite cannot hold exactly
 * - `astral`: text beyond the Basic Multilingual Plane, such as emoji
 * - `high`: text with characters from U+E000 to U+FFFF, such as full-width letters
 *
 * JavaScript orders UTF-16 code units, SQLite orders UTF-8 bytes. The two orders differ in one case only: an astral character against one from
 * U+E000 to U+FFFF. So text is compared in SQL unless a path, together with the operand, has seen both.
 */
export type PathFlag = 'irregular' | 'astral' | 'high';

// NUL ends a text early in one of the drivers; half a surrogate pair has no UTF-8 form.
// oxlint-disable-next-line no-control-regex
const NOT_EXACT_IN_SQLITE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const ABOVE_SURROGATES = /[\uD800-\uFFFF]/;
const ASTRAL = /[\uD800-\uDFFF]/;
const HIGH = /[\uE000-\uFFFF]/;

/** The flags that a text earns its path. */
export function flagsOfText(text: string): PathFlag[] {
  const flags: PathFlag[] = [];
  if (ABOVE_SURROGATES.test(text)) {
    if (ASTRAL.test(text)) flags.push('astral');
    if (HIGH.test(text)) flags.push('high');
  }
  if (NOT_EXACT_IN_SQLITE.test(text)) flags.push('irregular');
  return flags;
}

/** Reads a path out of a document; `undefined` when missing, `IRREGULAR` when something other than plain objects lies above it. */
export const IRREGULAR = Symbol('irregular');

export function valueAt(document: unknown, segments: readonly string[]): unknown {
  let value = document;
  for (const segment of segments) {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) return IRREGULAR;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

function flagsOfValue(value: unknown, { kind }: SchemaPath): readonly PathFlag[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== kind) return ['irregular'];
  if (typeof value === 'string') return flagsOfText(value);
  return typeof value === 'number' && !Number.isFinite(value) ? ['irregular'] : [];
}

/** The profile of one table: kept in memory, and in the database in the same transaction as the documents that shaped it. */
export class PathProfile {
  readonly #db: SqliteDatabase;
  readonly #table: string;
  readonly #paths: readonly SchemaPath[];
  readonly #known = new Set<string>();
  readonly #unsettled: string[] = [];

  constructor(db: SqliteDatabase, table: string, paths: Iterable<SchemaPath>) {
    this.#db = db;
    this.#table = table;
    this.#paths = [...paths].filter(({ path }) => path !== '_deleted' && path !== '_meta.lwt');
    db.exec(
      'CREATE TABLE IF NOT EXISTS path_profile (tbl TEXT, path TEXT, flag TEXT, PRIMARY KEY (tbl, path, flag)) WITHOUT ROWID',
    );
    const rows = db
      .statement<{ path: string; flag: string }>('SELECT path, flag FROM path_profile WHERE tbl = ?')
      .all(table);
    for (const { path, flag } of rows) this.#known.add(`${path} ${flag}`);
  }

  has(path: string, flag: PathFlag): boolean {
    return this.#known.has(`${path} ${flag}`);
  }

  /** Whether SQLite's order of the texts at this path, and of this operand among them, is JavaScript's. */
  ordersAlike(path: string, operand = ''): boolean {
    const flags = flagsOfText(operand);
    const astral = this.has(path, 'astral') || flags.includes('astral');
    const high = this.has(path, 'high') || flags.includes('high');
    return !(astral && high);
  }

  /** Takes note of a document about to be written. Inside a transaction; `settle` follows when it has ended. */
  observe(document: unknown): void {
    for (const path of this.#paths) {
      for (const flag of flagsOfValue(valueAt(document, path.segments), path)) {
        if (!this.has(path.path, flag)) this.#remember(path.path, flag);
      }
    }
  }

  /** Forgets what a rolled-back transaction taught: the file has forgotten it too, and a flag known here is not written again. */
  settle(outcome: 'committed' | 'rolled-back'): void {
    if (outcome === 'rolled-back') for (const entry of this.#unsettled) this.#known.delete(entry);
    this.#unsettled.length = 0;
  }

  #remember(path: string, flag: PathFlag): void {
    this.#db.statement('INSERT OR IGNORE INTO path_profile VALUES (?, ?, ?)').run(this.#table, path, flag);
    this.#known.add(`${path} ${flag}`);
    this.#unsettled.push(`${path} ${flag}`);
  }
}
