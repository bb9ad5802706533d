import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../bootstrap/folders.mjs';

/**
 * @typedef {{ version?: string, link?: boolean, resolved?: string, integrity?: string, optionalDependencies?: Record<string, string> }} Locked
 * @type {Record<string, Locked>}
 */
const packages = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
const fromRegistry = Object.entries(packages).filter(([path, entry]) => path.includes('node_modules/') && !entry.link);

test('the lockfile names no registry host: any mirror will do', () => {
  expect(fromRegistry.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(fromRegistry.length).toBeGreaterThan(300);
});

test('every package is locked by its content', () => {
  expect(fromRegistry.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual(
    [],
  );
});

test('the binaries of every system are locked, not only those of the machine that wrote the file', () => {
  // npm leaves out what its registry did not have at the time, and `npm ci` then fails elsewhere.
  const missing = fromRegistry.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

test('outside packages are pinned exactly', () => {
  const manifests = Object.entries(packages).filter(([path]) => !path.includes('node_modules/'));
  const loose = manifests.flatMap(([path]) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8'));
    return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([name, range]) => !/^(@evertill\/|evertill-)/.test(name) && !/^\d+\.\d+\.\d+$/.test(String(range)))
      .map(([name, range]) => `${path || '.'}: ${name} ${range}`);
  });
  expect(loose).toEqual([]);
});
