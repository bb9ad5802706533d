import { existsSync } from 'node:fs';
import type { SeenSale } from './cashier.ts';
import type { Counter } from './counter.ts';
import { nowMs, pause, until } from './waiting.ts';
import {
  booksOf,
  judge,
  openJournalFile,
  readPaper,
  type Acknowledged,
  type Books,
  type Draft,
  type OpenedJournal,
  type Paper,
  type Verdict,
} from './oracle.ts';

const PAPER_DEADLINE_MS = 30_000;
const DRAFT_DEADLINE_MS = 5_000;
const COMMIT_DEADLINE_MS = 10_000;

/** Someone who never asks the application: looks at its ledger by SQL and at the bytes that came out of the printer's line. */
export class Witness {
  readonly #ledgerFile: string;
  readonly #counter: Counter;
  readonly acknowledged: Acknowledged[] = [];

  constructor(needs: { ledgerFile: string; counter: Counter }) {
    this.#ledgerFile = needs.ledgerFile;
    this.#counter = needs.counter;
  }

  /** Notes a sale that the screen said is complete. */
  saw(sale: SeenSale): void {
    this.acknowledged.push({ receiptLabel: sale.receiptLabel, totalMinor: sale.totalMinor });
  }

  get hasLedger(): boolean {
    return existsSync(this.#ledgerFile);
  }

  books(): Books {
    return this.#look((journal) => booksOf(journal.rows()));
  }

  /** The payloads of all records of a type. */
  payloads(type: string): Record<string, unknown>[] {
    return this.#look((journal) => journal.rows())
      .map(({ text }) => JSON.parse(text) as { type: string; payload: Record<string, unknown> })
      .filter((record) => record.type === type)
      .map(({ payload }) => payload);
  }

  drafts(): Draft[] {
    return this.#look((journal) => journal.drafts());
  }

  /** Waits until the open draft on disk holds these items: a line is promised to be durable 50 ms after it was shown, not before. */
  async untilDraftHolds(codes: readonly string[]): Promise<void> {
    await until(
      'the draft on disk',
      () => this.drafts().some(({ status, json }) => status === 'open' && codes.every((code) => json.includes(code))),
      DRAFT_DEADLINE_MS,
    );
  }

  completedSales(): number {
    return this.#look((journal) => journal.countOf('TransactionCompleted'));
  }

  paper(): Paper {
    return readPaper(this.#counter.printerBytes());
  }

  /** Waits until each sale of the journal has its receipt on paper and the printer rests. */
  async untilPrinted(): Promise<void> {
    await until(
      'every receipt on paper',
      () => {
        const numbers = new Set(
          this.paper()
            .slips.filter((slip) => slip.kind === 'receipt' && slip.whole)
            .map((slip) => `${slip.epoch}-${slip.receiptNumber}`),
        );
        return this.#counter.printer.buffered === 0 && numbers.size >= this.completedSales();
      },
      PAPER_DEADLINE_MS,
      () => `(${this.paper().slips.length} slips for ${this.completedSales()} sales)`,
    );
  }

  /** When one more sale than `before` could be read by another process: after its fsync. Milliseconds since the epoch. */
  async untilCommitted(before: number): Promise<number> {
    const journal = openJournalFile(this.#ledgerFile);
    try {
      const endMs = nowMs() + COMMIT_DEADLINE_MS;
      while (journal.countOf('TransactionCompleted') <= before) {
        if (nowMs() > endMs) throw new Error('no sale was committed');
        await pause(1);
      }
      return nowMs();
    } finally {
      journal.close();
    }
  }

  verdict(): Verdict {
    return judge({
      rows: this.#look((journal) => journal.rows()),
      printerBytes: this.#counter.printerBytes(),
      acknowledged: this.acknowledged,
    });
  }

  #look<T>(read: (journal: OpenedJournal) => T): T {
    const journal = openJournalFile(this.#ledgerFile);
    try {
      return read(journal);
    } finally {
      journal.close();
    }
  }
}
