import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Where large things that can be had again are kept, per user.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} [platform]
 */
export function cacheFolder(env, platform = process.platform) {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'evertill');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'evertill');
  if (platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'evertill', 'cache');
  return join(homedir(), '.cache', 'evertill');
}

/**
 * Where a shop started from this repository lives: journal, snapshots, keys. Never inside the repository, so that no
 * clean-up of a working tree can take a sale with it. `EVERTILL_DATA` overrides.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} [platform]
 */
export function dataFolder(env, platform = process.platform) {
  if (env['EVERTILL_DATA']) return env['EVERTILL_DATA'];
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Evertill', 'shop');
  if (platform === 'win32' && env['APPDATA']) return join(env['APPDATA'], 'Evertill', 'shop');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'evertill', 'shop');
}

/**
 * The shop's own folder (catalog, enrolment, keys) inside the folder that the application is given as `--data`.
 *
 * @param {string} folder
 */
export function storeFolder(folder) {
  return join(folder, 'store');
}
