import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../bootstrap/folders.mjs';

test.each([
  ['pure', 'pure.ts', ['tools/types/pure-globals.d.ts']],
  ['node', 'node.ts', []],
  ['page', 'page.tsx', []],
])('the %s layer refuses what does not belong there, and nothing else', (layer, file, also) => {
  const canary = join(ROOT, 'tools', 'check', 'canaries', 'types', file);
  const expected = linesOf(canary).flatMap((text, index) => (text.endsWith('// refused') ? [index + 1] : []));
  expect(expected.length).toBeGreaterThan(2);
  expect(refusedLines(layer, canary, also)).toEqual(expected);
});

/**
 * Compiles one file under a layer's settings.
 *
 * @param {string} layer
 * @param {string} canary
 * @param {string[]} also
 * @returns {number[]} lines with an error
 */
function refusedLines(layer, canary, also) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  // Inside the repository, so that type packages are found as they are in the real run.
  const folder = mkdtempSync(join(ROOT, '.cache', 'layer-'));
  try {
    const settings = {
      extends: join(ROOT, `tsconfig.${layer}.json`),
      compilerOptions: { incremental: false, tsBuildInfoFile: null },
      include: [canary, ...also.map((path) => join(ROOT, path))],
      exclude: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const ended = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const lines = [...ended.stdout.matchAll(/^(?<file>\S+)\((?<line>\d+),\d+\): error/gm)].map((match) => {
      expect(match.groups?.['file']).toContain('canaries/types');
      return Number(match.groups?.['line']);
    });
    return [...new Set(lines)].sort((a, b) => a - b);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function linesOf(file) {
  return readFileSync(file, 'utf8').split('\n');
}
