import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyChain } from '@evertill/journal';
import { exampleKey } from '@evertill/journal/testing';
import { anyExampleFact, exampleFact, exampleSale } from '@evertill/records/testing';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import type { LedgerOptions } from './ledger-options.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { commitSale, exampleContext, exampleOptions } from './testing/ledger-fixture.ts';

let root: TemporaryFolder;
let ledger: Ledger;
const open = (overrides: Partial<LedgerOptions> = {}): Ledger => openLedger(exampleOptions(root.path, overrides));
const reopened = async (overrides: Partial<LedgerOptions> = {}): Promise<Ledger> => {
  await ledger.dispose();
  return (ledger = open(overrides));
};
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'accepted';
};

beforeEach(() => {
  root = temporaryFolder('ledger');
  ledger = open();
});
afterEach(async () => {
  await ledger.dispose();
  root.dispose();
});

describe('a new ledger', () => {
  test('begins with an epoch that says how it came about', () => {
    expect(ledger.opened).toEqual({ created: true, uncleanEnd: false, regainedRecords: 0, newEpoch: 'enrolled' });
    expect(ledger.head()).toMatchObject({ epoch: 1, seq: 1 });
    expect(ledger.lastOf('EpochOpened')?.read().payload).toMatchObject({ parent: null, reason: 'enrolled' });
    expect([ledger.nextReceiptNumber(), ledger.nextZNumber(), ledger.grandTotalMinor()]).toEqual([1, 1, 0]);
  });

  test('goes on where it ended', async () => {
    commitSale(ledger, 'tx-1');
    const head = ledger.head();
    await reopened();
    expect(ledger.opened).toEqual({ created: false, uncleanEnd: false, regainedRecords: 0, newEpoch: null });
    expect(ledger.head()).toEqual(head);
    expect(ledger.nextReceiptNumber()).toBe(2);
    expect(ledger.counts()).toEqual({ records: 2, sales: 1 });
  });
});

describe('append', () => {
  test('[I4] chains what it records and answers with it', () => {
    const [first, second] = ledger.append([exampleFact('SignedOn'), exampleSale('tx-1', 1)], exampleContext);
    expect([first!.head.seq, second!.head.seq]).toEqual([2, 3]);
    expect(second!.header.prevHash).toBe(first!.head.hash);
    expect(ledger.head()).toEqual(second!.head);
    expect(verifyChain([...ledger.records()].map((record) => record.sealed)).ok).toBe(true);
  });

  test('[I5] receipt numbers have no gap and no double, voids included, over a restart', async () => {
    commitSale(ledger, 'tx-1');
    const voided = anyExampleFact('TransactionVoided');
    expect(ledger.nextReceiptNumber()).toBe(2);
    ledger.append([voided], exampleContext);
    await reopened();
    expect(ledger.nextReceiptNumber()).toBe(3);
    for (const number of [1, 2, 4]) {
      expect(codeOf(() => ledger.append([exampleSale('tx-x', number)], exampleContext))).toBe('number-out-of-order');
    }
    expect(codeOf(() => ledger.append([exampleSale('a', 3), exampleSale('b', 3)], exampleContext))).toBe(
      'number-out-of-order',
    );
    commitSale(ledger, 'tx-3');
    expect(ledger.nextReceiptNumber()).toBe(4);
  });

  test('[I12] Z numbers are gapless and the grand total adds up', async () => {
    const z = exampleFact('ZReportIssued');
    ledger.append([z], exampleContext);
    expect([ledger.nextZNumber(), ledger.grandTotalMinor()]).toEqual([2, 2000]);
    await reopened();
    const second = { ...z.payload, zNumber: 2, previousGrandTotalMinor: 2000, grandTotalMinor: 4000 };
    const append = (payload: typeof second) =>
      codeOf(() => ledger.append([{ type: 'ZReportIssued', payload }], exampleContext));
    expect(append({ ...second, zNumber: 3 })).toBe('number-out-of-order');
    expect(append({ ...second, previousGrandTotalMinor: 0 })).toBe('number-out-of-order');
    expect(append({ ...second, grandTotalMinor: 3999 })).toBe('number-out-of-order');
    expect(append(second)).toBe('accepted');
    expect(ledger.grandTotalMinor()).toBe(4000);
  });

  test('[I14] what throws beside the record leaves nothing: on disk or in memory', async () => {
    commitSale(ledger, 'tx-1');
    const before = { head: ledger.head(), counts: ledger.counts(), number: ledger.nextReceiptNumber() };
    const attempt = () =>
      ledger.append([exampleSale('tx-2', 2)], exampleContext, (tx) => {
        tx.putDraft({ transactionId: 'tx-9', status: 'open', name: '', json: '{}' });
        tx.addPrintJob({ jobId: 'tx-1', kind: 'receipt', document: {} });
      });
    expect(attempt).toThrow(/UNIQUE/);
    const after = () => ({ head: ledger.head(), counts: ledger.counts(), number: ledger.nextReceiptNumber() });
    expect(after()).toEqual(before);
    await reopened();
    expect(after()).toEqual(before);
    expect(ledger.drafts()).toEqual([]);
    commitSale(ledger, 'tx-2');
  });

  test('the business date never runs backwards', async () => {
    commitSale(ledger, 'tx-1');
    await reopened();
    const yesterday = { ...exampleContext, businessDate: '2026-03-01' };
    expect(codeOf(() => ledger.append([exampleFact('SignedOn')], yesterday))).toBe('business-date-backwards');
    expect(codeOf(() => ledger.append([exampleFact('SignedOn')], { ...exampleContext, businessDate: null }))).toBe(
      'business-date-backwards',
    );
  });

  test('refuses nothing, too much, and an epoch of somebody’s own', () => {
    expect(codeOf(() => ledger.append([], exampleContext))).toBe('limit');
    expect(codeOf(() => ledger.append(Array(21).fill(exampleFact('SignedOn')), exampleContext))).toBe('limit');
    expect(() => ledger.append([exampleFact('EpochOpened')], exampleContext)).toThrow(/openLedger only/);
    expect(ledger.head().seq).toBe(1);
  });

  test('a fact that cannot be a record is refused before anything is written', () => {
    const sale = exampleSale('no spaces allowed', 1);
    expect(codeOf(() => ledger.append([sale], exampleContext))).toBe('record-shape');
    expect(ledger.head().seq).toBe(1);
  });

  test('tells of a commit after it, and a listener’s fault undoes nothing', async () => {
    const told: number[] = [];
    const uncaught = new Promise((resolve) => process.prependOnceListener('uncaughtException', resolve));
    const listeners = process.rawListeners('uncaughtException').slice(1) as NodeJS.UncaughtExceptionListener[];
    for (const listener of listeners) process.off('uncaughtException', listener);
    const stop = ledger.onCommit((records) => {
      told.push(records.length);
      throw new Error('a listener failed');
    });
    commitSale(ledger, 'tx-1');
    expect(await uncaught).toMatchObject({ message: 'a listener failed' });
    for (const listener of listeners) process.on('uncaughtException', listener);
    stop();
    commitSale(ledger, 'tx-2');
    expect([told, ledger.head().seq]).toEqual([[1], 3]);
  });
});

describe('reading', () => {
  beforeEach(() => {
    for (let number = 1; number <= 250; number += 1) commitSale(ledger, `tx-${number}`);
    ledger.append([exampleFact('SignedOff')], { ...exampleContext, businessDate: '2026-03-03' });
  });

  test('gives records in order, by type, day, place and number', () => {
    expect([...ledger.records()].map((record) => record.seq)).toEqual(
      Array.from({ length: 252 }, (_, index) => index + 1),
    );
    expect([...ledger.records({ type: 'SignedOff' })].map((record) => record.seq)).toEqual([252]);
    expect([...ledger.records({ type: ['SignedOff', 'EpochOpened'] })].map((record) => record.seq)).toEqual([1, 252]);
    expect([...ledger.records({ businessDate: '2026-03-03' })]).toHaveLength(1);
    expect([...ledger.records({ fromSeq: 250, limit: 2 })].map((record) => record.seq)).toEqual([250, 251]);
    expect([...ledger.records({ epoch: 2 })]).toEqual([]);
    expect(ledger.lastOf('TransactionCompleted')?.read().payload).toMatchObject({ receiptNumber: 250 });
    expect(ledger.lastOf('TillOpened')).toBeNull();
  });

  test('a reading that is left half-way holds nothing up', () => {
    const reading = ledger.records();
    reading.next();
    ledger.write((tx) => tx.putSetting('printer', 'on'));
    expect(ledger.checkpointWhenIdle().busy).toBe(false);
  });

  test('[I4] the whole verifies with its second copy, and under the register’s own key only', async () => {
    expect(await ledger.verify()).toMatchObject({
      ok: true,
      journal: { records: 252 },
      copy: { ok: true, records: 252 },
    });
    const stranger = await ledger.verify({ publicKeys: [exampleKey(9).publicKey] });
    expect(stranger.journal.fault?.code).toBe('key');
  });
});

describe('drafts, overlay and settings', () => {
  test('go with a record or alone, and last', async () => {
    ledger.write((tx) => {
      tx.putDraft({ transactionId: 'tx-1', status: 'open', name: '', json: '{"lines":1}' });
      tx.putDraft({ transactionId: 'tx-2', status: 'suspended', name: 'blue jacket', json: '{}' });
      tx.putSetting('printer', { host: '10.0.0.9' });
    });
    ledger.write((tx) => tx.putDraft({ transactionId: 'tx-1', status: 'open', name: '', json: '{"lines":2}' }));
    await reopened();
    expect(ledger.drafts().map(({ transactionId, json }) => [transactionId, json])).toEqual([
      ['tx-2', '{}'],
      ['tx-1', '{"lines":2}'],
    ]);
    expect(ledger.setting('printer')).toEqual({ host: '10.0.0.9' });
    expect(ledger.setting('scale')).toBeUndefined();
    commitSale(ledger, 'tx-1');
    expect(ledger.drafts().map((draft) => draft.transactionId)).toEqual(['tx-2']);
  });

  test('[I26] overlay rows go when covered, up to the sequence and in that epoch only', () => {
    commitSale(ledger, 'tx-1');
    commitSale(ledger, 'tx-2');
    const seqs = (entityId?: string) =>
      ledger.overlay({ kind: 'stock', ...(entityId ? { entityId } : {}) }).map((row) => row.seq);
    expect(seqs('item-mug')).toEqual([2, 3]);
    ledger.write((tx) => tx.removeCoveredOverlay({ kind: 'stock', entityId: 'item-mug', epoch: 2, seq: 99 }));
    ledger.write((tx) => tx.removeCoveredOverlay({ kind: 'stock', entityId: 'item-pen', epoch: 1, seq: 99 }));
    expect(seqs()).toEqual([2, 3]);
    ledger.write((tx) => tx.removeCoveredOverlay({ kind: 'stock', entityId: 'item-mug', epoch: 1, seq: 2 }));
    expect(seqs()).toEqual([3]);
  });

  test('have limits', () => {
    const draft = { transactionId: 'tx', status: 'open' as const, name: '', json: '{}' };
    const tooLong = ' '.repeat(1024 * 1024 + 1);
    expect(codeOf(() => ledger.write((tx) => tx.putDraft({ ...draft, json: tooLong })))).toBe('limit');
    const tooMany = () =>
      ledger.write((tx) => {
        for (let number = 0; number <= 500; number += 1) tx.putDraft({ ...draft, transactionId: `tx-${number}` });
      });
    expect(codeOf(tooMany)).toBe('limit');
    expect(ledger.drafts()).toEqual([]);
  });

  test('the doors of a transaction close with it', () => {
    const kept = ledger.write((tx) => tx);
    expect(() => kept.putSetting('a', 1)).toThrow(/over/);
  });

  test('the work of a transaction cannot wait for anything', () => {
    expect(() => ledger.write(() => Promise.resolve())).toThrow(/synchronous/);
  });
});

describe('the life of a ledger', () => {
  test('a second one on the same folder is refused while the first is open', async () => {
    expect(codeOf(() => open())).toBe('already-open');
    await reopened();
    expect(ledger.opened.created).toBe(false);
  });

  test('closed is closed, and closing twice is closing once', async () => {
    await Promise.all([ledger.dispose(), ledger.dispose()]);
    expect(codeOf(() => commitSale(ledger, 'tx-1'))).toBe('disposed');
  });

  test('the journal’s table takes no edit, not even from here', async () => {
    commitSale(ledger, 'tx-1');
    await ledger.dispose();
    const { openSqlite } = await import('@evertill/sqlite');
    const db = openSqlite({ file: `${root.path}/ledger/ledger.db` });
    expect(() => db.exec(`UPDATE journal SET text = 'x'`)).toThrow(/append-only/);
    expect(() => db.exec('DELETE FROM journal')).toThrow(/append-only/);
    db.close();
  });
});
