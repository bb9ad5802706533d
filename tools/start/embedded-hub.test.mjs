import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@evertill/testkit';
import { seedShop } from 'evertill-catalog';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '../bootstrap/folders.mjs';
import { DEMO_STORE, registerId } from './demo-shop.mjs';
import { ensureDemoShop } from './ensure-demo-shop.mjs';
import { startEmbeddedHub } from './embedded-hub.mjs';

/** @type {import('@evertill/testkit').TemporaryFolder} */
let folder;
/** @type {string[]} */
let said;
beforeEach(() => {
  folder = temporaryFolder('embedded-hub');
  said = [];
});
// A hub that was told to end writes until it has ended, and is not waited for by whoever tells it.
afterEach(() => vi.waitFor(() => folder.dispose(), { timeout: 10_000 }));

/** @param {string} line */
const say = (line) => void said.push(line);
const where = () => ({ root: ROOT, dataFolder: folder.path, env: process.env, say });
/** @param {number} registerNumber */
const start = (registerNumber = 1) => startEmbeddedHub({ ...where(), registerNumber });

/** @param {string} url */
const health = async (url) => (await fetch(`${url}/health`)).status;
/** @param {string[]} args */
const urlIn = (args) => args.find((argument) => argument.startsWith('--hub='))?.slice('--hub='.length) ?? '';

test('a hub of its own, a code the first time, and the same address ever after', async () => {
  const first = await start();
  expect(await health(urlIn(first.args))).toBe(200);
  expect(first.args[1]).toMatch(/^--hub-code=[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  first.dispose();
  mkdirSync(join(folder.path, 'register-1'));
  writeFileSync(join(folder.path, 'register-1', 'hub.json'), '{}');
  await expect.poll(() => existsSync(join(folder.path, 'hub', 'port'))).toBe(true);
  await expect.poll(() => health(urlIn(first.args)).catch(() => 'gone'), { timeout: 10_000 }).toBe('gone');
  const second = await start();
  expect(second.args).toEqual([first.args[0]]);
  second.dispose();
});

test('a hub that was left behind is used again', async () => {
  const first = await start();
  const second = await start();
  expect(urlIn(second.args)).toBe(urlIn(first.args));
  first.dispose();
  second.dispose();
});

test('a hub that cannot start is said, and keeps nobody from selling', async () => {
  mkdirSync(join(folder.path, 'hub', 'hub.db'), { recursive: true });
  expect((await start()).args).toEqual([]);
  expect(said.join()).toMatch(/sells without it/);
});

test('the shop is made once, and the hub knows it: a second register finds its store there', async () => {
  await ensureDemoShop({ ...where(), args: ['--demo-shop=5'] });
  await ensureDemoShop({ ...where(), args: ['--demo-shop=9'] });
  expect(said.filter((line) => line.includes('demonstration shop'))).toHaveLength(1);
  const second = await start(2);
  const code = second.args[1]?.slice('--hub-code='.length);
  const answer = await fetch(`${urlIn(second.args)}/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, publicKey: '5a'.repeat(32) }),
  });
  const { enrolment } = /** @type {{ enrolment: { tenant: string, register: { id: string } } }} */ (
    await answer.json()
  );
  expect(enrolment).toMatchObject({ tenant: DEMO_STORE.tenant, register: { id: registerId(2) } });
  await second.settled;
  expect(said.join('\n')).toMatch(/Opening stock .* is at the hub/);
  second.dispose();
}, 60_000);

test('the store of the demonstration shop is the one that is named here', async () => {
  const random = { bytes: (/** @type {number} */ count) => new Uint8Array(randomBytes(count)) };
  const nowIso = '2026-03-02T08:00:00.000Z';
  const { enrolmentFile } = await seedShop({ folder: folder.path, items: 5, seed: 1, nowIso, random });
  const { tenant, store, register } = JSON.parse(readFileSync(enrolmentFile, 'utf8'));
  expect({ tenant, store: store.id, register: register.id }).toEqual({ ...DEMO_STORE, register: registerId(1) });
});
