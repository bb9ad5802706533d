import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withProgress } from './progress.mjs';
import { runProgram } from './run-program.mjs';
import { withLock } from './with-lock.mjs';

const STALLED_AFTER_MS = 20_000;
const WHOLE_DOWNLOAD_MS = 15 * 60_000;
const REMEMBER_FAILURE_MS = 24 * 60 * 60_000;

/**
 * The binary of the `electron` package, if its own installer has already put it there.
 *
 * @param {string} root
 * @returns {{ binary: string, version: string } | undefined}
 */
export function findOfficialRuntime(root) {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const present = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return present === version && existsSync(binary) ? { binary, version } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lets the `electron` package fetch its binary. A download that moves may take its time; one that stands still for twenty
 * seconds is given up, and that is remembered for a day so that later starts are instant.
 *
 * @param {{ root: string, cache: string, nowMs: number, again: boolean, run?: typeof runProgram, stalledAfterMs?: number }} options
 *   `again`: try even though it failed within the last day
 * @returns {Promise<{ ok: true, binary: string, version: string } | { ok: false, reason: string }>}
 */
export async function fetchOfficialRuntime(options) {
  const { root, cache, nowMs, again, run = runProgram } = options;
  const memory = join(cache, 'electron-not-obtainable.json');
  const remembered = again ? undefined : await recall(memory, nowMs);
  if (remembered) return { ok: false, reason: remembered };

  return withLock(join(cache, 'electron-official.lock'), WHOLE_DOWNLOAD_MS, async () => {
    const already = findOfficialRuntime(root);
    if (already) return { ok: true, ...already };

    const reason = await download(root, cache, options.stalledAfterMs ?? STALLED_AFTER_MS, run);
    const found = findOfficialRuntime(root);
    if (found) {
      await rm(memory, { force: true });
      return { ok: true, ...found };
    }
    await writeFile(memory, JSON.stringify({ reason, atMs: nowMs }));
    return { ok: false, reason };
  });
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {number} stalledAfterMs
 * @param {typeof runProgram} run
 * @returns {Promise<string>} why it failed; empty if it did not
 */
async function download(root, cache, stalledAfterMs, run) {
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'download-'));
  const givingUp = new AbortController();
  let stalled = false;
  let bytes = 0;
  let movedAtMs = Date.now();

  try {
    return await withProgress('Fetching Electron', async (update) => {
      // The installer reports nothing that can be read, but it writes into the temporary folder: growth is life.
      const watching = setInterval(async () => {
        const size = await sizeOf(temporary);
        if (size !== bytes) movedAtMs = Date.now();
        bytes = size;
        update(`${Math.round(bytes / 1e6)} MB`);
        stalled = Date.now() - movedAtMs > stalledAfterMs;
        if (stalled) givingUp.abort();
      }, 500);
      const installer = join(root, 'node_modules', 'electron', 'install.js');
      const { ELECTRON_RUN_AS_NODE: _leaked, ...env } = process.env;
      const ended = await run(process.execPath, [installer], {
        cwd: root,
        env: { ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
        deadlineMs: WHOLE_DOWNLOAD_MS,
        signal: givingUp.signal,
      }).finally(() => clearInterval(watching));
      if (ended.code === 0) return '';
      return stalled || ended.timedOut ? 'the download stands still' : firstLine(ended.output);
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @param {string} output */
function firstLine(output) {
  return (
    output
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim()
      .slice(0, 120) ?? 'the installer failed'
  );
}

/**
 * @param {string} memory
 * @param {number} nowMs
 */
async function recall(memory, nowMs) {
  try {
    const { reason, atMs } = JSON.parse(await readFile(memory, 'utf8'));
    const ageMs = nowMs - atMs;
    return ageMs >= 0 && ageMs < REMEMBER_FAILURE_MS ? String(reason) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @returns {Promise<number>} bytes of all files inside
 */
async function sizeOf(folder) {
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    total += await stat(join(entry.parentPath ?? entry.path, entry.name)).then(
      (found) => found.size,
      () => 0,
    );
  }
  return total;
}
