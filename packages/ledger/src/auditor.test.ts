import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { commitSale, exampleOptions } from './testing/ledger-fixture.ts';

const program = fileURLToPath(new URL('../../journal/bin/evertill-journal.mjs', import.meta.url));
let root: TemporaryFolder;
let ledger: Ledger;

beforeEach(() => {
  root = temporaryFolder('auditor');
  ledger = openLedger(exampleOptions(root.path));
  for (let number = 1; number <= 30; number += 1) commitSale(ledger, `tx-${number}`);
});
afterEach(async () => {
  await ledger.dispose();
  root.dispose();
});

const file = (): string => join(root.path, 'ledger', 'ledger.db');
function audit(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}
/** Names, sizes, times and bytes: whoever reads only leaves all of them. */
function stateOfFolder(): string[] {
  const folder = join(root.path, 'ledger');
  return readdirSync(folder)
    .sort()
    .filter((name) => !name.endsWith('-shm') && name !== 'ledger.lock')
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name} ${size} ${mtimeMs} ${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}`;
    });
}

describe('[MG-21] the auditor as a program', () => {
  test('verifies a ledger that a register is selling on, up to its latest sale, and changes nothing', () => {
    const { epoch, seq, hash } = ledger.head();
    const before = stateOfFolder();
    const { status, stdout, stderr } = audit('verify', file(), '--json', '--head', `${epoch}/${seq}/${hash}`);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, records: 31, head: ledger.head() });
    expect(stateOfFolder()).toEqual(before);
    commitSale(ledger, 'tx-31');
  });

  test('verifies a closed one, leaving no file beside it', async () => {
    await ledger.dispose();
    const before = stateOfFolder();
    expect(audit('verify', file())).toMatchObject({ status: 0, stderr: '' });
    expect(stateOfFolder()).toEqual(before);
  });

  test('[I3] the export of a ledger is its second copy, byte by byte', async () => {
    await ledger.settle();
    const copy = readFileSync(join(root.path, 'copy', 'journal-copy.ndjson'), 'utf8');
    expect(audit('export', file()).stdout).toBe(copy);
    expect(audit('verify', join(root.path, 'copy', 'journal-copy.ndjson')).status).toBe(0);
  });
});
