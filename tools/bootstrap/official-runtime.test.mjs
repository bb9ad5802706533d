import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchOfficialRuntime, findOfficialRuntime } from './official-runtime.mjs';

const HOUR_MS = 3_600_000;
/** @type {string} */
let folder;
/** @type {{ root: string, cache: string, again: boolean }} */
let options;
let runs = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-official-'));
  options = { root: join(folder, 'root'), cache: join(folder, 'cache'), again: false };
  runs = 0;
  await mkdir(join(options.root, 'node_modules', 'electron'), { recursive: true });
  await mkdir(options.cache);
  await writeFile(join(options.root, 'node_modules', 'electron', 'package.json'), '{"version":"45.4.1"}');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const failing = async () => {
  runs += 1;
  return { code: 1, output: 'TypeError: fetch failed\n    at somewhere', timedOut: false, elapsedMs: 1 };
};

test('nothing is found before the installer has run', () => {
  expect(findOfficialRuntime(options.root)).toBeUndefined();
});

test('a failure is remembered for a day, then tried again', async () => {
  expect(await fetchOfficialRuntime({ ...options, nowMs: 0, run: failing })).toEqual({
    ok: false,
    reason: 'TypeError: fetch failed',
  });
  expect(await fetchOfficialRuntime({ ...options, nowMs: 23 * HOUR_MS, run: failing })).toMatchObject({ ok: false });
  expect(runs).toBe(1);
  await fetchOfficialRuntime({ ...options, nowMs: 25 * HOUR_MS, run: failing });
  expect(runs).toBe(2);
});

test('asked for again, it tries at once', async () => {
  await fetchOfficialRuntime({ ...options, nowMs: 0, run: failing });
  await fetchOfficialRuntime({ ...options, nowMs: 1, again: true, run: failing });
  expect(runs).toBe(2);
});

test('a clock set back does not keep the memory alive', async () => {
  await fetchOfficialRuntime({ ...options, nowMs: 100 * HOUR_MS, run: failing });
  await fetchOfficialRuntime({ ...options, nowMs: 0, run: failing });
  expect(runs).toBe(2);
});

test('a download that stands still is given up', async () => {
  const stuck = (
    /** @type {string} */ _file,
    /** @type {string[]} */ _args,
    /** @type {{ signal?: AbortSignal }} */ { signal },
  ) =>
    new Promise((resolve) =>
      signal?.addEventListener('abort', () => resolve({ code: 1, output: '', timedOut: false, elapsedMs: 1 })),
    );
  const run = /** @type {typeof import('./run-program.mjs').runProgram} */ (stuck);
  const result = await fetchOfficialRuntime({ ...options, nowMs: 0, run, stalledAfterMs: 50 });
  expect(result).toEqual({ ok: false, reason: 'the download stands still' });
});

test('a download that moves is not', async () => {
  const slow = (
    /** @type {string} */ _file,
    /** @type {string[]} */ _args,
    /** @type {{ env?: NodeJS.ProcessEnv }} */ { env },
  ) =>
    new Promise((resolve) => {
      let written = '';
      const growing = setInterval(() => void writeFile(join(env?.['TMPDIR'] ?? '', 'part'), (written += 'x')), 100);
      setTimeout(async () => {
        clearInterval(growing);
        await installed();
        resolve({ code: 0, output: '', timedOut: false, elapsedMs: 1 });
      }, 5_000);
    });
  const run = /** @type {typeof import('./run-program.mjs').runProgram} */ (slow);
  const result = await fetchOfficialRuntime({ ...options, nowMs: 0, run, stalledAfterMs: 3_000 });
  expect(result).toMatchObject({ ok: true, version: '45.4.1' });
  expect(await readdir(options.cache)).toEqual([]);
});

test('a binary of another version is not taken', async () => {
  await installed();
  expect(findOfficialRuntime(options.root)?.version).toBe('45.4.1');
  await writeFile(join(options.root, 'node_modules', 'electron', 'dist', 'version'), 'v44.0.0');
  expect(findOfficialRuntime(options.root)).toBeUndefined();
});

async function installed() {
  const electron = join(options.root, 'node_modules', 'electron');
  await mkdir(join(electron, 'dist'), { recursive: true });
  await writeFile(join(electron, 'dist', 'version'), 'v45.4.1');
  await writeFile(join(electron, 'dist', 'electron'), '');
  await writeFile(join(electron, 'path.txt'), 'electron');
}
