import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, steppingClock, temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockCatalog } from '../publish/catalog-lock.ts';
import { createProgressLine } from './progress-line.ts';
import { ALL_IN, NOTHING_DONE, runImport, SOME_REJECTED } from './run-import.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder('command');
});
afterEach(() => folder.dispose());

/** Runs the command and returns what it printed. */
async function run(argv: readonly string[], { content = '', isTTY = false } = {}) {
  const file = join(folder.path, 'products.csv');
  writeFileSync(file, content);
  const printed = { out: '', err: '' };
  const clock = steppingClock({ stepMs: 50 });
  const exitCode = await runImport([file, ...argv], {
    out: { write: (text) => (printed.out += text) },
    err: { isTTY, write: (text) => (printed.err += text) },
    nowMs: () => clock.nowMs(),
    random: seededRandom('command'),
    defaultDataFolder: join(folder.path, 'shop'),
  });
  return { exitCode, ...printed };
}

const GOOD = 'sku,name,price\nA,One,1.00\n';

describe('npm run import', () => {
  test('exit code 0 and a table when all rows are in', async () => {
    const { exitCode, out, err } = await run([], { content: GOOD });
    expect(exitCode).toBe(ALL_IN);
    expect(out).toMatch(/created +1\n/);
    expect(out).toMatch(/Published as version 1 of dub1/);
    expect(err).toBe('');
  });

  test('exit code 2 and the rejected rows when some are not', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `B${index},Two,-1\n`).join('');
    const { exitCode, out } = await run([], { content: GOOD + rows });
    expect(exitCode).toBe(SOME_REJECTED);
    expect(out).toMatch(/line 3, price: "-1" is below zero\./);
    expect(out).toMatch(/and 10 more/);
    expect(out).toMatch(/All rejected rows: .*rejected-.*\.json/);
  });

  test.each([
    ['a refused file', [], 'nothing,of,ours\n', /columns/],
    ['no good row', [], 'sku,name,price\nA,One,\n', /no row was good/],
  ] as const)('exit code 1 for %s', async (_what, argv, content, words) => {
    const { exitCode, out } = await run(argv, { content });
    expect(exitCode).toBe(NOTHING_DONE);
    expect(out).toMatch(words);
  });

  test.each([
    [['--format', 'magento'], /"magento" is no format: shopify, woocommerce, evertill/],
    [['second.csv'], /one file/],
    [['--colour'], /--colour/],
  ])('exit code 1 and the usage for %j', async (argv, words) => {
    const { exitCode, out, err } = await run(argv, { content: GOOD });
    expect(exitCode).toBe(NOTHING_DONE);
    expect(out).toBe('');
    expect(err).toMatch(words);
    expect(err).toMatch(/Usage: npm run import/);
  });

  test('exit code 1 while another import runs', async () => {
    const lock = lockCatalog(join(folder.path, 'shop'));
    const { exitCode, out } = await run(['--json'], { content: GOOD });
    lock.release();
    expect(exitCode).toBe(NOTHING_DONE);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: 'catalog-busy' } });
  });

  test('--json prints the result and nothing else', async () => {
    const { out } = await run(['--json'], { content: GOOD });
    expect(JSON.parse(out)).toMatchObject({ ok: true, report: { created: 1, rejected: [] } });
  });

  test('--dry-run says so and changes nothing', async () => {
    const { exitCode, out } = await run(['--dry-run'], { content: GOOD });
    expect(exitCode).toBe(ALL_IN);
    expect(out).toMatch(/dry run: nothing was changed/);
    expect(out).not.toMatch(/Published/);
    expect((await run([], { content: GOOD })).out).toMatch(/created +1\n/);
  });

  test('what a file holds cannot command the terminal', async () => {
    const { out } = await run([], { content: 'sku,name,price\nA,One,\u001b[2J\n' });
    expect(out).not.toContain('\u001b');
  });
});

describe('progress', () => {
  const state = { step: 'read', bytesRead: 50_000_000, bytes: 200_000_000, rows: 12_345 } as const;

  test('a terminal has one line that is overwritten and cleared', () => {
    let written = '';
    let nowMs = 0;
    const line = createProgressLine({ isTTY: true, write: (text) => (written += text) }, () => nowMs);
    line.show(state);
    nowMs = 10;
    line.show(state);
    expect(written).toBe('\r\u001b[K[██████··················]  25 %  50.0 of 200.0 MB  12,345 rows');
    line.clear();
    expect(written.endsWith('\r\u001b[K')).toBe(true);
  });

  test('a log has a line now and then, and none for a short import', () => {
    let written = '';
    let nowMs = 0;
    const line = createProgressLine({ write: (text) => (written += text) }, () => nowMs);
    line.show(state);
    expect(written).toBe('');
    nowMs = 5_000;
    line.show(state);
    line.show(state);
    line.clear();
    expect(written).toBe('25 %  50.0 of 200.0 MB  12,345 rows\n');
  });
});
