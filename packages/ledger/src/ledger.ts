import {
  chainFact,
  type ChainedRecord,
  type ChainHead,
  createChainVerifier,
  type FiledRecord,
  type RecordContext,
  takeNumbers,
  type Verification,
  type VerifyOptions,
} from '@evertill/journal';
import type { Fact, RecordType } from '@evertill/records';
import type { CheckpointResult, SqliteDatabase } from '@evertill/sqlite';
import type { JournalState } from './journal-state.ts';
import {
  filed,
  insertFiled,
  type LedgerRecord,
  type RecordFilter,
  selectLastOf,
  selectRecords,
} from './journal-table.ts';
import { asLedgerFault, LedgerFault } from './ledger-fault.ts';
import type { LedgerOptions, OpeningReport } from './ledger-options.ts';
import { type LedgerSpool, ledgerSpool } from './ledger-spool.ts';
import { type LedgerTransaction, openTransaction, type OverlayRow, type StoredDraft } from './ledger-transaction.ts';
import { FACTS_PER_APPEND_MAX, JOBS_DONE_KEPT, RECORDS_PER_TURN } from './limits.ts';
import { readCopy } from './second-copy.ts';
import { Trail, type TrailState } from './trail.ts';

/** The outcome of an audit. */
export type LedgerAudit = {
  readonly ok: boolean;
  readonly journal: Verification;
  /** The second copy, as far as it has come; `null` where none is kept. */
  readonly copy: Verification | null;
};

/**
 * The ledger of one register. Calls that write are synchronous and durable when they return: one transaction, one fsync. When one
 * throws, nothing was recorded and nothing in memory moved (I14).
 */
export type Ledger<Document = unknown> = {
  readonly opened: OpeningReport;
  readonly spool: LedgerSpool<Document>;
  head(): ChainHead;
  counts(): { records: number; sales: number };
  /** How many sales of one epoch have a sequence in `(afterSeq, toSeq]`. */
  salesBetween(epoch: number, afterSeq: number, toSeq: number): number;
  /**
   * Records facts, and what belongs to them, in one transaction.
   *
   * @throws LedgerFault `disk-full`, `io` (start anew), `busy`, `number-out-of-order`, `business-date-backwards`, `limit`, `disposed`;
   *   RecordFault when a fact cannot be a record; and whatever `also` throws.
   */
  append(
    facts: readonly Fact[],
    context: RecordContext,
    also?: (tx: LedgerTransaction) => void,
  ): readonly ChainedRecord[];
  /** Drafts, jobs and settings without a record; otherwise like `append`. */
  write<Result>(work: (tx: LedgerTransaction) => Result): Result;
  /** Records in order, read page by page: what is appended while it runs comes too. */
  records(filter?: RecordFilter): IterableIterator<LedgerRecord>;
  lastOf(type: RecordType): LedgerRecord | null;
  drafts(): readonly StoredDraft[];
  overlay(filter: { kind: string; entityId?: string }): readonly OverlayRow[];
  /** `undefined` when it was never put. */
  setting(key: string): unknown;
  /** The number that the next completed or voided transaction of this epoch must carry (I5). */
  nextReceiptNumber(): number;
  nextZNumber(): number;
  /** As the last Z report left it; 0 before the first (I12). */
  grandTotalMinor(): number;
  /** Called after each commit with its records, none for a `write`; a throw is reported as uncaught and undoes nothing. */
  onCommit(callback: (records: readonly ChainedRecord[]) => void): () => void;
  /** How second copy and high-water mark fare; `copy` is `null` where none is kept. */
  trail(): { readonly copy: TrailState | null; readonly mark: TrailState };
  /** Brings second copy and high-water mark up to the head now. Never rejects; see `trail`. */
  settle(): Promise<void>;
  /** Housekeeping for a quiet moment: a few fsyncs now, so that each sale afterwards needs exactly one. */
  checkpointWhenIdle(): CheckpointResult;
  /** Audits the whole journal and its second copy, yielding between records. Trusts `key` and `earlierPublicKeys` by default. */
  verify(options?: VerifyOptions): Promise<LedgerAudit>;
  /** Settles, closes and frees the folder. Idempotent. */
  dispose(): Promise<void>;
};

export class OpenLedger<Document> implements Ledger<Document> {
  readonly opened: OpeningReport;
  readonly spool: LedgerSpool<Document>;
  readonly #db: SqliteDatabase;
  readonly #options: LedgerOptions<Document>;
  readonly #release: () => void;
  readonly #trail: Trail;
  readonly #commitCallbacks = new Set<(records: readonly ChainedRecord[]) => void>();
  readonly #jobCallbacks = new Set<() => void>();
  #state: JournalState;
  #stopped: LedgerFault | null = null;
  #disposing: Promise<void> | null = null;

  constructor(
    db: SqliteDatabase,
    options: LedgerOptions<Document>,
    state: JournalState,
    opened: OpeningReport,
    release: () => void,
  ) {
    this.#db = db;
    this.#options = options;
    this.#state = state;
    this.opened = opened;
    this.#release = release;
    const nowMs = (): number => options.clock.nowMs();
    const { highWater: mark, trailDelayMs: delayMs } = options;
    this.#trail = new Trail({ db, copyFolder: options.secondCopy?.folder ?? null, mark, nowMs, delayMs });
    const readDocument = options.readDocument ?? ((value: unknown) => value as Document);
    const commit = (work: () => void): void => this.#commit(work);
    this.spool = ledgerSpool(db, commit, nowMs, readDocument, (callback) => subscribe(this.#jobCallbacks, callback));
    this.#primeLog();
    this.#trail.schedule();
  }

  head(): ChainHead {
    return this.#state.head;
  }

  counts(): { records: number; sales: number } {
    return this.#state.counts;
  }

  salesBetween(epoch: number, afterSeq: number, toSeq: number): number {
    const row = this.#db
      .statement<{ sales: number }>(
        `SELECT count(*) AS sales FROM journal WHERE epoch = ? AND seq > ? AND seq <= ? AND type = 'TransactionCompleted'`,
      )
      .get(epoch, afterSeq, toSeq);
    return row?.sales ?? 0;
  }

  append(
    facts: readonly Fact[],
    context: RecordContext,
    also?: (tx: LedgerTransaction) => void,
  ): readonly ChainedRecord[] {
    const { records, next } = this.#chain(facts, context);
    const nowMs = this.#options.clock.nowMs();
    const transaction = openTransaction(this.#db, records, nowMs);
    this.#commit(() => {
      for (const { sealed, header } of records) insertFiled(this.#db, sealed, header);
      also?.(transaction.tx);
    });
    this.#state = next;
    this.#told(records, transaction.close().jobsAdded);
    return records;
  }

  write<Result>(work: (tx: LedgerTransaction) => Result): Result {
    const transaction = openTransaction(this.#db, [], this.#options.clock.nowMs());
    const result = this.#commit(() => work(transaction.tx));
    this.#told([], transaction.close().jobsAdded);
    return result;
  }

  /** Places the facts behind the head without touching it: what is in memory moves only after the commit. */
  #chain(facts: readonly Fact[], context: RecordContext): { records: ChainedRecord[]; next: JournalState } {
    if (facts.length === 0 || facts.length > FACTS_PER_APPEND_MAX) {
      throw new LedgerFault('limit', `${facts.length} facts in one append`);
    }
    const { identity, key, clock } = this.#options;
    let { head, numbers, counts } = this.#state;
    const { businessDate } = this.#state;
    if (businessDate !== null && (context.businessDate ?? '') < businessDate) {
      throw new LedgerFault('business-date-backwards', `${String(context.businessDate)} after ${businessDate}`);
    }
    const at = new Date(clock.nowMs()).toISOString();
    const tzOffsetMin = clock.tzOffsetMin();
    const records = facts.map((fact) => {
      // Epochs are the ledger's own affair: one in the middle would break the chain.
      if (fact.type === 'EpochOpened') throw new Error('EpochOpened is written by openLedger only');
      const record = chainFact({ identity, head, fact, context, key, at, tzOffsetMin });
      const taken = takeNumbers(numbers, record.head, fact);
      if (!taken.ok) throw new LedgerFault('number-out-of-order', taken.detail);
      head = record.head;
      numbers = taken.given;
      const isSale = fact.type === 'TransactionCompleted';
      counts = { records: counts.records + 1, sales: counts.sales + (isSale ? 1 : 0) };
      return record;
    });
    return { records, next: { head, numbers, counts, businessDate: context.businessDate } };
  }

  /** The one way to write. After a write that the disk did not confirm, nothing more is written: what is on disk is not known any more. */
  #commit<Result>(work: () => Result): Result {
    this.#assertOpen();
    try {
      return this.#db.transaction(work);
    } catch (error) {
      const fault = asLedgerFault(error);
      if (fault instanceof LedgerFault && (fault.code === 'io' || fault.code === 'corrupt')) this.#stopped = fault;
      throw fault;
    }
  }

  #assertOpen(): void {
    if (this.#disposing) throw new LedgerFault('disposed', 'the ledger is closed');
    if (this.#stopped) throw new LedgerFault(this.#stopped.code, 'stopped after an earlier fault', this.#stopped);
  }

  #told(records: readonly ChainedRecord[], jobsAdded: number): void {
    if (records.length > 0) this.#trail.schedule();
    for (const callback of this.#commitCallbacks) callLoudly(() => callback(records));
    if (jobsAdded > 0) for (const callback of this.#jobCallbacks) callLoudly(callback);
  }

  records(filter: RecordFilter = {}): IterableIterator<LedgerRecord> {
    const needsEpoch = filter.fromSeq !== undefined && filter.epoch === undefined;
    return selectRecords(this.#db, needsEpoch ? { ...filter, epoch: this.#state.head.epoch } : filter);
  }

  lastOf(type: RecordType): LedgerRecord | null {
    return selectLastOf(this.#db, type);
  }

  drafts(): readonly StoredDraft[] {
    return this.#db
      .statement<StoredDraft>(
        `SELECT transaction_id AS transactionId, status, name, json, updated_at_ms AS updatedAtMs
         FROM drafts ORDER BY updated_at_ms, transaction_id`,
      )
      .all();
  }

  overlay(filter: { kind: string; entityId?: string }): readonly OverlayRow[] {
    const select = 'SELECT kind, entity_id AS entityId, epoch, seq, json FROM overlay WHERE kind = ?';
    return filter.entityId === undefined
      ? this.#db.statement<OverlayRow>(`${select} ORDER BY position`).all(filter.kind)
      : this.#db
          .statement<OverlayRow>(`${select} AND entity_id = ? ORDER BY position`)
          .all(filter.kind, filter.entityId);
  }

  setting(key: string): unknown {
    const row = this.#db.statement<{ json: string }>('SELECT json FROM settings WHERE key = ?').get(key);
    return row ? JSON.parse(row.json) : undefined;
  }

  nextReceiptNumber(): number {
    return (this.#state.numbers.receiptNumber ?? 0) + 1;
  }

  nextZNumber(): number {
    return (this.#state.numbers.zNumber ?? 0) + 1;
  }

  grandTotalMinor(): number {
    return this.#state.numbers.grandTotalMinor ?? 0;
  }

  onCommit(callback: (records: readonly ChainedRecord[]) => void): () => void {
    return subscribe(this.#commitCallbacks, callback);
  }

  trail(): { readonly copy: TrailState | null; readonly mark: TrailState } {
    return { copy: this.#trail.copy, mark: this.#trail.mark };
  }

  settle(): Promise<void> {
    return this.#trail.flush();
  }

  checkpointWhenIdle(): CheckpointResult {
    this.#commit(() => this.#forgetDoneJobs());
    // RESTART keeps the log's file at its length: later commits overwrite it, which is cheaper than growing it anew.
    const result = this.#db.checkpoint('RESTART');
    this.#primeLog();
    return result;
  }

  /** The first commit into a new log syncs the log's header too; this one is nobody's sale. */
  #primeLog(): void {
    this.#commit(() => {
      openTransaction(this.#db, [], 0).tx.putSetting('ledger.checkpointedAtMs', this.#options.clock.nowMs());
    });
  }

  #forgetDoneJobs(): void {
    this.#db
      .statement(
        `DELETE FROM spool WHERE position IN
         (SELECT position FROM spool WHERE state IN ('printed', 'discarded') ORDER BY position DESC LIMIT -1 OFFSET ?)`,
      )
      .run(JOBS_DONE_KEPT);
  }

  async verify(options: VerifyOptions = {}): Promise<LedgerAudit> {
    const { key, earlierPublicKeys = [], secondCopy } = this.#options;
    const publicKeys = options.publicKeys ?? [key.publicKey, ...earlierPublicKeys];
    const expectedHead = options.expectedHead ?? this.head();
    const journal = await verifyInTurns(mapped(selectRecords(this.#db, {}), filed), {
      ...options,
      publicKeys,
      expectedHead,
    });
    if (!secondCopy) return { ok: journal.ok, journal, copy: null };
    await this.settle();
    const copy = await verifyInTurns(readCopy(secondCopy.folder), { publicKeys, expectedHead });
    return { ok: journal.ok && copy.ok, journal, copy };
  }

  dispose(): Promise<void> {
    this.#disposing ??= this.#close();
    return this.#disposing;
  }

  async #close(): Promise<void> {
    try {
      await this.#trail.dispose();
      if (!this.#stopped) this.#db.checkpoint('TRUNCATE');
    } finally {
      this.#db.close();
      this.#release();
    }
  }
}

async function verifyInTurns(records: Iterable<FiledRecord>, options: VerifyOptions): Promise<Verification> {
  const verifier = createChainVerifier(options);
  let count = 0;
  for (const record of records) {
    if (verifier.take(record)) break;
    count += 1;
    if (count % RECORDS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return verifier.end();
}

function* mapped<From, To>(items: Iterable<From>, change: (item: From) => To): Generator<To> {
  for (const item of items) yield change(item);
}

function subscribe<Callback>(callbacks: Set<Callback>, callback: Callback): () => void {
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

/** The commit stands whatever a listener does; its fault must be seen all the same. */
function callLoudly(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
