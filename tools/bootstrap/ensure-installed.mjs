import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withProgress } from './progress.mjs';
import { runProgram } from './run-program.mjs';
import { withLock } from './with-lock.mjs';

const INSTALL_DEADLINE_MS = 15 * 60_000;
const STAMP = ['node_modules', '.evertill-lock'];

/**
 * Installs exactly what package-lock.json says, without running any package's own scripts, unless that is already there.
 *
 * @param {string} root
 * @param {{ run?: typeof runProgram, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<'installed' | 'up-to-date'>}
 */
export async function ensureInstalled(root, options = {}) {
  const run = options.run ?? runProgram;
  if (await isUpToDate(root)) return 'up-to-date';

  return withLock(join(root, '.cache', 'install.lock'), INSTALL_DEADLINE_MS, async () => {
    if (await isUpToDate(root)) return 'up-to-date';
    await withProgress('Installing packages (npm ci)', async () => {
      const args = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--no-progress'];
      const ended = await run('npm', args, {
        cwd: root,
        env: installEnvironment(options.env),
        deadlineMs: INSTALL_DEADLINE_MS,
      });
      if (ended.code !== 0) throw new Error(`npm ci failed (code ${ended.code}):\n${firstComplaints(ended.output)}`);
    });
    await writeFile(join(root, ...STAMP), await lockHash(root));
    return 'installed';
  });
}

/** npm says first what is wrong, and then its whole manual. @param {string} output */
function firstComplaints(output) {
  const complaints = output
    .split('\n')
    .filter((line) => !/^npm (warn|notice)/.test(line) && line.trim() !== 'npm error');
  return complaints.slice(0, 12).join('\n');
}

/**
 * `NODE_ENV=production` or `npm_config_omit=dev` from outside would leave out the very tools that are needed next.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
function installEnvironment(env = process.env) {
  const { NODE_ENV: _production, npm_config_omit: _omit, npm_config_production: _old, ...rest } = env;
  return { ...rest, npm_config_include: 'dev' };
}

/** @param {string} root */
async function isUpToDate(root) {
  const stamp = await readFile(join(root, ...STAMP), 'utf8').catch(() => '');
  if (stamp !== '' && stamp === (await lockHash(root))) return true;
  if (!(await holdsWhatIsLocked(root))) return false;
  await writeFile(join(root, ...STAMP), await lockHash(root));
  return true;
}

/**
 * npm leaves a note of what it installed. If that is what package-lock.json asks for, somebody ran `npm install` by hand,
 * and removing node_modules under their feet would be rude.
 *
 * @param {string} root
 */
async function holdsWhatIsLocked(root) {
  const wanted = await readLock(join(root, 'package-lock.json'));
  const present = await readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/') || entry.link) return true;
    const found = present[path];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, link?: boolean }> | undefined>}
 */
async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @param {string} root */
async function lockHash(root) {
  return createHash('sha256')
    .update(await readFile(join(root, 'package-lock.json')))
    .digest('hex');
}
