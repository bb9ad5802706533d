import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOMS, workspaceFolders, workspaceNames } from './import-rules.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const CANARIES = join(HERE, 'canaries', 'imports');

/** Every line of a canary that must be refused says so. */
const canaries = readdirSync(CANARIES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

describe('import rules', () => {
  /** @type {string} */
  let folder;
  /** @type {Map<string, number[]>} lines on which each canary was refused */
  const refusedLines = new Map();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'evertill-canaries-'));
    cpSync(CANARIES, folder, { recursive: true });
    const config = pathToFileURL(join(ROOT, 'oxlint.config.mjs')).href;
    writeFileSync(
      join(folder, 'oxlint.config.mjs'),
      `import config from '${config}';\nexport default { ...config, options: {}, ignorePatterns: [] };\n`,
    );
    for (const { filename, line } of lint(folder)) {
      const file = filename.replaceAll('\\', '/');
      refusedLines.set(file, [...(refusedLines.get(file) ?? []), line]);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(canaries)('refuse what %s may not import, and nothing else', (file) => {
    const expected = readFileSync(join(CANARIES, file), 'utf8')
      .split('\n')
      .flatMap((text, index) => (text.endsWith('// refused') ? [index + 1] : []));
    const found = (refusedLines.get(file.replaceAll('\\', '/')) ?? []).sort((a, b) => a - b);

    expect(expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  test('each room has a canary', () => {
    const folders = canaries.map((file) => dirname(file).replaceAll('\\', '/'));
    const matches = (/** @type {string} */ glob) =>
      folders.some((folder) => new RegExp(`^${glob.replace('/**', '').replaceAll('*', '[^/]+')}$`).test(folder));
    const without = ROOMS.flatMap(({ files }) => files).filter(
      (glob) =>
        !matches(glob) &&
        ![
          'packages/rx-storage-sqlite',
          'sync',
          'apps/hub',
          'apps/web-shop',
          '{',
          'apps/register/src/preload',
          'apps/register/src/**',
        ].some((known) => glob.startsWith(known)),
    );
    expect(without).toEqual([]);
  });

  test('rooms name only workspaces that exist', () => {
    const named = ROOMS.flatMap(({ mayImport, typesOf = [] }) => [
      ...(Array.isArray(mayImport) ? mayImport : []),
      ...typesOf.filter((name) => name !== 'electron'),
    ]);
    expect(named.filter((name) => !workspaceNames().includes(name))).toEqual([]);
  });
});

describe('package boundaries', () => {
  const packages = workspaceFolders();

  test('every workspace has a tag', () => {
    const untagged = packages.filter((path) => {
      const file = join(ROOT, path, 'turbo.json');
      return !existsSync(file) || JSON.parse(readFileSync(file, 'utf8')).tags.length === 0;
    });
    expect(untagged).toEqual([]);
  });

  test.each([
    ['packages/retail', '@evertill/journal'],
    ['packages/journal', '@evertill/sqlite'],
    ['packages/ledger', 'evertill-register'],
    ['packages/ui', '@evertill/retail'],
    ['drivers/link', '@evertill/records'],
    ['drivers/contract', '@evertill/link'],
    ['packages/records', '@evertill/barcode'],
  ])('%s may not depend on %s', (path, dependency) => {
    const folder = copyOfManifests(packages);
    try {
      expect(boundaries(folder)).toMatchObject({ status: 0 });
      const manifest = join(folder, path, 'package.json');
      const { dependencies, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
      writeFileSync(manifest, JSON.stringify({ ...rest, dependencies: { ...dependencies, [dependency]: '*' } }));
      expect(boundaries(folder).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/**
 * @param {string} folder
 * @returns {{ filename: string, line: number }[]} what the import rules alone refused
 */
function lint(folder) {
  const oxlint = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const ended = spawnSync(process.execPath, [oxlint, '-c', 'oxlint.config.mjs', '-f', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  /** @type {{ diagnostics: { code: string, filename: string, labels: { span: { line: number } }[] }[] }} */
  const report = JSON.parse(ended.stdout);
  return report.diagnostics
    .filter(({ code }) => code.includes('no-restricted-imports'))
    .map(({ filename, labels }) => ({ filename, line: labels[0]?.span.line ?? 0 }));
}

/** @param {string[]} packages */
function copyOfManifests(packages) {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-boundaries-'));
  for (const file of ['package.json', 'turbo.json', 'package-lock.json']) cpSync(join(ROOT, file), join(folder, file));
  for (const path of packages) {
    mkdirSync(join(folder, path, 'src'), { recursive: true });
    for (const file of ['package.json', 'turbo.json']) {
      if (existsSync(join(ROOT, path, file))) cpSync(join(ROOT, path, file), join(folder, path, file));
    }
    writeFileSync(join(folder, path, 'src', 'index.ts'), 'export {};\n');
  }
  return folder;
}

/** @param {string} folder */
function boundaries(folder) {
  const turbo = join(ROOT, 'node_modules', 'turbo', 'bin', 'turbo');
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  return spawnSync(process.execPath, [turbo, 'boundaries', '--skip-infer', '--no-update-notifier'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
}
