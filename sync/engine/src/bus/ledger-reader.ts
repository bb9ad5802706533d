import { setImmediate } from 'node:timers/promises';
import type { Tables } from '../tables/tables.ts';
import type { EventStore } from './event-store.ts';
import { entriesAfter, type Journal, journalName, journalOf, type LedgerEntry } from './ledger-entry.ts';

export type LedgerReaderOptions = {
  readonly tables: Tables;
  readonly store: EventStore;
  /** Whose cursors these are. */
  readonly name: string;
  /**
   * Takes a batch, at least once: what it did must be durable when it resolves. What it answers runs in the transaction that moves the cursors. A
   * rejection brings the same records again.
   */
  readonly take: (batch: readonly LedgerEntry[]) => Promise<() => void>;
  readonly batchRecordsMax: number;
  readonly batchBytesMax: number;
  /** How long news may gather before they are taken. */
  readonly delayMs: number;
  readonly onFault: (thrown: unknown) => void;
};

const RETRY_MS = 1_000;

/**
 * Reads the whole ledger in order per journal, from its own cursors on, and is woken by what comes. Whoever reads it delays nobody: it gives
 * way after each segment, and a reader that fails tries again by itself.
 */
export class LedgerReader {
  readonly #options: LedgerReaderOptions;
  readonly #pending = new Map<string, Journal>();
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: LedgerReaderOptions) {
    this.#options = options;
    const { tables } = options;
    this.#stopListening = tables.listen((table, item) => {
      const journal = table === 'ledger' ? journalOf(item, 'segment') : null;
      if (journal) this.#wake(journal, options.delayMs);
    });
    for (const item of tables.items('ledger')) {
      const journal = journalOf(item, 'head');
      if (journal) this.#wake(journal, 0);
    }
  }

  /** Takes everything that is in the ledger now; rejects with what `take` rejected with. */
  async drain(): Promise<void> {
    await this.#running;
    this.#running = this.#drain();
    await this.#running;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running.catch(() => undefined);
  }

  #wake(journal: Journal, delayMs: number): void {
    this.#pending.set(journalName(journal), journal);
    if (this.#timer || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#running.then(() => this.#drainOrRetry());
    }, delayMs);
    this.#timer.unref();
  }

  async #drainOrRetry(): Promise<void> {
    try {
      await this.#drain();
    } catch (thrown) {
      this.#options.onFault(thrown);
      const [journal] = this.#pending.values();
      if (journal) this.#wake(journal, RETRY_MS);
    }
  }

  async #drain(): Promise<void> {
    const { store, name, take } = this.#options;
    while (this.#pending.size > 0 && !this.#isClosed) {
      const { batch, positions, ended } = await this.#batch();
      if (batch.length > 0) {
        const also = await take(batch);
        store.advance(name, positions, also);
      }
      for (const journal of ended) this.#pending.delete(journal);
    }
  }

  /** Whole segments, journal after journal, until the batch is full. */
  async #batch(): Promise<{ batch: LedgerEntry[]; positions: Map<string, number>; ended: string[] }> {
    const { tables, store, name, batchRecordsMax, batchBytesMax } = this.#options;
    const batch: LedgerEntry[] = [];
    const positions = new Map<string, number>();
    const ended: string[] = [];
    let bytes = 0;
    for (const [journal, place] of this.#pending) {
      let seq = store.cursor(name, journal);
      for (;;) {
        if (batch.length >= batchRecordsMax || bytes >= batchBytesMax) return { batch, positions, ended };
        const entries = entriesAfter(tables, place, seq);
        const last = entries[entries.length - 1];
        if (!last) break;
        batch.push(...entries);
        bytes += entries.reduce((sum, { text }) => sum + text.length, 0);
        seq = last.seq;
        positions.set(journal, seq);
        await setImmediate();
      }
      ended.push(journal);
    }
    return { batch, positions, ended };
  }
}
