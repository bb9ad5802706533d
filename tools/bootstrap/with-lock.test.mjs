import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './with-lock.mjs';

/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('two holders never overlap', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(20);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(join(folder, 'lock'), 30_000, work)));
  expect(most).toBe(1);
});

test('a lock whose process is gone is taken over', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  await writeFile(join(lock, 'pid'), '999999999');
  expect(await withLock(lock, 30_000, async () => 'done')).toBe('done');
});

test('a lock that is held too long is an error, not a wait for ever', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  await writeFile(join(lock, 'pid'), String(process.pid));
  await expect(withLock(lock, 10, async () => 'done')).rejects.toThrow('too long');
});

test('a failure leaves no lock behind', async () => {
  const failing = withLock(join(folder, 'lock'), 10, async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(await readdir(folder)).toEqual([]);
});
