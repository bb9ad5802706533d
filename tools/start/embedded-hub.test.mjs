import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@evertill/testkit';
import { seedShop } from 'evertill-catalog';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../bootstrap/folders.mjs';
import { DEMO_REGISTER } from './demo-shop.mjs';
import { startEmbeddedHub } from './embedded-hub.mjs';

/** @type {import('@evertill/testkit').TemporaryFolder} */
let folder;
/** @type {string[]} */
let said;
beforeEach(() => {
  folder = temporaryFolder('embedded-hub');
  said = [];
});
afterEach(() => folder.dispose());

const start = () =>
  startEmbeddedHub({ root: ROOT, dataFolder: folder.path, env: process.env, say: (line) => void said.push(line) });

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

test('the register of the demonstration shop is the one that is enrolled', async () => {
  const random = { bytes: (/** @type {number} */ count) => new Uint8Array(randomBytes(count)) };
  const nowIso = '2026-03-02T08:00:00.000Z';
  const { enrolmentFile } = await seedShop({ folder: folder.path, items: 5, seed: 1, nowIso, random });
  const { tenant, store, register } = JSON.parse(readFileSync(enrolmentFile, 'utf8'));
  expect({ tenant, store: store.id, register: register.id }).toEqual(DEMO_REGISTER);
});
