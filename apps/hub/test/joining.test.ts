import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPublished } from '@evertill/client';
import { channelEnrolmentSchema, enrolmentSchema } from '@evertill/enrolment';
import { exampleKey } from '@evertill/journal/testing';
import { ed25519Verifier, readHead } from '@evertill/published';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import { seedShop } from 'evertill-catalog';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Author, Enrolment } from '../src/enrolment.ts';
import { loadHubApi } from '../src/hub-api.ts';
import { StoreTemplates } from '../src/store-templates.ts';
import { post, startTestHub, type TestHub, tokenFor } from './test-hub.ts';

const ITEMS = 40;
const STORE = { tenant: 'demo', store: 'DUB1' };

let shop: TemporaryFolder;
let test1: TestHub;
beforeAll(async () => {
  shop = temporaryFolder('joining');
  test1 = await startTestHub();
  await seed('market');
  await setUp();
});
afterAll(async () => {
  await test1.close();
  shop.dispose();
});

const seed = (name: string) =>
  seedShop({
    folder: shop.path,
    items: ITEMS,
    seed: name,
    nowIso: '2026-03-02T08:00:00.000Z',
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
  });
const tables = () =>
  loadHubApi(
    test1.folder,
    () => Date.now(),
    () => undefined,
  ).tables;
const setUp = (folder = shop.path) => new StoreTemplates(test1.folder.path).setUp(folder, tables());
const codeFor = (author: Author, replace = false) =>
  new Enrolment(test1.folder.enrolment, () => Date.now()).issue(author, randomBytes, { replace });
const join1 = (code: string, key = exampleKey(1)) => post(`${test1.hub.url}/enrol`, { code, publicKey: key.publicKey });
const register = (number: number): Author => ({ ...STORE, register: `DUB1-${number}`, role: 'register' });

describe('joining a store through its hub', () => {
  test('[IT-01] a code brings a register its enrolment: number, staff, keys, neighbours', async () => {
    const { status, body } = await join1(codeFor(register(2)));
    expect(status).toBe(200);
    const enrolment = enrolmentSchema.parse(body['enrolment']);
    expect(enrolment).toMatchObject({ tenant: 'demo', store: { id: 'DUB1' }, register: { id: 'DUB1-2', number: 2 } });
    expect(enrolment.staff).toHaveLength(4);
    expect(enrolment.neighbours.map(({ id }) => id)).toEqual(['CRK1', 'GWY1']);
  });

  test('a web channel is told the stores, and nothing of staff and PINs', async () => {
    const channel: Author = { ...STORE, register: 'demo-web', role: 'channel' };
    const { body } = await join1(codeFor(channel), exampleKey(9));
    const told = channelEnrolmentSchema.parse(body['channel']);
    expect(told).toMatchObject({ tenant: 'demo', author: 'demo-web', scope: 'dub1' });
    expect(told.stores.map(({ id }) => id)).toEqual(['DUB1', 'CRK1', 'GWY1']);
    expect(JSON.stringify(body)).not.toMatch(/pepper|scrypt|Byrne/i);
  });

  test('a lost answer is asked for again; with another key the code is used up', async () => {
    const code = codeFor(register(3));
    const [first, second] = [await join1(code, exampleKey(3)), await join1(code, exampleKey(3))];
    expect(second).toEqual(first);
    expect(await join1(code, exampleKey(4))).toMatchObject({ status: 403, body: { error: { code: 'code-used' } } });
  });

  test('a number that works is not given away, unless that is what was asked for', async () => {
    await join1(codeFor(register(4)), exampleKey(5));
    expect(await join1(codeFor(register(4)), exampleKey(6))).toMatchObject({
      status: 403,
      body: { error: { code: 'register-taken' } },
    });
    expect(await join1(codeFor(register(4), true), exampleKey(6))).toMatchObject({ status: 200 });
    await expect(tokenFor(test1.hub, register(4), exampleKey(5))).rejects.toThrow('assertion-refused');
  });

  test('a register whose id is not one of the store is enrolled and told nothing', async () => {
    const stranger: Author = { ...STORE, register: 'CRK1-7', role: 'register' };
    expect((await join1(codeFor(stranger), exampleKey(7))).body['enrolment']).toBeNull();
  });
});

describe('the catalog through the hub', () => {
  const key = exampleKey(2);
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = temporaryFolder('published');
    await join1(codeFor(register(8)), key);
  });
  afterAll(() => folder.dispose());
  const verify = () => ed25519Verifier([JSON.parse(readFileSync(join(shop.path, 'enrolment.json'), 'utf8')).publisher]);
  const bring = (scope = 'dub1', token = () => tokenFor(test1.hub, register(8), key)) =>
    fetchPublished({ serverUrl: test1.hub.url, scope, folder: folder.path, verify: verify(), token, fetch });

  test('[IT-10] comes whole, once, and the next one after it', async () => {
    expect(await bring()).toEqual({ ok: true, version: 1, changed: true });
    expect(await bring()).toEqual({ ok: true, version: 1, changed: false });
    const head = readHead({ folder: folder.path, scope: 'dub1', verify: verify() });
    let products = 0;
    for await (const batch of head?.readBatches('products') ?? []) products += batch.length;
    expect(products).toBe(ITEMS);
    await seed('another market');
    expect(await setUp()).toEqual({ store: 'DUB1', version: 2 });
    expect(await bring()).toEqual({ ok: true, version: 2, changed: true });
  });

  test('there is none of another scope', async () => {
    expect(await bring('cork')).toEqual({ ok: true, version: null, changed: false });
  });

  test('an object that was spoilt at the hub is refused, and the catalog here stays', async () => {
    await seed('a third market');
    await setUp();
    const objects = join(test1.folder.path, 'published', 'demo', 'objects');
    const saved = join(folder.path, 'saved');
    cpSync(objects, saved, { recursive: true });
    const head = readHead({ folder: join(test1.folder.path, 'published', 'demo'), scope: 'dub1', verify: verify() });
    const spoilt = head?.manifest.collections.products[0];
    const file = join(objects, `${spoilt?.sha256}.ndjson`);
    const content = readFileSync(file);
    content[10] = (content[10] ?? 0) ^ 1;
    writeFileSync(file, content);
    expect(await bring()).toMatchObject({ ok: false, error: { code: 'hash-mismatch' } });
    expect(readHead({ folder: folder.path, scope: 'dub1', verify: verify() })?.manifest.version).toBe(2);
    cpSync(saved, objects, { recursive: true });
    expect(await bring()).toMatchObject({ ok: true, version: 3 });
  });

  test.each([
    ['without a token', `/published/objects/${'0'.repeat(64)}`, {}, 401],
    ['with a forged one', `/published/objects/${'0'.repeat(64)}`, { authorization: 'a.b.c' }, 401],
    ['of a path', '/published/objects/..%2f..%2fhub.db', {}, 404],
  ])('an object is not given %s', async (_what, path, headers, status) => {
    const response = await fetch(`${test1.hub.url}${path}`, { headers });
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  test('an object that is not there says so', async () => {
    const authorization = await tokenFor(test1.hub, register(8), key);
    const response = await fetch(`${test1.hub.url}/published/objects/${'0'.repeat(64)}`, {
      headers: { authorization },
    });
    expect(response.status).toBe(404);
  });
});

describe('setting a store up', () => {
  test.each([
    ['nothing', () => undefined, 'no-enrolment'],
    [
      'half an enrolment',
      (path: string) => writeFileSync(join(path, 'enrolment.json'), '{"v":1'),
      'enrolment-unreadable',
    ],
    [
      'no catalog',
      (path: string) => cpSync(join(shop.path, 'enrolment.json'), join(path, 'enrolment.json')),
      'no-catalog',
    ],
  ])('from a folder with %s is refused and changes nothing', async (_what, fill, code) => {
    const folder = temporaryFolder('no-shop');
    fill(folder.path);
    await expect(setUp(folder.path)).rejects.toMatchObject({ code });
    folder.dispose();
  });
});
