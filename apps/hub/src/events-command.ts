import { readLake, type LedgerEntry, type Tables } from '@evertill/engine';
import { openEvents } from './events.ts';
import type { Log } from './log.ts';

export type EventsAsked = { what: string; rule: string | undefined; from: string; to: string };

const DEAD_LETTERS_SHOWN = 100;

/** `evertill-hub events …`; also while the hub serves. Answers the exit code: 0 done, 2 not understood. */
export async function eventsCommand(
  folder: string,
  tables: Tables,
  { what, rule, from, to }: EventsAsked,
  { nowMs, log, print }: { nowMs: () => number; log: Log; print: (line: string) => void },
): Promise<number> {
  const events = openEvents(folder, tables, { nowMs, log, follows: false });
  try {
    if (what === 'summary') for (const hour of events.hourlySales.summary()) print(JSON.stringify(hour));
    else if (what === 'dead-letters') {
      for (const letter of events.store.deadLetters(DEAD_LETTERS_SHOWN)) print(JSON.stringify(letter));
    } else if (what === 'replay' && rule !== undefined) {
      const delivered = await events.bus.replay(rule, within(readLake(events.lakeFolder), from, to));
      print(JSON.stringify({ rule, delivered }));
    } else return 2;
    return 0;
  } finally {
    await events.close();
  }
}

/** By business date, or by the day of the record where it has none; both ends included. */
async function* within(entries: AsyncIterable<LedgerEntry>, from: string, to: string): AsyncGenerator<LedgerEntry> {
  for await (const entry of entries) {
    const day = entry.businessDate ?? entry.at.slice(0, 10);
    if (day >= from && day <= to) yield entry;
  }
}
