import type { NativeDatabase, NativeStatement, SqliteDriverName, SqlValue } from './driver.ts';
import { readPragma } from './pragmas.ts';
import { SqliteFault, withFaults } from './sqlite-fault.ts';

export type SqlRow = Record<string, SqlValue>;

/** A prepared statement. `Row` is the caller's promise about the columns; SQLite does not check it. */
export interface SqliteStatement<Row = SqlRow> {
  /** Executes; `changes` counts the rows of this statement only. */
  run(...params: SqlValue[]): { changes: number };
  get(...params: SqlValue[]): Row | undefined;
  all(...params: SqlValue[]): Row[];
  /** Row by row, on a statement of its own, so that the cached one stays free for use inside the loop. */
  iterate(...params: SqlValue[]): IterableIterator<Row>;
}

export type CheckpointMode = 'PASSIVE' | 'FULL' | 'RESTART' | 'TRUNCATE';

/** `busy`: a reader or writer kept it from completing. Frames are pages in the write-ahead log, -1 without one. */
export interface CheckpointResult {
  busy: boolean;
  logFrames: number;
  checkpointedFrames: number;
}

/** One open connection. Not for use from two threads; each call is synchronous. */
export interface SqliteDatabase {
  readonly file: string;
  readonly driverName: SqliteDriverName;
  readonly isOpen: boolean;
  readonly inTransaction: boolean;
  /** A prepared statement from the cache, prepared on first use. */
  statement<Row = SqlRow>(sql: string): SqliteStatement<Row>;
  /** Runs one or more statements without parameters (schema, `ATTACH`). */
  exec(sql: string): void;
  /** Reads a pragma's value. */
  pragma(name: string): SqlValue;
  /**
   * `BEGIN IMMEDIATE`, `work`, `COMMIT`; a throw rolls back and is thrown on. `work` is synchronous: a promise is refused,
   * because whatever else the event loop runs meanwhile would land in this transaction. Transactions do not nest.
   */
  transaction<T>(work: () => T): T;
  checkpoint(mode: CheckpointMode): CheckpointResult;
  /** `PRAGMA quick_check`: an empty list when sound, otherwise up to `limit` descriptions. Reads the whole file. */
  quickCheck(limit?: number): string[];
  /**
   * Idempotent. With `@photostructure/sqlite` 1.2 the file stays open until the connection's statements have been collected: nothing
   * is locked by then, but Windows will not rename or delete the file yet, and the write-ahead log is not folded in. Whoever needs
   * the log folded in calls `checkpoint('TRUNCATE')` first.
   */
  close(): void;
}

/** Beyond this many distinct texts a caller is building SQL from values, and the oldest statement goes. */
const STATEMENT_CACHE_LIMIT = 256;

class CachedStatement<Row> implements SqliteStatement<Row> {
  readonly #native: NativeStatement;
  readonly #prepareAgain: () => NativeStatement;
  /** An iterator of `@photostructure/sqlite` 1.2 does not keep its statement alive: collected mid-loop, it takes the process along. */
  readonly #iterating = new Set<NativeStatement>();

  constructor(native: NativeStatement, prepareAgain: () => NativeStatement) {
    this.#native = native;
    this.#prepareAgain = prepareAgain;
  }

  run(...params: SqlValue[]): { changes: number } {
    return withFaults(() => ({ changes: Number(this.#native.run(...params).changes) }));
  }

  get(...params: SqlValue[]): Row | undefined {
    return withFaults(() => (this.#native.get(...params) ?? undefined) as Row | undefined);
  }

  all(...params: SqlValue[]): Row[] {
    return withFaults(() => this.#native.all(...params) as Row[]);
  }

  *iterate(...params: SqlValue[]): IterableIterator<Row> {
    const statement = this.#prepareAgain();
    this.#iterating.add(statement);
    const rows = withFaults(() => statement.iterate(...params) as IterableIterator<Row>);
    try {
      for (;;) {
        const step = withFaults(() => rows.next());
        if (step.done) return;
        yield step.value;
      }
    } finally {
      rows.return?.();
      this.#iterating.delete(statement);
    }
  }
}

export class OpenDatabase implements SqliteDatabase {
  readonly file: string;
  readonly driverName: SqliteDriverName;
  readonly #native: NativeDatabase;
  readonly #statements = new Map<string, CachedStatement<unknown>>();
  #isOpen = true;
  #inTransaction = false;

  constructor(file: string, driverName: SqliteDriverName, native: NativeDatabase) {
    this.file = file;
    this.driverName = driverName;
    this.#native = native;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  statement<Row = SqlRow>(sql: string): SqliteStatement<Row> {
    let found = this.#statements.get(sql) as CachedStatement<Row> | undefined;
    if (!found) {
      const prepare = (): NativeStatement => withFaults(() => this.#native.prepare(sql));
      found = new CachedStatement<Row>(prepare(), prepare);
      const oldest = this.#statements.keys().next();
      if (this.#statements.size >= STATEMENT_CACHE_LIMIT && !oldest.done) this.#statements.delete(oldest.value);
      this.#statements.set(sql, found);
    }
    return found;
  }

  exec(sql: string): void {
    withFaults(() => this.#native.exec(sql));
  }

  pragma(name: string): SqlValue {
    return withFaults(() => (readPragma(this.#native, name) ?? null) as SqlValue);
  }

  transaction<T>(work: () => T): T {
    if (this.#inTransaction) throw new Error('A transaction is open on this connection; transactions do not nest');
    this.statement('BEGIN IMMEDIATE').run();
    this.#inTransaction = true;
    try {
      const result = work();
      if (isThenable(result)) throw new TypeError('The work of a transaction must be synchronous');
      this.statement('COMMIT').run();
      return result;
    } catch (error) {
      throw this.#rolledBack(error);
    } finally {
      this.#inTransaction = false;
    }
  }

  /**
   * Rolls back and returns what to throw. After a full disk or an I/O error SQLite has often rolled back by itself, and ROLLBACK
   * then fails with "no transaction is active": the first error is the one that matters, so the second rides along.
   */
  #rolledBack(error: unknown): unknown {
    try {
      this.#native.exec('ROLLBACK');
      return error;
    } catch (rollbackError) {
      const alreadyRolledBack = /no transaction is active/.test(String(rollbackError));
      return alreadyRolledBack
        ? error
        : new AggregateError([error, rollbackError], 'The transaction failed, and so did its rollback');
    }
  }

  checkpoint(mode: CheckpointMode): CheckpointResult {
    const row = this.statement<{ busy: number; log: number; checkpointed: number }>(
      `PRAGMA wal_checkpoint(${mode})`,
    ).get();
    return { busy: row?.busy === 1, logFrames: row?.log ?? -1, checkpointedFrames: row?.checkpointed ?? -1 };
  }

  quickCheck(limit = 20): string[] {
    try {
      const rows = this.statement<{ quick_check: string }>(`PRAGMA quick_check(${Math.trunc(limit)})`).all();
      return rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
    } catch (error) {
      // Some damage stops the check itself; that is an answer, not a failure to answer.
      if (error instanceof SqliteFault && error.code === 'corrupt') return [error.message];
      throw error;
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#statements.clear();
    withFaults(() => {
      // A connection that lives on until its statements are collected would keep an exclusive lock; reading once lets go of it.
      if (readPragma(this.#native, 'locking_mode') === 'exclusive') {
        this.#native.exec('PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema');
      }
      this.#native.close();
    });
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
