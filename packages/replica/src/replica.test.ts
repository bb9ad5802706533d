import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReplica } from './index.ts';
import type { OpenReplicaOptions, Replica, ReplicaStatus } from './index.ts';
import { price, product, publish, SCOPE, store, tax, testPublisher } from './testing/publish-items.ts';

const publisher = testPublisher();
let base: string;
let folder: string;
let publishedFolder: string;
let nowMs: number;
const opened: Replica[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'evertill-replica-'));
  folder = join(base, 'replica');
  publishedFolder = join(base, 'published');
  nowMs = Date.parse('2026-02-01T09:00:00Z');
});
afterEach(async () => {
  for (const replica of opened.splice(0)) await replica.dispose();
  rmSync(base, { recursive: true });
});

async function open(options: Partial<OpenReplicaOptions> = {}): Promise<Replica> {
  const replica = await openReplica({
    folder,
    publishedFolder,
    scope: SCOPE,
    verifyKeys: publisher.verifyKeys,
    nowMs: () => nowMs,
    ...options,
  });
  opened.push(replica);
  return replica;
}

const oatDrink = product('oat', {
  name: 'Oat Drink Barista 1 l',
  brand: 'Håver',
  sku: 'OAT-001',
  scanCode: '04006381333931',
});
const crème = product('creme', { name: 'Crème fraîche 200 g', taxClass: 'absent' });
const unpriced = product('unpriced', { name: 'Oat flakes', scanCode: 'LOCAL-7' });

const publishShop = (): Promise<unknown> =>
  publish(
    publishedFolder,
    publisher,
    [oatDrink, crème, unpriced],
    [
      price('oat', 199),
      price('oat', 249, { validFrom: '2026-02-01T10:00:00.000Z' }),
      price('oat', 99, { validFrom: '2025-01-01T00:00:00.000Z' }),
      price('creme', 149),
    ],
  );

describe('before the first import', () => {
  it('finds nothing, says so, and lets nobody wait', async () => {
    const replica = await open();
    expect(replica.status()).toEqual({ snapshot: null, importing: null });
    expect(replica.basis()).toBeNull();
    expect(await replica.findById('oat')).toBeNull();
    expect(await replica.findByScanCode('4006381333931')).toEqual([]);
    expect(await replica.search('oat', 10)).toEqual([]);
    expect(await replica.store('1')).toBeNull();
    expect(await replica.refresh()).toEqual({ ok: true, changed: false, snapshot: null });
  });

  it('cannot refresh without a published folder', async () => {
    const replica = await openReplica({ folder, scope: SCOPE, verifyKeys: [], nowMs: () => nowMs });
    opened.push(replica);
    expect(await replica.refresh()).toMatchObject({ ok: false, error: { code: 'no-published-folder' } });
  });
});

describe('looking up', () => {
  let replica: Replica;

  beforeEach(async () => {
    await publishShop();
    replica = await open();
    expect(await replica.refresh()).toMatchObject({ ok: true, changed: true });
  });

  it('by id, with the price that applies now and the tax', async () => {
    expect(await replica.findById('oat')).toEqual({ product: oatDrink, price: price('oat', 199), tax });
    nowMs = Date.parse('2026-02-01T10:00:00Z');
    expect((await replica.findById('oat'))?.price?.amountMinor).toBe(249);
    nowMs = Date.parse('2024-01-01T00:00:00Z');
    expect((await replica.findById('oat'))?.price).toBeNull();
    expect(await replica.findById('nothing')).toBeNull();
    expect((await replica.findById('creme'))?.tax).toBeNull();
  });

  it.each(['4006381333931', '04006381333931', ' 4006381333931\r\n'])('by scan code, as scanned: %j', async (code) => {
    expect((await replica.findByScanCode(code)).map(({ product: found }) => found.id)).toEqual(['oat']);
  });

  it('by a code that is no GTIN, and none for what nobody has', async () => {
    expect((await replica.findByScanCode('LOCAL-7'))[0]).toEqual({ product: unpriced, price: null, tax });
    expect(await replica.findByScanCode('local-7')).toEqual([]);
    expect(await replica.findByScanCode('4006381333948')).toEqual([]);
  });

  it('an empty scan code finds nothing, although many items have none', async () => {
    expect(await replica.findByScanCode('')).toEqual([]);
    expect(await replica.findByScanCode('  ')).toEqual([]);
  });

  it.each([
    ['oat', ['unpriced', 'oat']],
    ['creme fr', ['creme']],
    ['haver', ['oat']],
    ['OAT-001', ['oat']],
    ['oat-0', ['oat']],
    ['40063', ['oat']],
    ['barista oat', ['oat']],
    ['soap', []],
    ['', []],
  ])('searching %j', async (text, ids) => {
    expect((await replica.search(text, 10)).map(({ product: found }) => found.id)).toEqual(ids);
  });

  it('search answers whole items, and no more than asked for', async () => {
    expect(await replica.search('barista', 10)).toEqual([{ product: oatDrink, price: price('oat', 199), tax }]);
    expect((await replica.search('oat', 1)).length).toBe(1);
    expect(await replica.search('oat', 0)).toEqual([]);
  });

  it('the store, the status and the basis of a sale', async () => {
    expect(await replica.store('1')).toEqual(store);
    const { snapshot } = replica.status();
    expect(snapshot).toMatchObject({ scope: SCOPE, version: 1, itemCount: 3, createdAt: '2026-02-01T08:00:00.000Z' });
    expect(replica.basis()).toEqual({
      catalog: snapshot?.contentHash,
      prices: snapshot?.contentHash,
      tax: snapshot?.contentHash,
    });
  });
});

describe('refreshing', () => {
  it('imports what is newer, once, and is there again after a restart', async () => {
    await publishShop();
    let replica = await open();
    const seen: ReplicaStatus[] = [];
    replica.onStatus((status) => seen.push(status));
    const progress: number[] = [];
    const [first, second] = await Promise.all([
      replica.refresh(({ documents }) => progress.push(documents)),
      replica.refresh(),
    ]);
    expect(first).toBe(second);
    expect(progress.at(-1)).toBe(9);
    expect(seen.at(-1)).toMatchObject({ snapshot: { version: 1 }, importing: null });
    expect(await replica.refresh()).toMatchObject({ ok: true, changed: false });
    await replica.dispose();

    replica = await open();
    expect(replica.status().snapshot?.version).toBe(1);
    expect((await replica.findById('oat'))?.price?.amountMinor).toBe(199);
  });

  it('an unchanged head is seen without starting the import', async () => {
    await publishShop();
    const replica = await open();
    await replica.refresh();
    await replica.dispose();
    const looking = await open({ importWorkerPath: '/there/is/no/such/worker.cjs' });
    expect(await looking.refresh()).toMatchObject({ ok: true, changed: false, snapshot: { version: 1 } });
  });

  it('swaps to the new snapshot and removes the old file; look-ups under way and during it are all answered', async () => {
    await publishShop();
    const replica = await open();
    await replica.refresh();
    await publish(publishedFolder, publisher, [oatDrink], [price('oat', 299)]);
    let refreshing = true;
    const answers: number[] = [];
    const look = async (): Promise<void> => {
      while (refreshing) {
        answers.push((await replica.findById('oat'))?.price?.amountMinor ?? -1);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const looking = [look(), look(), look()];
    await replica.refresh();
    refreshing = false;
    await Promise.all(looking);
    answers.push((await replica.findById('oat'))?.price?.amountMinor ?? -1);
    expect(new Set(answers)).toEqual(new Set([199, 299]));
    // Once new, never old again.
    expect(answers.indexOf(299)).toBeGreaterThan(answers.lastIndexOf(199));
    expect(readdirSync(folder).filter((name) => name.endsWith('.db')).length).toBe(1);
  });

  it('many swaps in one process do not run into the limit of open collections', async () => {
    const replica = await open();
    for (let version = 1; version <= 6; version++) {
      await publish(publishedFolder, publisher, [oatDrink], [price('oat', version)]);
      expect(await replica.refresh()).toMatchObject({ ok: true, changed: true, snapshot: { version } });
      expect((await replica.findById('oat'))?.price?.amountMinor).toBe(version);
    }
  });

  it('a head put back, or of the same version, changes nothing', async () => {
    await publishShop();
    const head = join(publishedFolder, 'manifests', SCOPE, 'head.json');
    const old = readFileSync(head);
    await publish(publishedFolder, publisher, [oatDrink], [price('oat', 299)]);
    const replica = await open();
    await replica.refresh();
    writeFileSync(head, old);
    expect(await replica.refresh()).toMatchObject({ ok: true, changed: false, snapshot: { version: 2 } });
    expect((await replica.findById('oat'))?.price?.amountMinor).toBe(299);
  });

  it.each([
    ['a stranger’s signature', 'bad-signature', () => publish(publishedFolder, testPublisher(), [oatDrink], [])],
    ['a damaged object', 'hash-mismatch', () => damageObjects((file) => flipByte(file))],
    ['a missing object', 'object-missing', () => damageObjects((file) => rmSync(file))],
    ['a truncated object', 'hash-mismatch', () => damageObjects((file) => truncateSync(file, statSync(file).size - 1))],
  ])('%s imports nothing, and the snapshot before stays in use', async (_, code, spoil) => {
    await publishShop();
    const replica = await open();
    await replica.refresh();
    await publish(publishedFolder, publisher, [oatDrink], [price('oat', 299)]);
    await spoil();
    expect(await replica.refresh()).toMatchObject({ ok: false, error: { code } });
    expect((await replica.findById('oat'))?.price?.amountMinor).toBe(199);
    expect(replica.status()).toMatchObject({ snapshot: { version: 1 }, importing: null });
    expect(readdirSync(folder).filter((name) => name.endsWith('.db')).length).toBe(1);
  });

  function damageObjects(damage: (file: string) => void): Promise<void> {
    const objects = join(publishedFolder, 'objects');
    for (const name of readdirSync(objects)) damage(join(objects, name));
    return Promise.resolve();
  }

  function flipByte(file: string): void {
    const bytes = readFileSync(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  }

  it('a snapshot of another scope is not served', async () => {
    await publishShop();
    await (await open()).refresh();
    await opened.pop()?.dispose();
    expect((await open({ scope: 'store-2' })).status().snapshot).toBeNull();
  });

  it('a current file that is damaged is forgotten and imported again', async () => {
    await publishShop();
    await (await open()).refresh();
    await opened.pop()?.dispose();
    const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.db')) ?? '');
    writeFileSync(file, 'no longer a database, and longer than a header of one hundred bytes '.repeat(100));
    for (const name of readdirSync(folder))
      if (name.endsWith('-wal') || name.endsWith('-shm')) rmSync(join(folder, name));
    const replica = await open();
    expect(replica.status().snapshot).toBeNull();
    expect(existsSync(file)).toBe(false);
    expect(await replica.refresh()).toMatchObject({ ok: true, changed: true });
    expect((await replica.findById('oat'))?.price?.amountMinor).toBe(199);
  });

  it('an import leaves the event loop its turns', async () => {
    const ids = Array.from({ length: 4_000 }, (_, n) => `item-${n}`);
    await publish(
      publishedFolder,
      publisher,
      ids.map((id) => product(id)),
      ids.map((id) => price(id, 100)),
    );
    const replica = await open();
    let turns = 0;
    let running = true;
    const turn = (): void => {
      turns += 1;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await replica.refresh();
    running = false;
    expect(turns).toBeGreaterThan(8_000 / 200);
  });

  it('closing while an import runs ends it quietly', async () => {
    await publishShop();
    const replica = await open();
    const refreshing = replica.refresh();
    await replica.dispose();
    expect((await refreshing).ok).toBeDefined();
    expect(await replica.findById('oat')).toBeNull();
    expect(await replica.refresh()).toMatchObject({ ok: false, error: { code: 'disposed' } });
  });
});
