import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FiledRecord, readSealedLine, verifyChain } from '@evertill/journal';
import { exampleIdentity, exampleKey } from '@evertill/journal/testing';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import { fileHighWaterMark } from './high-water-mark.ts';
import { LedgerFault } from './ledger-fault.ts';
import type { LedgerOptions } from './ledger-options.ts';
import type { Ledger } from './ledger.ts';
import { openLedger, rebuildLedger } from './open-ledger.ts';
import { commitSale, exampleOptions } from './testing/ledger-fixture.ts';

let root: TemporaryFolder;
let ledger: Ledger;
const path = (...parts: string[]): string => join(root.path, ...parts);
const copyFile = (): string => path('copy', 'journal-copy.ndjson');
const copyLines = (): string[] => readFileSync(copyFile(), 'utf8').split('\n').slice(0, -1);
const copied = (): FiledRecord[] => copyLines().map((line) => readSealedLine(line)!);
const open = (overrides: Partial<LedgerOptions> = {}): Ledger =>
  (ledger = openLedger(exampleOptions(root.path, overrides)));
const sell = (from: number, to: number): void => {
  for (let number = from; number <= to; number += 1) commitSale(ledger, `tx-${ledger.head().epoch}-${number}`);
};
const keepBackup = (): void => cpSync(path('ledger'), path('backup'), { recursive: true });
const restoreBackup = (): void => {
  rmSync(path('ledger'), { recursive: true });
  cpSync(path('backup'), path('ledger'), { recursive: true });
};
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof LedgerFault ? error.code : String(error);
  }
  return 'accepted';
};

beforeEach(() => {
  root = temporaryFolder('opening');
  open();
});
afterEach(async () => {
  await ledger.dispose();
  root.dispose();
});

describe('the high-water mark', () => {
  test('[I13] follows the journal and never leads it', async () => {
    const mark = fileHighWaterMark(path('marks', 'high-water.json'));
    const created = mark.read();
    expect(created).toEqual(ledger.head());
    sell(1, 3);
    expect(mark.read()).toEqual(created);
    await ledger.settle();
    expect(mark.read()).toEqual(ledger.head());
  });

  test('a restored backup opens a new epoch, so no sequence number is used twice', async () => {
    sell(1, 2);
    await ledger.dispose();
    keepBackup();
    const backupHead = ledger.head();
    open();
    sell(3, 5);
    await ledger.dispose();
    restoreBackup();
    rmSync(path('copy'), { recursive: true });
    open();
    expect(ledger.opened).toMatchObject({ newEpoch: 'restored', regainedRecords: 0, created: false });
    expect(ledger.head()).toMatchObject({ epoch: 2, seq: 1 });
    expect(ledger.lastOf('EpochOpened')?.read().payload).toMatchObject({ parent: backupHead, reason: 'restored' });
    expect(ledger.nextReceiptNumber()).toBe(1);
    sell(1, 2);
    expect((await ledger.verify()).ok).toBe(true);
    await ledger.dispose();
    open();
    expect(ledger.opened.newEpoch).toBeNull();
  });

  test('a journal that went another way than the mark opens a new epoch as a clone', async () => {
    sell(1, 3);
    await ledger.dispose();
    fileHighWaterMark(path('marks', 'high-water.json')).write({ epoch: 1, seq: 3, hash: 'a'.repeat(64) });
    open();
    expect(ledger.opened.newEpoch).toBe('cloned');
    expect(ledger.head().epoch).toBe(2);
  });

  test('one that cannot be read counts as one that is not reached', async () => {
    await ledger.dispose();
    writeFileSync(path('marks', 'high-water.json'), '{"epoch":');
    open();
    expect(ledger.opened.newEpoch).toBe('restored');
    await ledger.dispose();
    open();
    expect(ledger.opened.newEpoch).toBeNull();
  });

  test('a disk lost with everything but the mark begins a later epoch', async () => {
    sell(1, 3);
    await ledger.dispose();
    rmSync(path('ledger'), { recursive: true });
    rmSync(path('copy'), { recursive: true });
    open();
    expect(ledger.opened).toEqual({ created: true, uncleanEnd: false, regainedRecords: 0, newEpoch: 'restored' });
    expect(ledger.lastOf('EpochOpened')?.read().payload).toMatchObject({ parent: null });
    expect(ledger.head()).toMatchObject({ epoch: 2, seq: 1 });
  });

  test('one that cannot be written is reported and stops no sale', async () => {
    await ledger.dispose();
    writeFileSync(path('file'), '');
    const highWater = fileHighWaterMark(path('file', 'mark.json'));
    open({ highWater: { read: () => null, write: highWater.write } });
    sell(1, 2);
    await ledger.settle();
    expect(ledger.trail().mark).toMatchObject({ ok: false, completeAtMs: null });
    expect(ledger.trail().copy).toMatchObject({ ok: true });
  });
});

describe('the second copy', () => {
  test('[I1] holds every record byte by byte and verifies by itself', async () => {
    sell(1, 30);
    await ledger.settle();
    expect(copied()).toEqual([...ledger.records()].map((record) => record.sealed));
    expect(verifyChain(copied(), { publicKeys: [exampleKey(1).publicKey], expectedHead: ledger.head() }).ok).toBe(true);
    expect(ledger.trail().copy).toMatchObject({ ok: true, problem: null });
  });

  test('gives a lost ledger back, whole', async () => {
    sell(1, 30);
    const head = ledger.head();
    await ledger.dispose();
    rmSync(path('ledger'), { recursive: true });
    open();
    expect(ledger.opened).toEqual({ created: true, uncleanEnd: false, regainedRecords: 31, newEpoch: null });
    expect(ledger.head()).toEqual(head);
    expect(ledger.nextReceiptNumber()).toBe(31);
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('gives a restored backup the sales back that it lacks: no new epoch is needed', async () => {
    sell(1, 5);
    await ledger.dispose();
    keepBackup();
    open();
    sell(6, 12);
    const head = ledger.head();
    await ledger.dispose();
    restoreBackup();
    open();
    expect(ledger.opened).toMatchObject({ regainedRecords: 7, newEpoch: null });
    expect(ledger.head()).toEqual(head);
  });

  test('a lost ledger whose copy lags comes back as far as the copy goes, in a new epoch', async () => {
    sell(1, 10);
    await ledger.dispose();
    writeFileSync(copyFile(), `${copyLines().slice(0, 6).join('\n')}\n`);
    rmSync(path('ledger'), { recursive: true });
    open();
    expect(ledger.opened).toMatchObject({ created: true, regainedRecords: 6, newEpoch: 'restored' });
    expect(ledger.lastOf('EpochOpened')?.read().payload).toMatchObject({ parent: { epoch: 1, seq: 6 } });
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('is trusted only as far as it is signed by this register', async () => {
    sell(1, 10);
    await ledger.dispose();
    const lines = copyLines();
    lines[6] = lines[6]!.replace('tx-1-6', 'tx-1-7');
    writeFileSync(copyFile(), `${lines.join('\n')}\n`);
    rmSync(path('ledger'), { recursive: true });
    open();
    expect(ledger.opened).toMatchObject({ regainedRecords: 6, newEpoch: 'restored' });
    await ledger.settle();
    expect(readdirSync(path('copy'))).toContain('journal-copy.ndjson.set-aside-1');
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('gives back what is sound before a last line that is no record', async () => {
    sell(1, 10);
    await ledger.dispose();
    writeFileSync(copyFile(), `${[...copyLines().slice(0, 8), 'not a record'].join('\n')}\n`);
    rmSync(path('ledger'), { recursive: true });
    open();
    expect(ledger.opened).toMatchObject({ created: true, regainedRecords: 8, newEpoch: 'restored' });
  });

  test('half a line at its end, left by a crash, is cut off and written again', async () => {
    sell(1, 3);
    await ledger.dispose();
    appendFileSync(copyFile(), '{"hash":"abc');
    open();
    sell(4, 4);
    await ledger.settle();
    expect((await ledger.verify()).copy).toMatchObject({ ok: true, records: 5 });
  });

  test('one of another history is set aside, never overwritten, and a new one begun', async () => {
    sell(1, 5);
    await ledger.dispose();
    keepBackup();
    open();
    sell(6, 7);
    await ledger.dispose();
    cpSync(path('copy'), path('other-copy'), { recursive: true });
    restoreBackup();
    rmSync(path('copy'), { recursive: true });
    open();
    sell(1, 2);
    await ledger.dispose();
    rmSync(path('copy'), { recursive: true });
    cpSync(path('other-copy'), path('copy'), { recursive: true });
    open();
    await ledger.settle();
    const aside = readFileSync(path('copy', 'journal-copy.ndjson.set-aside-1'), 'utf8');
    expect(aside).toBe(readFileSync(path('other-copy', 'journal-copy.ndjson'), 'utf8'));
    expect((await ledger.verify()).copy).toMatchObject({ ok: true, head: ledger.head() });
  });

  test('out of reach, it stops neither the start nor a sale, and says so', async () => {
    await ledger.dispose();
    rmSync(path('copy'), { recursive: true });
    writeFileSync(path('copy'), 'a file where the folder should be');
    open();
    sell(1, 3);
    await ledger.settle();
    expect(ledger.trail().copy).toMatchObject({ ok: false, completeAtMs: null });
    expect(ledger.trail().copy?.problem).toMatch(/EEXIST|ENOTDIR/);
    rmSync(path('copy'));
    mkdirSync(path('copy'));
    await ledger.settle();
    expect(ledger.trail().copy).toMatchObject({ ok: true, problem: null });
    expect(copied()).toHaveLength(4);
  });

  test('a register without one says so', async () => {
    await ledger.dispose();
    const { secondCopy: _none, ...options } = exampleOptions(root.path);
    ledger = openLedger(options);
    expect([ledger.trail().copy, (await ledger.verify()).copy]).toEqual([null, null]);
  });
});

describe('another key, another register', () => {
  test('a register that lost its key goes on in a new epoch under the new one', async () => {
    sell(1, 3);
    await ledger.dispose();
    open({ key: exampleKey(2) });
    expect(ledger.opened.newEpoch).toBe('repaired');
    sell(1, 2);
    expect((await ledger.verify()).journal.fault?.code).toBe('key');
    expect((await ledger.verify({ publicKeys: [exampleKey(1).publicKey, exampleKey(2).publicKey] })).ok).toBe(true);
    await ledger.dispose();
    open({ key: exampleKey(2), earlierPublicKeys: [exampleKey(1).publicKey] });
    expect(ledger.opened.newEpoch).toBeNull();
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('the ledger of another register is refused and left as it is', async () => {
    sell(1, 2);
    await ledger.dispose();
    const before = readFileSync(path('ledger', 'ledger.db'));
    const identity = { ...exampleIdentity, register: 'berlin-1-r2' };
    expect(codeOf(() => open({ identity }))).toBe('other-identity');
    expect(readFileSync(path('ledger', 'ledger.db')).equals(before)).toBe(true);
    open();
  });
});

describe('rebuilding', () => {
  test('a damaged ledger is set aside and built anew from the second copy', async () => {
    sell(1, 9);
    ledger.write((tx) => tx.putDraft({ transactionId: 'tx-x', status: 'open', name: '', json: '{}' }));
    const head = ledger.head();
    await ledger.dispose();
    const damaged = readFileSync(path('ledger', 'ledger.db')).subarray(0, 9000);
    writeFileSync(path('ledger', 'ledger.db'), damaged);
    expect(codeOf(() => open())).toBe('corrupt');
    ledger = rebuildLedger(exampleOptions(root.path));
    expect(ledger.opened).toMatchObject({ created: true, regainedRecords: 10, newEpoch: null });
    expect([ledger.head(), ledger.drafts()]).toEqual([head, []]);
    expect(readFileSync(path('ledger', 'ledger.db.set-aside-1')).equals(damaged)).toBe(true);
  });

  test('a write-ahead log without its ledger is set aside: it belongs to a file that is gone', async () => {
    sell(1, 2);
    await ledger.dispose();
    rmSync(path('ledger', 'ledger.db'));
    writeFileSync(path('ledger', 'ledger.db-wal'), 'left over');
    open();
    expect(ledger.opened.regainedRecords).toBe(3);
    expect(existsSync(path('ledger', 'ledger.db-wal.set-aside-1'))).toBe(true);
  });
});
