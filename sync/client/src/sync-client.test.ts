import { seededRandom } from '@evertill/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startSync, type SyncClient } from './sync-client.ts';
import { FakeServer } from './testing/fake-server.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { type RealtimeServer, startRealtimeServer } from './testing/realtime-server.ts';
import { confirmedMemory, JOURNAL, journalSource } from './testing/simulated-register.ts';

const clean: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });

async function shop(recorded: number) {
  const server = new FakeServer();
  const line: { open: RealtimeServer } = { open: await startRealtimeServer((body) => server.handle(body)) };
  const random = seededRandom(7);
  const source = journalSource(recorded);
  const sink = new MemorySink(random.fork('disk'));
  const faults: unknown[] = [];
  const client: SyncClient = startSync({
    url: line.open.url,
    store: 'berlin-1',
    source,
    memory: confirmedMemory(random.fork('memory')),
    feeds: [{ collection: 'orders', scope: 'berlin-1' }],
    sink,
    token: () => Promise.resolve('a.b.c'),
    clock: { monotonicMs: () => performance.now(), nowMs: () => Date.now() },
    chance: () => random.int(1_000) / 1_000,
    fetch,
    elsewhereUrls: [],
    onFault: (thrown) => void faults.push(thrown),
  });
  clean.push(
    () => line.open.dispose(),
    () => client.dispose(),
  );
  const port = Number(new URL(line.open.url).port);
  const cut = () => line.open.dispose();
  const mend = async () => void (line.open = await startRealtimeServer((body) => server.handle(body), port));
  const held = () => [...(sink.held.get('orders/berlin-1')?.documents.keys() ?? [])];
  return { server, line, source, client, cut, mend, held, faults };
}

describe('a register’s side of sync, over real sockets', () => {
  test('[I1] drains, proves its head, and sees what others do at once', async () => {
    const startedAtMs = Date.now();
    const { server, line, client, held } = await shop(120);
    expect(client.upToDateAt()).toBeNull();
    expect(client.view()).toMatchObject({ connection: 'connecting', waitingRecords: 120, headProof: null });
    await eventually(() =>
      expect(client.view()).toMatchObject({ connection: 'online', hearsHints: true, waitingRecords: 0 }),
    );
    const { epoch, seq, hash } = JOURNAL[119]!.head;
    expect(client.view()).toMatchObject({
      headProof: { epoch, seq, hash, equal: true },
      parked: [],
      oldestWaitingAt: null,
    });
    server.state('orders', 'berlin-1', 'web-1', '{}');
    line.open.hint({ orders: 1 });
    await eventually(() => expect(held()).toEqual(['web-1']));
    expect(Date.parse(client.upToDateAt() ?? '')).toBeGreaterThanOrEqual(startedAtMs);
  });

  test('[I1] [I19] goes on counting with the cable pulled, and drains once it is back', async () => {
    const { server, source, client, cut, mend, held } = await shop(60);
    await eventually(() => expect(client.view()).toMatchObject({ hearsHints: true, waitingRecords: 0 }));
    await cut();
    await eventually(() => expect(client.view().connection).toBe('server-trouble'));
    source.recorded = 64;
    client.recorded();
    expect(client.view()).toMatchObject({ waitingRecords: 4, oldestWaitingAt: JOURNAL[60]!.header.at });
    expect(client.view().headProof).toMatchObject({ seq: 60, equal: false });
    server.state('orders', 'berlin-1', 'web-2', '{}');
    await mend();
    await eventually(() =>
      expect(client.view()).toMatchObject({ connection: 'online', waitingRecords: 0, hearsHints: true }),
    );
    expect(client.view().headProof).toMatchObject({ seq: 64, equal: true });
    expect(server.journal.get(1)).toHaveLength(64);
    await eventually(() => expect(held()).toEqual(['web-2']));
  });

  test('[I19] a poisoned record and a poisoned document are named, and stop nothing else', async () => {
    const { server, client, held } = await shop(JOURNAL.length);
    server.refused.add('1.9');
    server.state('orders', 'berlin-1', 'bad', '{"a":{"__proto__":1}}');
    server.state('orders', 'berlin-1', 'good', '{}');
    await eventually(() => expect(client.view().parked).toHaveLength(2));
    await eventually(() => expect(server.journal.get(2)).toHaveLength(41));
    expect(client.view().parked).toEqual([
      {
        ...{ lane: 'journal', epoch: 1, seq: 9, reason: 'broken' },
        ...{ waiting: { epoch: 1, from: 9, to: 131 }, lacking: null, theirs: null },
      },
      { lane: 'replica', collection: 'orders', scope: 'berlin-1', id: 'bad', reason: 'body' },
    ]);
    expect(held()).toEqual(['good']);
    server.refused.clear();
    client.retryParked();
    await eventually(() => expect(client.view()).toMatchObject({ waitingRecords: 0 }));
  });

  test('[I13] a server that was put back is pulled from the start, though its places have risen past ours since', async () => {
    const { server, source, client, cut, mend, held } = await shop(60);
    for (let nth = 1; nth <= 4; nth += 1) server.state('orders', 'berlin-1', `kept-${nth}`, '{}');
    const backup = server.backup();
    for (let nth = 1; nth <= 4; nth += 1) server.state('orders', 'berlin-1', `lost-${nth}`, '{}');
    await eventually(() => expect(client.view()).toMatchObject({ hearsHints: true, waitingRecords: 0 }));
    await eventually(() => expect(held()).toHaveLength(8));
    await cut();
    server.rollBack(1, 30);
    server.restore(backup);
    for (let nth = 1; nth <= 6; nth += 1) server.state('orders', 'berlin-1', `since-${nth}`, '{}');
    await mend();
    source.recorded = 61;
    client.recorded();
    const expected = [...server.documents.values()].map(({ id }) => id).sort();
    await eventually(() => expect(held().sort()).toEqual(expected));
    expect(client.view()).toMatchObject({ serverLost: [{ epoch: 1, from: 31, to: 60 }] });
    await eventually(() => expect(client.view()).toMatchObject({ waitingRecords: 0, parked: [] }));
  });

  test('a callback or a journal that throws is reported, and ends nothing', async () => {
    const { source, client, faults } = await shop(5);
    const { heads } = source;
    let throwsLeft = 1;
    source.heads = () => {
      if (throwsLeft === 0) return heads();
      throwsLeft -= 1;
      throw new Error('input/output error');
    };
    client.onChange(() => {
      throw new Error('a screen that fell over');
    });
    await eventually(() => expect(faults.length).toBeGreaterThan(1));
    client.recorded();
    await eventually(() => expect(client.view()).toMatchObject({ connection: 'online', waitingRecords: 0 }));
  });

  test('without the hint feed the lanes go on', async () => {
    const { server, line, source, client } = await shop(10);
    line.open.behave = 'refuses';
    await eventually(() => expect(client.view()).toMatchObject({ connection: 'online', waitingRecords: 0 }));
    source.recorded = 20;
    client.recorded();
    await eventually(() => expect(server.journal.get(1)).toHaveLength(20));
    expect(client.view().connection).toBe('online');
  });
});
