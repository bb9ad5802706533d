import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureInstalled } from './ensure-installed.mjs';

/** @type {string} */
let root;
/** @type {string[][]} */
let commands;
/** @type {NodeJS.ProcessEnv[]} */
let environments;

/** An npm that succeeds with `code` and leaves a node_modules. @param {number} code */
const npm =
  (code) =>
  async (
    /** @type {string} */ file,
    /** @type {string[]} */ args,
    /** @type {{ env?: NodeJS.ProcessEnv }} */ options,
  ) => {
    commands.push([file, ...args]);
    environments.push(options.env ?? {});
    await mkdir(join(root, 'node_modules'), { recursive: true });
    return { code, output: 'npm says so', timedOut: false, elapsedMs: 1 };
  };

/** @param {Record<string, object>} packages */
const lock = (packages) => JSON.stringify({ packages: { '': {}, ...packages } });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evertill-install-'));
  commands = [];
  environments = [];
  await writeFile(join(root, 'package-lock.json'), lock({ 'node_modules/a': { version: '1.0.0' } }));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('installs once, without scripts, and again when the lockfile changes', async () => {
  expect(await ensureInstalled(root, { run: npm(0) })).toBe('installed');
  expect(await ensureInstalled(root, { run: npm(0) })).toBe('up-to-date');
  await writeFile(join(root, 'package-lock.json'), lock({ 'node_modules/a': { version: '1.0.1' } }));
  expect(await ensureInstalled(root, { run: npm(0) })).toBe('installed');

  expect(commands).toHaveLength(2);
  expect(commands[0]).toEqual(expect.arrayContaining(['npm', 'ci', '--ignore-scripts']));
});

test('two at once install once', async () => {
  const both = [1, 2].map(() => ensureInstalled(root, { run: npm(0) }));
  expect((await Promise.all(both)).sort()).toEqual(['installed', 'up-to-date']);
});

test('a failed install says what npm said and is tried again', async () => {
  await expect(ensureInstalled(root, { run: npm(1) })).rejects.toThrow('npm says so');
  expect(await ensureInstalled(root, { run: npm(0) })).toBe('installed');
});

test('a production environment does not leave out the tools', async () => {
  await ensureInstalled(root, {
    run: npm(0),
    env: { NODE_ENV: 'production', npm_config_omit: 'dev', HOME: '/home/x' },
  });
  expect(environments[0]).toEqual({ HOME: '/home/x', npm_config_include: 'dev' });
});

test('what npm itself has installed from this lockfile is adopted, optional packages of other systems aside', async () => {
  await mkdir(join(root, 'node_modules'));
  await writeFile(join(root, 'node_modules', '.package-lock.json'), lock({ 'node_modules/a': { version: '1.0.0' } }));
  await writeFile(
    join(root, 'package-lock.json'),
    lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-win32': { version: '2.0.0', optional: true } }),
  );
  expect(await ensureInstalled(root, { run: npm(0) })).toBe('up-to-date');
  expect(commands).toEqual([]);
});

test('an older version in node_modules is not adopted', async () => {
  await mkdir(join(root, 'node_modules'));
  await writeFile(join(root, 'node_modules', '.package-lock.json'), lock({ 'node_modules/a': { version: '0.9.0' } }));
  expect(await ensureInstalled(root, { run: npm(0) })).toBe('installed');
});
