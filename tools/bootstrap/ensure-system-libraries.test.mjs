import { expect, test } from 'vitest';
import { SYSTEM_PACKAGES, mayInstall, missingPackages } from './ensure-system-libraries.mjs';

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
