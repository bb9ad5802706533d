import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { sequentialIds, type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryFacts } from '../testing/memory-facts.ts';
import { type ArrivingDocument, type ArrivingPage, type LiveReplica, openLiveReplica } from './live-replica.ts';

const JOURNAL = 'DUB1-1.1';
const ORDERS = { collection: 'orders', scope: 'DUB1' };
const STOCK = { collection: 'stock', scope: 'DUB1' };
const ids = sequentialIds('file');

let folder: TemporaryFolder;
let facts: MemoryFacts;
let faults: unknown[];
let open: LiveReplica | null;
beforeEach(() => {
  folder = temporaryFolder('live');
  facts = new MemoryFacts();
  faults = [];
  open = null;
});
afterEach(async () => {
  await open?.dispose();
  folder.dispose();
  expect(faults).toEqual([]);
});

async function start(): Promise<LiveReplica> {
  await open?.dispose();
  open = await openLiveReplica({
    folder: folder.path,
    local: facts,
    newId: () => ids.next(),
    pruneAfterMs: 5,
    onFault: (thrown) => void faults.push(thrown),
  });
  return open;
}

const covering = (seq: number) => (seq === 0 ? [] : [{ journal: JOURNAL, seq }]);
const stock = (id: string, onHand: unknown, seq = 0, basis: object | null = null): ArrivingDocument => ({
  id,
  deleted: false,
  covers: covering(seq),
  body: { unit: 'EA', onHand, asOf: '2026-03-02T08:00:00.000Z', count: basis && { basis } } as never,
});
const order = (id: string, number: string, at: string, more: object = {}): ArrivingDocument => ({
  id,
  deleted: false,
  covers: covering(Number(id.split('.').at(-1))),
  body: { number, at, ...more },
});
const page = (documents: ArrivingDocument[], seq: number, changes: Partial<ArrivingPage> = {}): ArrivingPage => ({
  documents,
  checkpoint: { period: 'p1', seq },
  beginsAnew: false,
  isWhole: true,
  ...changes,
});
const numbers = async (text = '', blindKeys: string[][] = []) =>
  ((await open?.findOrders({ text, blindKeys, limit: 10 })) ?? []).map(({ body }) => body['number']);
const onHand = async (itemId: string) => (await open?.stockOf(itemId, ['DUB1']))?.[0]?.onHand ?? null;

describe('stock', () => {
  test('[I26] a local sale counts once: before the server has it, with it, and after', async () => {
    const live = await start();
    expect(await onHand('tea')).toBeNull();
    facts.sell('tea', 2);
    expect(await live.stockOf('tea', ['DUB1', 'CRK1'])).toEqual([
      { location: 'DUB1', onHand: -2, unit: 'EA', asOf: null },
    ]);
    await live.write(STOCK, page([stock('tea', 10)], 1, { beginsAnew: true }));
    expect(await onHand('tea')).toBe(8);
    await live.write(STOCK, page([stock('tea', 8, 1)], 2));
    expect(await onHand('tea')).toBe(8);
    facts.sell('tea', 1);
    expect(await onHand('tea')).toBe(7);
  });

  test('[I26] a count that has seen a sale which its document has not is not lowered twice', async () => {
    const live = await start();
    facts.sell('tea', 2);
    await live.write(STOCK, page([stock('tea', 30, 0, { [JOURNAL]: 1 })], 1, { beginsAnew: true }));
    expect(await onHand('tea')).toBe(30);
    facts.sell('tea', 5);
    expect(await onHand('tea')).toBe(25);
  });

  test('of other stores is the server’s word alone, in the order asked for', async () => {
    const live = await start();
    facts.sell('tea', 2);
    await live.write({ collection: 'stock', scope: 'CRK1' }, page([stock('tea', 4)], 1, { beginsAnew: true }));
    expect((await live.stockOf('tea', ['GWY1', 'CRK1', 'DUB1'])).map((one) => [one.location, one.onHand])).toEqual([
      ['CRK1', 4],
      ['DUB1', -2],
    ]);
  });

  test.each([
    ['a text', 'many'],
    ['half a piece', 1.5],
    ['nothing', undefined],
  ])('a document that says %s counts as none', async (_what, value) => {
    const live = await start();
    facts.sell('tea', 2);
    await live.write(STOCK, page([stock('tea', value), stock('mug', 3)], 1, { beginsAnew: true }));
    expect(await onHand('tea')).toBe(-2);
    expect(await onHand('mug')).toBe(3);
  });
});

describe('orders', () => {
  test('[I26] a local order is shown until its document is there, and then once', async () => {
    const live = await start();
    const { entityId } = facts.sell('tea', 1);
    expect(await live.findOrders({ text: '', blindKeys: [], limit: 10 })).toMatchObject([
      { id: entityId, atServer: false },
    ]);
    await live.write(ORDERS, page([order(entityId, 'DUB1-1-1-000001', '2026-03-02T09:00:00.000Z')], 1));
    expect(await live.findOrders({ text: '', blindKeys: [], limit: 10 })).toMatchObject([
      { id: entityId, atServer: true },
    ]);
  });

  test('[AS-02] are found by number, by its end and by blind keys, the newest first', async () => {
    const live = await start();
    const key = (letter: string): string => letter.repeat(64);
    await live.write(
      ORDERS,
      page(
        [
          order('DUB1-2.1.7', 'DUB1-2-1-000042', '2026-03-02T10:00:00.000Z'),
          order('DUB1-2.1.8', 'DUB1-2-1-000421', '2026-03-02T11:00:00.000Z'),
          order('web.1.1', 'W-7F3K-2942-C', '2026-03-02T12:00:00.000Z', {
            findBy: { mail: key('a'), phone: null, name: [key('b'), key('c')] },
          }),
        ],
        3,
        { beginsAnew: true },
      ),
    );
    facts.sell('tea', 1);
    expect(await numbers()).toEqual(['W-7F3K-2942-C', 'DUB1-2-1-000421', 'DUB1-2-1-000042', 'DUB1-1-1-000001']);
    expect(await numbers('dub1-2-1-000042')).toEqual(['DUB1-2-1-000042']);
    expect(await numbers('42')).toEqual(['DUB1-2-1-000421', 'DUB1-2-1-000042']);
    expect(await numbers('W-7F3K')).toEqual(['W-7F3K-2942-C']);
    expect(await numbers('1')).toContain('DUB1-1-1-000001');
    expect(await numbers('Byrne', [[key('b'), key('c')]])).toEqual(['W-7F3K-2942-C']);
    expect(await numbers('Byrne', [[key('b'), key('d')]])).toEqual([]);
    expect(await numbers('%"* OR')).toEqual([]);
  });
});

describe('a page', () => {
  test('[I13] survives a restart with its checkpoint; tombstones remove', async () => {
    let live = await start();
    expect(await live.checkpoint(STOCK)).toBeNull();
    await live.write(STOCK, page([stock('tea', 10), stock('mug', 3)], 2, { beginsAnew: true }));
    await live.write(STOCK, page([{ ...stock('mug', 3), deleted: true }], 3));
    live = await start();
    expect(await live.checkpoint(STOCK)).toEqual({ period: 'p1', seq: 3 });
    expect([await onHand('tea'), await onHand('mug')]).toEqual([10, null]);
  });

  test('of a view that is built anew leaves the old documents in sight until it is whole', async () => {
    const live = await start();
    await live.write(STOCK, page([stock('tea', 10), stock('mug', 3)], 2, { beginsAnew: true }));
    const anew = { checkpoint: { period: 'p2', seq: 1 }, beginsAnew: true, isWhole: false };
    await live.write(STOCK, page([stock('tea', 11)], 1, anew));
    expect([await onHand('tea'), await onHand('mug')]).toEqual([11, 3]);
    await live.write(STOCK, page([], 2, { checkpoint: { period: 'p2', seq: 2 } }));
    expect([await onHand('tea'), await onHand('mug')]).toEqual([11, null]);
  });

  test('of a collection that nobody here knows is refused, and the next one is taken', async () => {
    const live = await start();
    await expect(live.write({ collection: 'secrets', scope: 'DUB1' }, page([], 1))).rejects.toThrow('secrets');
    await live.write(STOCK, page([stock('tea', 1)], 1, { beginsAnew: true }));
    expect(await onHand('tea')).toBe(1);
  });

  test('tells who listens which collection has changed', async () => {
    const live = await start();
    const heard: string[] = [];
    live.onChange((collection) => heard.push(collection));
    await live.write(STOCK, page([stock('tea', 1)], 1, { beginsAnew: true }));
    expect(heard).toEqual(['stock']);
  });
});

describe('covered rows', () => {
  const PRUNED_MS = 100;

  test('[I26] go after a while, and nothing shown changes', async () => {
    const live = await start();
    const { entityId } = facts.sell('tea', 2);
    facts.sell('tea', 1);
    await live.write(STOCK, page([stock('tea', 8, 1)], 1, { beginsAnew: true }));
    await live.write(ORDERS, page([order(entityId, 'DUB1-1-1-000001', '2026-03-02T09:00:00.000Z')], 1));
    expect(facts.held).toHaveLength(4);
    await setTimeout(PRUNED_MS);
    expect(facts.held.map(({ kind, seq }) => `${kind} ${seq}`)).toEqual(['stock 2', 'order 2']);
    expect(await onHand('tea')).toBe(7);
    expect(await numbers()).toHaveLength(2);
  });

  test('[I26] come back when the replica was lost, and when a restored server covers less', async () => {
    let live = await start();
    const { entityId } = facts.sell('tea', 2);
    await live.write(STOCK, page([stock('tea', 8, 1)], 1, { beginsAnew: true }));
    await setTimeout(PRUNED_MS);
    expect(facts.held.map(({ kind }) => kind)).toEqual(['order']);
    const anew = { checkpoint: { period: 'p2', seq: 1 }, beginsAnew: true };
    await live.write(STOCK, page([stock('tea', 10)], 1, anew));
    expect(await onHand('tea')).toBe(8);
    await open?.dispose();
    open = null;
    facts.held = [];
    rmSync(folder.path, { recursive: true });
    live = await start();
    expect(await onHand('tea')).toBe(-2);
    expect((await live.findOrders({ text: '', blindKeys: [], limit: 5 })).map(({ id }) => id)).toEqual([entityId]);
  });

  test('are not made anew at a restart that lost nothing', async () => {
    await start();
    const before = facts.derivations;
    await start();
    expect(facts.derivations).toBe(before);
  });
});
