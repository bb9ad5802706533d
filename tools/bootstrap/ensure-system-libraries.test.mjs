import { expect, test } from 'vitest';
import { SYSTEM_PACKAGES, installPackages, mayInstall, missingPackages } from './ensure-system-libraries.mjs';

const everything = new Set(SYSTEM_PACKAGES.flatMap(({ names }) => names[0] ?? []));
/** @param {{ installed: Set<string>, hasDisplay?: boolean, forTests?: boolean }} machine */
const missing = ({ installed, hasDisplay = false, forTests = true }) =>
  missingPackages({ installed, hasDisplay, forTests }).map(({ names }) => names[0]);

test('a complete machine lacks nothing', () => {
  expect(missing({ installed: everything })).toEqual([]);
});

test('the names of newer releases count as well', () => {
  const newer = new Set(SYSTEM_PACKAGES.map(({ names }) => names.at(-1) ?? ''));
  expect(newer.has('libgtk-3-0t64')).toBe(true);
  expect(missing({ installed: newer })).toEqual([]);
});

test('a machine with a screen needs no virtual one', () => {
  expect(missing({ installed: new Set(), hasDisplay: true })).not.toContain('xvfb');
  expect(missing({ installed: new Set() })).toContain('xvfb');
});

test('what only tests need is asked for only by tests', () => {
  expect(missing({ installed: new Set(), forTests: false })).not.toContain('socat');
});

test("somebody's desktop is never changed", () => {
  expect(mayInstall({ isRoot: false, hasDisplay: false, isCi: true })).toBe(false);
  expect(mayInstall({ isRoot: true, hasDisplay: true, isCi: false })).toBe(false);
  expect(mayInstall({ isRoot: true, hasDisplay: true, isCi: true })).toBe(true);
  expect(mayInstall({ isRoot: true, hasDisplay: false, isCi: false })).toBe(true);
});

test('root on a bare machine installs what is missing, under the name its release knows', async () => {
  /** @type {string[]} */
  const commands = [];
  const run = async (/** @type {string} */ file, /** @type {string[]} */ args) => {
    commands.push([file, ...args].join(' '));
    const known = file === 'apt-cache' && args.at(-1) !== 'libgtk-3-0t64';
    return { code: 0, output: known ? 'Filename: pool/x.deb' : '', timedOut: false, elapsedMs: 1 };
  };
  const missing = SYSTEM_PACKAGES.filter(({ names }) => names[0] === 'libgtk-3-0' || names[0] === 'xvfb');
  await installPackages(missing, run);
  expect(commands[0]).toBe('apt-get update -q');
  expect(commands.at(-1)).toBe('apt-get install -y -q --no-install-recommends libgtk-3-0 xvfb');
});

test('a failed installation says what apt said', async () => {
  const run = async () => ({ code: 100, output: 'E: Unable to locate package xvfb', timedOut: false, elapsedMs: 1 });
  await expect(installPackages([...SYSTEM_PACKAGES], run)).rejects.toThrow('Unable to locate');
});
