import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFor, type HubProcess, setUpStore, startHubProcess } from '@evertill/author/testing';
import { findOrders } from '@evertill/client';
import { createLookupKeys } from '@evertill/enrolment';
import { seededRandom, temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { dataFolderAt, seedShop, sendImporterJournal } from 'evertill-catalog';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { lastOrders } from './orders/own-orders.ts';
import { newOrderNumber, readOrderNumber } from './orders/order-number.ts';
import { runWebShop } from './run.ts';
import { openLine } from './shop/open-line.ts';
import { openShop, withJournal } from './shop/open-shop.ts';
import { cutLine, type TestWorld, testWorld } from './testing/test-world.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
const STORE = { tenant: 'demo', store: 'DUB1' };
const CHANNEL = 'channel';
let root: TemporaryFolder;
let store: string;
let hubFolder: string;
let hub: HubProcess;
let folder: string;
let world: TestWorld;
let shops = 0;

beforeAll(async () => {
  root = temporaryFolder('web-shop');
  [store, hubFolder] = [join(root.path, 'store'), join(root.path, 'hub')];
  const random = seededRandom('secrets');
  await seedShop({ folder: store, items: 40, seed: 'market', nowIso: new Date().toISOString(), random });
  setUpStore(hubFolder, store);
  hub = await startHubProcess(hubFolder);
  const counted = await sendImporterJournal({
    folder: dataFolderAt(store),
    invitation: { hubUrl: hub.url, code: codeFor(hubFolder, { ...STORE, register: 'DUB1-importer', role: CHANNEL }) },
    nowMs: () => Date.now(),
    random,
    newId: randomUUID,
    fetch,
    deadlineMs: 15_000,
  });
  expect(counted).toMatchObject({ ok: true });
}, 60_000);
afterAll(async () => {
  await hub.kill();
  root.dispose();
});

beforeEach(() => {
  world = testWorld();
  shops += 1;
  folder = join(root.path, `web-${shops}`);
});
afterEach(() => world.end());

const newCode = (register = `DEMO-web${shops}`, role = CHANNEL) => codeFor(hubFolder, { ...STORE, register, role });
const joined = async (into = folder, code = newCode()) => {
  expect(await runWebShop(['join', `--hub=${hub.url}`, `--code=${code}`, `--folder=${into}`], undefined, world)).toBe(
    0,
  );
};

/** Exit code and what was said. */
async function run(...argv: string[]): Promise<{ code: number; said: string }> {
  world.said.length = 0;
  const code = await runWebShop([...argv, `--folder=${folder}`], undefined, world);
  return { code, said: world.said.join('\n') };
}

const ITEM = 'sku:APP-00001';
const CUSTOMER = ['--name=Aoife Byrne', '--mail=aoife@example.ie', '--phone=+353 1 5550100'];
const order = (...more: string[]) => run('order', '--store=DUB1', `--item=${ITEM}:2`, ...CUSTOMER, ...more);

const numberIn = (said: string) => /Order (W-\S+?),/.exec(said)?.[1] ?? '';

async function held(by: 'NUMBER' | 'MAIL', key: string) {
  const line = openLine(openShop(folder, testWorld()));
  try {
    const found = await line.ask(findOrders, { by, key });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  } finally {
    await line.dispose();
  }
}

async function onHand(storeId: string): Promise<number> {
  const { said } = await run('stock', ITEM);
  const line = said.split('\n').find((one) => one.trim().startsWith(storeId)) ?? '';
  return Number(/(-?\d+) on hand/.exec(line)?.[1]);
}

const orderCount = () =>
  withJournal(openShop(folder, testWorld()), (journal) => Promise.resolve(lastOrders(journal, 100).length));

describe('a web shop at the real hub', () => {
  test('joins, sees stock, places an order that the unified view has, found by number and by mail', async () => {
    await joined();
    expect(world.said[0]).toContain('(DUB1), Larkfield Cork (CRK1), Larkfield Galway (GWY1)');
    const before = await onHand('DUB1');
    const { code, said } = await order();
    expect([code, said]).toEqual([0, expect.stringContaining('The hub has it.')]);
    const number = numberIn(said);
    expect(readOrderNumber(number)).toBe(number);
    await vi.waitFor(async () => expect(await held('NUMBER', number)).toHaveLength(1), { timeout: 10_000 });
    const [document] = await held('NUMBER', number);
    expect(document?.body).toMatchObject({ channel: 'web', status: 'awaiting-pickup', store: 'DUB1' });
    const { lookupKeyBase64 } = openShop(folder, testWorld()).channel;
    const mail = createLookupKeys(lookupKeyBase64).mail('AOIFE@example.ie ') ?? '';
    expect(document?.body['findBy']).toMatchObject({ mail });
    expect((await held('MAIL', mail)).map(({ id }) => id)).toContain(document?.id);
    expect(JSON.stringify(document)).not.toMatch(/aoife|byrne/i);
    expect(await onHand('DUB1')).toBe(before - 2);
    expect((await run('orders')).said).toMatch(new RegExp(`^${number} .*DUB1 pickup  2 pieces .*at the hub$`));
    expect((await run('show', number.toLowerCase())).said).toContain(`Order ${number}: awaiting-pickup at DUB1 (web`);
  }, 60_000);

  test('[I1] [I17] offline an order is kept; sent later it is at the hub once, also when a reply is lost', async () => {
    await joined();
    const before = await onHand('CRK1');
    world.onTheLine = cutLine;
    const first = await order('--store=CRK1', '--ship');
    expect(first.code).toBe(2);
    expect(first.said).toContain('2 records wait, safe in this folder');
    const number = numberIn(first.said);
    expect((await run('stock', ITEM)).said).toMatch(/CRK1 .*2 more ordered here/);
    expect((await run('show', number)).said).toContain('placed for shipment');
    expect((await run('orders')).said).toContain('waits');
    // The hub takes the segment, its answer does not arrive, and nothing does from then on.
    let lost = 0;
    world.onTheLine = async (url, ask) => {
      if (lost > 0) return cutLine();
      const response = await ask();
      if (!url.endsWith('/graphql') || !(await response.clone().text()).includes('"accepted"')) return response;
      lost += 1;
      return cutLine();
    };
    expect((await run('orders')).code).toBe(2);
    expect(lost).toBe(1);
    world.onTheLine = null;
    const later = await run('orders');
    expect([later.code, later.said]).toEqual([0, expect.stringContaining('at the hub')]);
    await vi.waitFor(async () => expect(await held('NUMBER', number)).toHaveLength(1), { timeout: 10_000 });
    expect(await onHand('CRK1')).toBe(before - 2);
    expect(await orderCount()).toBe(1);
  }, 60_000);

  test('[I1] [I17] killed between saying the number and sending, the order is at the hub once with the next command', async () => {
    await joined();
    const cli = ['--import', 'tsx', '--disable-warning=ExperimentalWarning', CLI];
    const wish = ['order', '--store=DUB1', `--item=${ITEM}:1`, ...CUSTOMER, `--folder=${folder}`];
    const child = spawn(process.execPath, [...cli, ...wish], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('Order W-')) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const number = numberIn(said);
    expect((await run('orders')).said).toMatch(new RegExp(`^${number} .*1 piece .*at the hub$`));
    await vi.waitFor(async () => expect(await held('NUMBER', number)).toHaveLength(1), { timeout: 10_000 });
  }, 60_000);

  test('[I17] a number that chance repeats is not given twice', async () => {
    await joined();
    const drawn = [...Array<number>(16).fill(0), ...Array<number>(8).fill(5)];
    world = { ...world, random: { ...world.random, int: () => drawn.shift() ?? 9 } };
    expect(numberIn((await order()).said)).toBe('W-2222-2222-2');
    expect(numberIn((await order()).said)).toMatch(/^W-7777-7777-/);
  });

  test('[I1] orders placed at once in one folder take their turns', async () => {
    await joined();
    const orders = await Promise.all(
      [1, 2, 3].map(() => {
        const other = testWorld();
        const wish = ['order', '--store=DUB1', `--item=${ITEM}:1`, ...CUSTOMER, `--folder=${folder}`];
        return runWebShop(wish, undefined, other).then((code) => ({ code, number: numberIn(other.said.join('\n')) }));
      }),
    );
    expect(orders.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(orders.map(({ number }) => number)).size).toBe(3);
    expect(await orderCount()).toBe(3);
  }, 60_000);

  test('watch hears what another shop orders', async () => {
    await joined();
    const watching = runWebShop(['watch', `--folder=${folder}`], undefined, world);
    await vi.waitFor(() => expect(world.said).toContain('Hears the hub.'), { timeout: 20_000 });
    const here = folder;
    folder = join(root.path, 'web-other');
    const other = testWorld();
    const code = newCode('DEMO-other');
    await runWebShop(['join', `--hub=${hub.url}`, `--code=${code}`, `--folder=${folder}`], undefined, other);
    const wish = ['order', '--store=GWY1', `--item=${ITEM}:1`, ...CUSTOMER, `--folder=${folder}`];
    await runWebShop(wish, undefined, other);
    folder = here;
    const change = /^GWY1 .*Joggers.* (\d+) → (\d+)$/;
    await vi.waitFor(() => expect(world.said.some((line) => change.test(line))).toBe(true), { timeout: 20_000 });
    const [, was, is] = change.exec(world.said.find((line) => change.test(line)) ?? '') ?? [];
    expect(Number(is)).toBe(Number(was) - 1);
    world.end();
    expect(await watching).toBe(0);
  }, 60_000);
});

describe('bad input is answered in a sentence and records nothing', () => {
  test('orders that cannot be', async () => {
    await joined();
    const wishes: [string[], string][] = [
      [[`--item=no-such:1`], 'There is no item “no-such”'],
      [[`--item=${ITEM}:0`], 'A quantity is a whole number'],
      [[`--item=${ITEM}:-1`], 'A quantity is a whole number'],
      [[`--item=x:0`], 'A quantity is a whole number from 1 to 9999'],
      [[`--item=x:-1`], 'A quantity is a whole number'],
      [[`--item=x:1e9`], 'A quantity is a whole number'],
      [[`--item=x:many`], 'A quantity is a whole number'],
      [[`--item=x`], 'names no item and quantity'],
      [['--store=PAR1'], 'There is no store “PAR1”. This channel sells for DUB1, CRK1, GWY1.'],
      [['--mail=aoife(at)example'], 'is no mail address'],
      [['--phone=12'], 'is no telephone number'],
      [[`--name=${'é'.repeat(5_000)}`], 'at most 200 characters'],
      [['--name= '], 'needs the customer’s name'],
      [['--colour=red'], 'Unknown option'],
    ];
    for (const [changes, sentence] of wishes) {
      const { code, said } = await order(...changes);
      expect([code, said]).toEqual([1, expect.stringContaining(sentence)]);
    }
    expect((await run('order', '--store=DUB1')).code).toBe(1);
    expect(await orderCount()).toBe(0);
    expect((await run('stock', 'no-such')).said).toContain('There is no item');
    expect((await run('show', 'W-7F3K-2942-2')).said).toContain('is no order number');
    expect(
      (
        await run(
          'show',
          newOrderNumber(() => 7),
        )
      ).said,
    ).toContain('Nobody has an order');
  }, 60_000);

  test('before joining, with a wrong code, with a code that is for no channel', async () => {
    expect(await run('orders')).toEqual({
      code: 1,
      said: 'This folder has not joined a hub yet. Join with a code first.',
    });
    const join = (code: string, url = hub.url) => run('join', `--hub=${url}`, `--code=${code}`);
    expect((await join('XXXX-XXXX')).said).toContain('does not know this code');
    expect((await join('XXXX-XXXX', 'somewhere')).said).toContain('no address of a hub');
    expect((await join('XXXX-XXXX', 'http://127.0.0.1:9')).said).toContain('cannot be reached');
    expect((await join(newCode('DUB1-7', 'register'))).said).toContain('not as a channel');
    expect((await run('orders')).code).toBe(1);
    expect((await run('dance')).said).toContain('Usage:');
    expect((await run()).said).toContain('Usage:');
  }, 60_000);

  test('a catalog that is not what its publisher signed is not sold from', async () => {
    world.onTheLine = async (url, ask) =>
      url.includes('/published/objects/') ? new Response('{"id":"cheap"}\n') : await ask();
    const code = newCode();
    const { said } = await run('join', `--hub=${hub.url}`, `--code=${code}`);
    expect(said).toContain('not the one that its publisher signed');
    expect((await order()).said).toContain('not the one that its publisher signed');
    world.onTheLine = cutLine;
    expect((await order()).said).toContain('There is no catalog here yet');
    expect(await orderCount()).toBe(0);
  }, 60_000);
});
