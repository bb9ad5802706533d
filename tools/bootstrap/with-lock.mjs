import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
const ORPHANED_AFTER_MS = 5_000;

/**
 * Runs `work` while no other process of this machine runs work under the same lock folder. A lock whose process is gone
 * is taken over.
 *
 * @template T
 * @param {string} lockFolder
 * @param {number} deadlineMs how long to wait for the other process
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lockFolder, deadlineMs, work) {
  const giveUpAtMs = Date.now() + deadlineMs;
  await mkdir(dirname(lockFolder), { recursive: true });
  while (!(await take(lockFolder))) {
    if (await isOrphaned(lockFolder)) await rm(lockFolder, { recursive: true, force: true });
    else if (Date.now() > giveUpAtMs) throw new Error(`Another process has held ${lockFolder} for too long.`);
    else await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lockFolder, { recursive: true, force: true });
  }
}

/** @param {string} lockFolder */
async function take(lockFolder) {
  try {
    await mkdir(lockFolder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(lockFolder, 'pid'), String(process.pid));
  return true;
}

/** @param {string} lockFolder */
async function isOrphaned(lockFolder) {
  try {
    const pid = Number(await readFile(join(lockFolder, 'pid'), 'utf8'));
    return pid > 0 && !isAlive(pid);
  } catch {
    // No pid yet: its owner is between mkdir and writeFile, or died there.
    const age = await stat(lockFolder).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    return age > ORPHANED_AFTER_MS;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
