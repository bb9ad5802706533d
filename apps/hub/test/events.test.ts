import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { entryOf, EventBus, eventPattern, EventStore, lakeFiles, type LedgerEntry, readLake } from '@evertill/engine';
import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { openSqlite } from '@evertill/sqlite';
import { propertyOptions, seededRandom } from '@evertill/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventsCommand } from '../src/events-command.ts';
import { HourlySales } from '../src/hourly-sales.ts';
import { loadHubApi } from '../src/hub-api.ts';
import { replayFromLake } from '../src/replay.ts';
import { APPEND, enrol, graphql, segmentInput, startTestHub, type TestHub, tokenFor } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const journal = exampleJournal([80], key)
  .slice(0, 80)
  .map(({ sealed }) => sealed);
const sales = journal.filter(({ text }) => text.includes('"type":"TransactionCompleted"')).length;

let hub: TestHub;
let isEnded: boolean;
beforeEach(async () => {
  hub = await startTestHub();
  isEnded = false;
  await enrol(hub, author, key);
});
afterEach(() => (isEnded ? hub.discard() : hub.close()));

/** The lake as a hub that has ended leaves it. */
async function end(): Promise<void> {
  await hub.hub.events.settled();
  await hub.hub.close();
  isEnded = true;
}

async function append(from: number, to: number): Promise<void> {
  const token = await tokenFor(hub.hub, author, key);
  for (let at = from; at < to; at += 40) {
    const input = segmentInput(author.register, journal.slice(at, Math.min(to, at + 40)));
    const { body } = await graphql(hub.hub, token, APPEND, { input });
    expect(body['errors']).toBeUndefined();
  }
}
async function linesOf(folder: string): Promise<LedgerEntry[]> {
  const lines: LedgerEntry[] = [];
  for await (const line of readLake(folder)) lines.push(line);
  return lines;
}
const silent = (): void => undefined;
const replayed = () => replayFromLake(hub.folder, () => Date.now(), silent);

describe('the raw lake', () => {
  test('[PF-12] [AW-04] holds every record once, in partitions, with the bytes that were signed', async () => {
    const { events } = hub.hub;
    await append(0, 30);
    await append(0, 30);
    await events.settled();
    await append(30, 60);
    await events.settled();
    const lines = await linesOf(events.lakeFolder);
    expect(lines.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(
      lines.every(({ text, hash, seq }) => text === journal[seq - 1]?.text && hash === journal[seq - 1]?.hash),
    ).toBe(true);
    for (const file of lakeFiles(events.lakeFolder)) {
      expect(file).toMatch(/tenant=[^/\\]+[/\\]date=\d{4}-\d{2}-\d{2}[/\\]part-\d{9}\.ndjson$/);
    }
  });

  test('[PF-07] [I21] rebuilds the ledger and every view, and every signature is verified', async () => {
    await append(0, 40);
    await append(40, 80);
    await hub.hub.settled();
    await end();
    const outcome = await replayed();
    expect(outcome).toMatchObject({ isEqual: true, fault: null, lakeRecords: 80, repeated: 0 });
    expect(outcome.rebuiltHash).toBe(outcome.liveHash);
  });

  test('[AW-03] lines that come twice and out of order rebuild the same', async () => {
    await append(0, 80);
    await end();
    const [file = ''] = lakeFiles(hub.hub.events.lakeFolder);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const shuffled = seededRandom('lake').shuffled([...lines, ...lines.slice(0, 10)]);
    writeFileSync(file, `${shuffled.join('\n')}\n`);
    expect(await replayed()).toMatchObject({ isEqual: true, repeated: 10, fault: null });
  });

  const edited = (change: (line: Record<string, unknown>) => void) => (lines: string[]) => {
    const line = JSON.parse(lines[20] ?? '') as Record<string, unknown>;
    change(line);
    lines[20] = JSON.stringify(line);
  };
  test.each<[string, (lines: string[]) => void, string]>([
    ['a line is missing', (lines) => void lines.splice(20, 1), ''],
    ['the last line is missing', (lines) => void lines.pop(), 'missing at the end'],
    [
      'a text was edited',
      edited((line) => (line['text'] = String(line['text']).replace('"actor":"', '"actor":"x'))),
      '',
    ],
    ['a column was edited', edited((line) => (line['store'] = 'elsewhere')), 'store is not what the text says'],
    ['a signature was edited', edited((line) => (line['sig'] = String(line['sig']).replace(/^./, 'A'))), 'signature'],
  ])('%s: the first broken record is named', async (_what, spoil, what) => {
    await append(0, 80);
    await end();
    const [file = ''] = lakeFiles(hub.hub.events.lakeFolder);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    spoil(lines);
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { isEqual, fault } = await replayed();
    expect(isEqual).toBe(false);
    expect(fault?.what).toContain(what);
    expect(fault?.journal).toBe(`${author.register}.1`);
  });

  test('half a line is named with its file', async () => {
    await append(0, 20);
    await hub.hub.events.settled();
    const [file = ''] = lakeFiles(hub.hub.events.lakeFolder);
    appendFileSync(file, '{"id":"x"');
    await expect(linesOf(hub.hub.events.lakeFolder)).rejects.toThrow(`${file}, line 21`);
  });
});

describe('the bus', () => {
  test('[AW-03] sales by the hour follow the ledger, and a replay into an empty summary gives the same', async () => {
    const { events } = hub.hub;
    await append(0, 80);
    await events.settled();
    const live = events.hourlySales.summary();
    expect(live.reduce((sum, hour) => sum + hour.sales, 0)).toBe(sales);
    events.hourlySales.clear();
    expect(events.hourlySales.summary()).toEqual([]);
    const printed: string[] = [];
    const { tables } = loadHubApi(hub.folder, () => Date.now(), silent);
    const command = (asked: { what: string; rule?: string }) =>
      eventsCommand(
        hub.folder.path,
        tables,
        { rule: undefined, from: '', to: '9999', ...asked },
        {
          nowMs: () => Date.now(),
          log: silent,
          print: (line) => printed.push(line),
        },
      );
    expect(await command({ what: 'replay', rule: 'hourly-sales' })).toBe(0);
    expect(JSON.parse(printed[0] ?? '')).toEqual({ rule: 'hourly-sales', delivered: sales });
    expect(events.hourlySales.summary()).toEqual(live);
    expect(await command({ what: 'nonsense' })).toBe(2);
    await expect(command({ what: 'replay', rule: 'no such rule' })).rejects.toThrow('no such rule');
  });

  test('[I19] a target that fails is tried again, then buried with its reason, and holds up nobody', async () => {
    await append(0, 30);
    const { tables } = loadHubApi(hub.folder, () => Date.now(), silent);
    const db = openSqlite({ file: ':memory:' });
    const store = new EventStore(db);
    const everything = eventPattern({ source: ['evertill.ledger'] });
    const [seen, tries]: [string[], Map<string, number>] = [[], new Map()];
    const poisoned = `${author.register}.1.7`;
    const bus = new EventBus({
      tables,
      store,
      follows: true,
      nowMs: () => 5,
      onFault: (thrown) => expect.fail(String(thrown)),
      retryPausesMs: [1, 1],
      rules: [
        {
          name: 'fails',
          pattern: everything,
          target: ({ detail: { id } }) => {
            tries.set(id, (tries.get(id) ?? 0) + 1);
            if (id === poisoned) throw new Error('cannot take it');
          },
        },
        { name: 'sees', pattern: everything, target: ({ detail: { id } }) => void seen.push(id) },
      ],
    });
    await bus.settled();
    expect(tries.get(poisoned)).toBe(3);
    expect(tries.size).toBe(30);
    expect(seen).toHaveLength(30);
    expect(store.deadLetters(10)).toEqual([{ rule: 'fails', eventId: poisoned, atMs: 5, reason: 'cannot take it' }]);
    await bus.close();
    db.close();
  });

  test('[PF-07] a consumer gives the same for every order, and however often an event comes', async () => {
    const entries = journal.map(entryOf);
    const events = entries.map(
      (entry) => ({ source: 'evertill.ledger', 'detail-type': entry.type, detail: entry }) as const,
    );
    const summaryOf = (indexes: readonly number[]) => {
      const db = openSqlite({ file: ':memory:' });
      const hourly = new HourlySales(db);
      for (const index of indexes) hourly.take(events[index] as (typeof events)[number]);
      const summary = hourly.summary();
      db.close();
      return summary;
    };
    const all = events.map((_, index) => index);
    const expected = summaryOf(all);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.constantFrom(...all)),
        (order, again) => {
          expect(summaryOf([...again, ...order])).toEqual(expected);
        },
      ),
      propertyOptions(30),
    );
  });
});

describe('a hub that is killed', () => {
  test('[I17] carries on where the lake ends: a number that was written before its cursor moved is written again', async () => {
    const { events } = hub.hub;
    await append(0, 20);
    await events.settled();
    // As if the process had died between the file and the cursor.
    const db = openSqlite({ file: `${hub.folder.path}/events.db` });
    db.exec(
      `UPDATE cursor SET seq = 0 WHERE reader = 'lake'; UPDATE counter SET value = 0 WHERE name = 'lake.next-part'`,
    );
    db.close();
    await append(20, 50);
    await events.settled();
    const lines = await linesOf(events.lakeFolder);
    expect(lines.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    rmSync(events.lakeFolder, { recursive: true });
  });
});
