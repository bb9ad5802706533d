import { readFile } from 'node:fs/promises';
import { say, withProgress } from './progress.mjs';
import { lastLines, runProgram } from './run-program.mjs';

const QUERY_DEADLINE_MS = 30_000;
const APT_DEADLINE_MS = 15 * 60_000;

/**
 * What a Debian or Ubuntu without a desktop lacks. Each entry lists its names, oldest first: Ubuntu 24.04 and Debian 13
 * renamed some libraries for 64-bit time.
 *
 * @typedef {{ names: string[], need: 'window' | 'virtual-display' | 'tests' }} SystemPackage
 * @type {readonly SystemPackage[]}
 */
export const SYSTEM_PACKAGES = Object.freeze([
  { names: ['libgtk-3-0', 'libgtk-3-0t64'], need: 'window' },
  { names: ['libnss3'], need: 'window' },
  { names: ['libasound2', 'libasound2t64'], need: 'window' },
  { names: ['libgbm1'], need: 'window' },
  { names: ['libxss1'], need: 'window' },
  { names: ['libxtst6'], need: 'window' },
  { names: ['xvfb'], need: 'virtual-display' },
  { names: ['xauth'], need: 'virtual-display' },
  { names: ['socat'], need: 'tests' },
  { names: ['strace'], need: 'tests' },
]);

/**
 * @param {{ installed: ReadonlySet<string>, hasDisplay: boolean, forTests: boolean }} machine
 * @returns {SystemPackage[]} what has to be installed for this purpose
 */
export function missingPackages({ installed, hasDisplay, forTests }) {
  return SYSTEM_PACKAGES.filter(({ names, need }) => {
    if (names.some((name) => installed.has(name))) return false;
    if (need === 'tests') return forTests;
    return need === 'window' || !hasDisplay;
  });
}

/**
 * Someone's own desktop is not ours to change: packages are installed only by root on a machine without a display or in CI.
 *
 * @param {{ isRoot: boolean, hasDisplay: boolean, isCi: boolean }} machine
 */
export function mayInstall({ isRoot, hasDisplay, isCi }) {
  return isRoot && (!hasDisplay || isCi);
}

/**
 * Checks, and installs or names what is missing. On systems without dpkg nothing is checked.
 *
 * @param {{ env: NodeJS.ProcessEnv, forTests: boolean, run?: typeof runProgram }} options
 * @returns {Promise<void>} throws with the command to type when a window cannot open without it
 */
export async function ensureSystemLibraries({ env, forTests, run = runProgram }) {
  if (process.platform !== 'linux' || !(await isDebianLike())) return;
  const hasDisplay = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  const missing = missingPackages({ installed: await installedPackages(run), hasDisplay, forTests });
  if (missing.length === 0) return;

  const isRoot = process.getuid?.() === 0;
  if (mayInstall({ isRoot, hasDisplay, isCi: Boolean(env['CI']) })) return installPackages(missing, run);

  const command = `sudo apt-get install -y ${missing.map(({ names }) => names[0]).join(' ')}`;
  if (missing.every(({ need }) => need === 'tests')) return say(`Some tests want more: ${command}`);
  throw new Error(`This machine lacks system libraries. Please run:\n  ${command}`);
}

async function isDebianLike() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

/** @param {typeof runProgram} run */
async function installedPackages(run) {
  const names = SYSTEM_PACKAGES.flatMap((entry) => entry.names);
  // Unknown names make dpkg-query fail; what it does know is printed all the same.
  const { output } = await run('dpkg-query', ['-W', '-f=${db:Status-Status} ${Package}\\n', ...names], {
    deadlineMs: QUERY_DEADLINE_MS,
  });
  const found = output.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(found.map((line) => line.slice('installed '.length).trim()));
}

/**
 * @param {readonly SystemPackage[]} missing
 * @param {typeof runProgram} [run]
 */
export async function installPackages(missing, run = runProgram) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, deadlineMs: APT_DEADLINE_MS };
  await withProgress('Installing system libraries (apt-get)', async () => {
    const updated = await run('apt-get', ['update', '-q'], options);
    if (updated.code !== 0) say('apt-get update failed; trying with the lists that are there.');
    const names = [];
    for (const entry of missing) names.push(await nameHere(entry, run));
    const ended = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], options);
    if (ended.code !== 0) throw new Error(`apt-get install ${names.join(' ')} failed:\n${lastLines(ended.output)}`);
  });
}

/**
 * @param {SystemPackage} entry
 * @param {typeof runProgram} run
 * @returns {Promise<string>} the name under which this release has it
 */
async function nameHere(entry, run) {
  for (const name of [...entry.names].reverse()) {
    const { code, output } = await run('apt-cache', ['show', '--no-all-versions', name], {
      deadlineMs: QUERY_DEADLINE_MS,
    });
    if (code === 0 && output.includes('Filename:')) return name;
  }
  return entry.names[0] ?? '';
}
