import { randomUUID } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hubTokens, readPass } from '@evertill/author';
import { askHub, codeFor, startHubProcess } from '@evertill/author/testing';
import type { HubProcess } from '@evertill/author/testing';
import { seededRandom, temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dataFolderAt } from '../publish/data-folder.ts';
import { seedShop } from '../seed/seed-shop.ts';
import { openImporterKey } from './importer-journal.ts';
import { sendImporterJournal } from './send-importer-journal.ts';

const IMPORTER = { tenant: 'demo', store: 'DUB1', register: 'DUB1-importer', role: 'channel' };
let shop: TemporaryFolder;
let hubFolder: TemporaryFolder;
let hub: HubProcess;
beforeEach(async () => {
  shop = temporaryFolder('shop');
  hubFolder = temporaryFolder('hub');
  const random = seededRandom('secrets');
  await seedShop({ folder: shop.path, items: 60, seed: 'market', nowIso: new Date().toISOString(), random });
  hub = await startHubProcess(hubFolder.path);
});
afterEach(async () => {
  await hub.kill();
  hubFolder.dispose();
  shop.dispose();
});

const send = (code: string | null, hubUrl = hub.url) =>
  sendImporterJournal({
    folder: dataFolderAt(shop.path),
    invitation: code === null ? null : { hubUrl, code },
    nowMs: () => Date.now(),
    random: seededRandom('journal'),
    newId: randomUUID,
    fetch,
    deadlineMs: 15_000,
  });

const STOCK = `query ($scope: ID!) { pull(collection: "stock", scope: $scope, limit: 200) { documents { id body } } }`;
type Pulled = { documents: { id: string; body: string }[] };

async function onHandAt(scope: string): Promise<number[]> {
  const folder = dataFolderAt(shop.path);
  const pass = readPass(join(folder.keys, 'importer.hub.json'));
  const needs = { key: openImporterKey(folder), fetch, nowMs: () => Date.now(), newId: randomUUID };
  const token = await hubTokens(pass, needs)({ renew: false });
  const { data } = await askHub(hub.url, token, STOCK, { scope });
  const { documents } = (data as unknown as { pull: Pulled }).pull;
  return documents.map(({ body }) => (JSON.parse(body) as { onHand: number }).onHand);
}

describe('counts sent to the real hub', () => {
  test('[I17] the unified view has stock of the store and its neighbours; sent again, nothing is sent', async () => {
    expect(await send(codeFor(hubFolder.path, IMPORTER))).toEqual({ ok: true, sent: 4 });
    for (const scope of ['DUB1', 'CRK1', 'GWY1']) {
      await vi.waitFor(async () => expect(await onHandAt(scope)).toHaveLength(60), { timeout: 10_000 });
      expect(Math.max(...(await onHandAt(scope)))).toBeGreaterThan(10);
    }
    expect(await send(null)).toEqual({ ok: true, sent: 0 });
    // Joined anew, the hub is asked for its head first: it has everything, and nothing is sent twice.
    expect(await send(codeFor(hubFolder.path, IMPORTER))).toMatchObject({ ok: true });
    expect(await onHandAt('DUB1')).toHaveLength(60);
  });

  test('[I1] with the hub away the counts wait and go with the next run', async () => {
    const code = codeFor(hubFolder.path, IMPORTER);
    await expect(send(code, 'http://127.0.0.1:9')).rejects.toMatchObject({ code: 'hub-unreachable' });
    await expect(send(null)).rejects.toMatchObject({ code: 'not-joined' });
    await send(code);
    const random = seededRandom('secrets');
    await seedShop({ folder: shop.path, items: 70, seed: 'market', nowIso: new Date().toISOString(), random });
    const { port } = new URL(hub.url);
    await hub.kill();
    expect(await send(null)).toMatchObject({ ok: false, sent: 0, waiting: 3, why: 'unreachable' });
    hub = await startHubProcess(hubFolder.path, Number(port));
    expect(await send(null)).toEqual({ ok: true, sent: 3 });
  });

  test('[I1] a hub that was put back from a backup is filled up again, though it had confirmed everything', async () => {
    await send(codeFor(hubFolder.path, IMPORTER));
    const { port } = new URL(hub.url);
    const backup = join(shop.path, 'backup');
    const restart = async (swap: () => void) => {
      await hub.kill();
      swap();
      hub = await startHubProcess(hubFolder.path, Number(port));
    };
    await restart(() => cpSync(hubFolder.path, backup, { recursive: true }));
    const random = seededRandom('secrets');
    await seedShop({ folder: shop.path, items: 70, seed: 'market', nowIso: new Date().toISOString(), random });
    expect(await send(null)).toEqual({ ok: true, sent: 3 });
    await restart(() => {
      rmSync(hubFolder.path, { recursive: true });
      cpSync(backup, hubFolder.path, { recursive: true });
    });
    expect(await send(null)).toMatchObject({ ok: true });
    await vi.waitFor(async () => expect(await onHandAt('DUB1')).toHaveLength(70), { timeout: 10_000 });
  });

  test.each([
    ['no address', 'hub', 'bad-hub-url'],
    ['another protocol', 'ftp://127.0.0.1/', 'bad-hub-url'],
  ])('%s of a hub is refused in words', async (_, url, code) => {
    await expect(send('XXXX-XXXX', url)).rejects.toMatchObject({ code });
  });

  test('a code that the hub does not know, and one that is for somebody else', async () => {
    await expect(send('XXXX-XXXX')).rejects.toMatchObject({ code: 'code-unknown' });
    const other = codeFor(hubFolder.path, { ...IMPORTER, register: 'DEMO-web' });
    await expect(send(other)).rejects.toMatchObject({ code: 'other-author' });
  });

  test('a folder without a shop', async () => {
    const empty = temporaryFolder('empty');
    shop.dispose();
    shop = empty;
    await expect(send(null)).rejects.toThrow('There is no shop in');
  });
});
