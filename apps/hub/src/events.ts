import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EventBus, eventPattern, EventStore, startLakeWriter, type Tables } from '@evertill/engine';
import { openSqlite } from '@evertill/sqlite';
import { HourlySales } from './hourly-sales.ts';
import type { Log } from './log.ts';

/** What a hub makes of its ledger for others: the raw lake, the bus, and the bus's first consumer. */
export interface HubEvents {
  readonly lakeFolder: string;
  readonly bus: EventBus;
  readonly store: EventStore;
  readonly hourlySales: HourlySales;
  /** Everything that is in the ledger now is in the lake and has been delivered. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type EventsNeeds = {
  nowMs: () => number;
  log: Log;
  /** Whether it carries the ledger on; only one process at a time may. */
  follows?: boolean;
  lakeDelayMs?: number | undefined;
};

/** Records gather this long before they become a file of the lake: a file a second would be a bad lake. */
const LAKE_DELAY_MS = 10_000;

export function openEvents(
  folder: string,
  tables: Tables,
  { nowMs, log, follows = true, lakeDelayMs = LAKE_DELAY_MS }: EventsNeeds,
): HubEvents {
  const onFault = (error: unknown): void => log('error', 'events-wait', { error });
  const db = openSqlite({ file: join(folder, 'events.db'), pragmas: { journal_mode: 'WAL', synchronous: 'FULL' } });
  const salesDb = openSqlite({ file: join(folder, 'hourly-sales.db'), pragmas: { journal_mode: 'WAL' } });
  const store = new EventStore(db);
  const hourlySales = new HourlySales(salesDb);
  const lakeFolder = join(folder, 'lake');
  const lake = follows ? startLakeWriter({ tables, store, folder: lakeFolder, delayMs: lakeDelayMs, onFault }) : null;
  const { sales } = offeredPatterns();
  const rules = [{ name: 'hourly-sales', pattern: eventPattern(sales), target: hourlySales.take.bind(hourlySales) }];
  const bus = new EventBus({ tables, store, rules, follows, nowMs, onFault });
  return {
    lakeFolder,
    bus,
    store,
    hourlySales,
    settled: async () => {
      await lake?.drain();
      await bus.settled();
    },
    close: async () => {
      await bus.close();
      // What has gathered becomes a file before the hub ends.
      await lake?.drain().catch(onFault);
      await lake?.close();
      db.close();
      salesDb.close();
    },
  };
}

/** What the bus offers to everyone, here and on AWS. */
function offeredPatterns(): Record<string, unknown> {
  const file = createRequire(import.meta.url).resolve('@evertill/api/events/patterns.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
