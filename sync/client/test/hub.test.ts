import { exampleKey } from '@evertill/journal/testing';
import { seededRandom, temporaryFolder } from '@evertill/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import { findOrders, startSync } from '../src/index.ts';
import { MemorySink } from '../src/testing/memory-sink.ts';
import { confirmedMemory, JOURNAL, journalSource } from '../src/testing/simulated-register.ts';
import { enrolRegister, type HubProcess, startHubProcess, tokenFrom } from './hub-process.ts';

const clean: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

const KEY = exampleKey(1);
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

test('[I1] [I13] [I17] [I19] against the real hub: drains, outlives its SIGKILL, proves its head, and pulls the orders made of it', async () => {
  const folder = temporaryFolder('hub');
  clean.push(() => folder.dispose());
  let hub: HubProcess = await startHubProcess(folder.path);
  clean.push(() => hub.kill());
  await enrolRegister(folder.path, hub.url, KEY);
  const { url } = hub;
  const random = seededRandom(11);
  const source = journalSource(80);
  const sink = new MemorySink(random.fork('disk'));
  let token: string | null = null;
  const client = startSync({
    url: `${url}/graphql`,
    store: 'berlin-1',
    source,
    memory: confirmedMemory(random.fork('memory')),
    feeds: [{ collection: 'orders', scope: 'berlin-1' }],
    sink,
    token: async ({ renew }) => (token = renew || !token ? await tokenFrom(url, KEY) : token),
    clock: { monotonicMs: () => performance.now(), nowMs: () => Date.now() },
    chance: () => random.int(1_000) / 1_000,
    fetch,
    elsewhereUrls: [],
    onFault: (thrown) => expect.unreachable(String(thrown)),
  });
  clean.push(() => client.dispose());
  const orders = () => [...(sink.held.get('orders/berlin-1')?.documents.values() ?? [])].map((one) => one.document);

  await eventually(() =>
    expect(client.view()).toMatchObject({ connection: 'online', hearsHints: true, waitingRecords: 0 }),
  );

  await eventually(() => expect(orders().length).toBeGreaterThan(0));

  await hub.kill();
  source.recorded = JOURNAL.length;
  client.recorded();
  await eventually(() => expect(client.view().connection).toBe('server-trouble'));
  expect(client.view()).toMatchObject({ waitingRecords: JOURNAL.length - 80 });

  hub = await startHubProcess(folder.path, Number(new URL(url).port));
  await eventually(() => expect(client.view()).toMatchObject({ connection: 'online', waitingRecords: 0, parked: [] }));
  const { epoch, seq, hash } = JOURNAL[JOURNAL.length - 1]!.head;
  expect(client.view().headProof).toEqual({ epoch, seq, hash, equal: true });
  const lastSale = JOURNAL.filter(({ header }) => header.type === 'TransactionCompleted').slice(-1)[0]!.head;
  const lastOrder = `berlin-1-r1.${lastSale.epoch}.${lastSale.seq}`;
  await eventually(() => expect(orders().map(({ id }) => id)).toContain(lastOrder));

  const found = await client.ask(findOrders, { by: 'ID', key: lastOrder });
  expect(found).toMatchObject({ ok: true, value: orders().filter(({ id }) => id === lastOrder) });
}, 90_000);
