import { setTimeout } from 'node:timers/promises';
import type { Tables } from '../tables/tables.ts';
import { type BusEvent, eventOf, type EventPattern } from './event-pattern.ts';
import type { EventStore } from './event-store.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { LedgerReader } from './ledger-reader.ts';

/**
 * Someone who is told of records: at least once, in no promised order. It must be idempotent by `detail.id` and must not care about order,
 * because a replay keeps neither.
 */
export type Rule = {
  readonly name: string;
  readonly pattern: EventPattern;
  readonly target: (event: BusEvent) => Promise<void> | void;
};

export type BusOptions = {
  readonly tables: Tables;
  readonly store: EventStore;
  readonly rules: readonly Rule[];
  /** Whether the rules are told of what comes; else only what is replayed is delivered. */
  readonly follows: boolean;
  readonly nowMs: () => number;
  readonly onFault: (thrown: unknown) => void;
  /** Pauses between the tries of one delivery; its length is how often it is tried again. */
  readonly retryPausesMs?: readonly number[];
};

const RETRY_PAUSES_MS = [50, 500, 2_000] as const;
const BATCH_RECORDS_MAX = 200;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/** The event bus in one process: each rule reads the ledger by itself, so one that fails or is slow holds up no other (I19). */
export class EventBus {
  readonly #options: BusOptions;
  readonly #readers: LedgerReader[];

  constructor(options: BusOptions) {
    this.#options = options;
    const { tables, store, onFault } = options;
    const following = options.follows ? options.rules : [];
    this.#readers = following.map(
      (rule) =>
        new LedgerReader({
          tables,
          store,
          name: `rule ${rule.name}`,
          take: async (batch) => {
            for (const entry of batch) await this.#deliver(rule, entry);
            return () => undefined;
          },
          batchRecordsMax: BATCH_RECORDS_MAX,
          batchBytesMax: BATCH_BYTES_MAX,
          delayMs: 0,
          onFault,
        }),
    );
  }

  /** Everything that is in the ledger now has been delivered, or buried. */
  async settled(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.drain()));
  }

  /** Delivers a stretch of the archive once more to one rule. @throws RangeError for a rule that there is not. */
  async replay(ruleName: string, entries: AsyncIterable<LedgerEntry>): Promise<number> {
    const rule = this.#options.rules.find(({ name }) => name === ruleName);
    if (!rule) throw new RangeError(`there is no rule ${ruleName}`);
    let delivered = 0;
    for await (const entry of entries) if (await this.#deliver(rule, entry)) delivered += 1;
    return delivered;
  }

  async close(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.close()));
  }

  /** Answers whether it was for the rule and arrived. What never arrives is buried with its reason, and the next one is delivered. */
  async #deliver({ name, pattern, target }: Rule, entry: LedgerEntry): Promise<boolean> {
    const event = eventOf(entry);
    if (!pattern.matches(event)) return false;
    const { store, nowMs, retryPausesMs = RETRY_PAUSES_MS } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await target(event);
        if (attempt > 0) store.unbury(name, entry.id);
        return true;
      } catch (thrown) {
        const pauseMs = retryPausesMs[attempt];
        if (pauseMs === undefined) {
          const reason = thrown instanceof Error ? thrown.message : String(thrown);
          store.bury({ rule: name, eventId: entry.id, atMs: nowMs(), reason });
          return false;
        }
        await setTimeout(pauseMs);
      }
    }
  }
}
