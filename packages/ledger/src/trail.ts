import type { SqliteDatabase } from '@evertill/sqlite';
import type { HighWaterMark } from './high-water-mark.ts';
import { headOf, type LedgerRecord, selectPositionOf, selectRecords } from './journal-table.ts';
import { TRAIL_DELAY_MS, TRAIL_RETRY_MS } from './limits.ts';
import { appendToCopy, copyHead, cutTornTail, setCopyAside } from './second-copy.ts';

/** How one of the two things that follow the journal fares. */
export type TrailState = {
  readonly ok: boolean;
  /** When it last held everything, epoch milliseconds; `null` when never since the start. */
  readonly completeAtMs: number | null;
  /** Why it is behind, for the log. */
  readonly problem: string | null;
};

const RECORDS_PER_WRITE = 100;

/**
 * What follows the journal off the path of a sale: the second copy and the high-water mark. It remembers nothing but how far it came
 * and reads the ledger for the rest, so it cannot grow, and a crash costs only its lag. A failure is reported and tried again; it
 * never holds up a sale.
 */
export class Trail {
  readonly #db: SqliteDatabase;
  readonly #copyFolder: string | null;
  readonly #mark: HighWaterMark;
  readonly #nowMs: () => number;
  readonly #delayMs: number;
  /** Position in the ledger of the copy's last record; `null`: find out from the copy. */
  #copiedPosition: number | null = null;
  #markedPosition = 0;
  #copy: TrailState = { ok: true, completeAtMs: null, problem: null };
  #markState: TrailState = { ok: true, completeAtMs: null, problem: null };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: {
    db: SqliteDatabase;
    copyFolder: string | null;
    mark: HighWaterMark;
    nowMs: () => number;
    delayMs?: number | undefined;
  }) {
    this.#db = options.db;
    this.#copyFolder = options.copyFolder;
    this.#mark = options.mark;
    this.#nowMs = options.nowMs;
    this.#delayMs = options.delayMs ?? TRAIL_DELAY_MS;
  }

  /** `null` where no second copy is kept. */
  get copy(): TrailState | null {
    return this.#copyFolder === null ? null : this.#copy;
  }

  get mark(): TrailState {
    return this.#markState;
  }

  /** Something was committed. */
  schedule(): void {
    const delayMs = this.#copy.ok && this.#markState.ok ? this.#delayMs : Math.max(this.#delayMs, TRAIL_RETRY_MS);
    this.#after(delayMs);
  }

  #after(delayMs: number): void {
    if (this.#timer !== null || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, delayMs);
    this.#timer.unref();
  }

  /** Brings both up to the journal's head. Never rejects: what went wrong is in `copy` and `mark`. */
  async flush(): Promise<void> {
    this.#running ??= this.#follow().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #follow(): Promise<void> {
    await this.#followWithCopy();
    this.#followWithMark();
    if (!this.#copy.ok || !this.#markState.ok) this.#after(TRAIL_RETRY_MS);
  }

  async #followWithCopy(): Promise<void> {
    const folder = this.#copyFolder;
    if (folder === null) return;
    try {
      this.#copiedPosition ??= this.#findCopiedPosition(folder);
      for (;;) {
        const records = [...selectRecords(this.#db, { limit: RECORDS_PER_WRITE }, this.#copiedPosition)];
        const last = records[records.length - 1];
        if (!last) break;
        await appendToCopy(
          folder,
          records.map((record) => record.sealed),
        );
        this.#copiedPosition = this.#positionOf(last);
      }
      this.#copy = { ok: true, completeAtMs: this.#nowMs(), problem: null };
    } catch (error) {
      // Half of a write may be in the file: the next try looks again where the copy ends.
      this.#copiedPosition = null;
      this.#copy = { ...this.#copy, ok: false, problem: String(error) };
    }
  }

  #findCopiedPosition(folder: string): number {
    const head = copyHead(folder);
    if (head === null) return 0;
    const found = head === 'unreadable' ? null : selectPositionOf(this.#db, head);
    if (head === 'unreadable' || found?.hash !== head.hash) {
      setCopyAside(folder);
      return 0;
    }
    // Each write was confirmed before the next began, so only the last one can have holes.
    return cutTornTail(folder, RECORDS_PER_WRITE) ? this.#findCopiedPosition(folder) : found.position;
  }

  #followWithMark(): void {
    try {
      const newest = this.#db
        .statement<{ position: number; epoch: number; seq: number; hash: string }>(
          'SELECT position, epoch, seq, hash FROM journal ORDER BY position DESC LIMIT 1',
        )
        .get();
      if (newest && newest.position > this.#markedPosition) {
        this.#mark.write({ epoch: newest.epoch, seq: newest.seq, hash: newest.hash });
        this.#markedPosition = newest.position;
      }
      this.#markState = { ok: true, completeAtMs: this.#nowMs(), problem: null };
    } catch (error) {
      this.#markState = { ...this.#markState, ok: false, problem: String(error) };
    }
  }

  #positionOf(record: LedgerRecord): number {
    const found = selectPositionOf(this.#db, headOf(record));
    if (!found) throw new Error('a record of the ledger has a position');
    return found.position;
  }

  /** One last time, then never again. */
  async dispose(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.flush();
    // A flush that was already under way may have ended before the last commit.
    await this.flush();
  }
}
