import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensurePackaged } from './ensure-packaged.mjs';

/** @type {string} */
let root;
const runtimeBinary = () => join(root, 'runtime', 'electron');
let runs = 0;

/** @param {string} file @param {string} text */
function put(file, text) {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

const packaging = async () => {
  runs += 1;
  rmSync(join(root, 'out/package/built/linux-unpacked'), { recursive: true, force: true });
  put('out/package/built/linux-unpacked/evertill', 'binary');
  return { code: 0, output: '', timedOut: false, elapsedMs: 1 };
};
const ensure = (run = packaging) => ensurePackaged({ root, runtimeBinary: runtimeBinary(), run });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'evertill-packaged-'));
  runs = 0;
  put('runtime/version', '25.1.1');
  put('apps/register/dist/ui/index.html', 'page');
  put('electron-builder.yml', 'asar: true');
  put('package-lock.json', '{}');
  put('tools/package/a.mjs', '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('packages once for one build', async () => {
  expect(await ensure()).toMatchObject({ made: true });
  expect(await ensure()).toMatchObject({
    made: false,
    binary: join(root, 'out/package/built/linux-unpacked/evertill'),
  });
  expect(runs).toBe(1);
});

test.each([
  ['a bundle', 'apps/register/dist/ui/index.html'],
  ['the packaging', 'electron-builder.yml'],
  ['the runtime', 'runtime/version'],
])('packages again when %s has changed', async (_what, file) => {
  await ensure();
  put(file, 'other');
  expect(await ensure()).toMatchObject({ made: true });
});

test('packages again after a release was written to the same folder', async () => {
  await ensure();
  await packaging();
  expect(await ensure()).toMatchObject({ made: true });
});

test('a packaging that failed is an error and leaves no stamp', async () => {
  const failing = async () => ({ code: 1, output: 'no space left', timedOut: false, elapsedMs: 1 });
  await expect(ensure(failing)).rejects.toThrow('no space left');
  expect(await ensure()).toMatchObject({ made: true });
});
