import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import type { SpoolJobState } from './ledger-spool.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { commitSale, exampleOptions } from './testing/ledger-fixture.ts';

let root: TemporaryFolder;
let ledger: Ledger;

beforeEach(() => {
  root = temporaryFolder('spool');
  ledger = openLedger(exampleOptions(root.path));
});
afterEach(async () => {
  await ledger.dispose();
  root.dispose();
});
const stateOf = (jobId: string): SpoolJobState | undefined => ledger.spool.get(jobId)?.state;

describe('the print spool', () => {
  test('keeps jobs in the order in which their sales were made, each with its document', () => {
    commitSale(ledger, 'tx-1');
    commitSale(ledger, 'tx-2');
    expect(ledger.spool.nextWaiting()).toMatchObject({
      jobId: 'tx-1',
      kind: 'receipt',
      document: { blocks: [{ kind: 'text', text: 'tx-1' }] },
      state: 'waiting',
      attempts: 0,
      cutCountBefore: null,
      interruptedBefore: false,
    });
    expect(ledger.spool.unfinished().map((job) => job.jobId)).toEqual(['tx-1', 'tx-2']);
  });

  test('a job that was printing when the process died is still printing afterwards', async () => {
    commitSale(ledger, 'tx-1');
    ledger.spool.markPrinting('tx-1', { cutCountBefore: 41 });
    await ledger.dispose();
    ledger = openLedger(exampleOptions(root.path));
    expect(ledger.spool.inFlight()).toMatchObject({ jobId: 'tx-1', attempts: 1, cutCountBefore: 41 });
    expect(ledger.spool.nextWaiting()).toBeNull();
  });

  test('an interrupted job takes its old place again, marked for good', () => {
    commitSale(ledger, 'tx-1');
    commitSale(ledger, 'tx-2');
    ledger.spool.markPrinting('tx-1', { cutCountBefore: null });
    ledger.spool.markInterrupted('tx-1', 'paper-out');
    expect(ledger.spool.unfinished()[0]).toMatchObject({ jobId: 'tx-1', state: 'interrupted', reason: 'paper-out' });
    expect(ledger.spool.nextWaiting()?.jobId).toBe('tx-2');
    ledger.spool.requeueAsDuplicate('tx-1', 'asked for');
    expect(ledger.spool.nextWaiting()).toMatchObject({ jobId: 'tx-1', interruptedBefore: true });
    ledger.spool.markPrinting('tx-1', { cutCountBefore: null });
    ledger.spool.markPrinted('tx-1');
    expect(ledger.spool.get('tx-1')).toMatchObject({ state: 'printed', attempts: 2, interruptedBefore: true });
  });

  test('one job prints at a time', () => {
    commitSale(ledger, 'tx-1');
    commitSale(ledger, 'tx-2');
    ledger.spool.markPrinting('tx-1', { cutCountBefore: null });
    expect(() => ledger.spool.markPrinting('tx-2', { cutCountBefore: null })).toThrow(/another/i);
  });

  test('a mark on a job in another state throws and changes nothing', () => {
    commitSale(ledger, 'tx-1');
    const { spool } = ledger;
    expect(() => spool.markPrinted('tx-1')).toThrow(/not printing/);
    expect(() => spool.markInterrupted('tx-1', 'x')).toThrow(/not printing/);
    expect(() => spool.requeueAsDuplicate('tx-1', 'x')).toThrow(/not printing or interrupted/);
    expect(() => spool.markPrinting('nobody', { cutCountBefore: null })).toThrow(/not waiting/);
    expect(() => ledger.write((tx) => tx.requeuePrintJob('tx-1', 'x'))).toThrow(/not printing or interrupted/);
    expect(stateOf('tx-1')).toBe('waiting');
    spool.markPrinting('tx-1', { cutCountBefore: null });
    expect(() => ledger.write((tx) => tx.discardPrintJob('tx-1', 'x'))).toThrow(/not waiting or interrupted/);
    expect(stateOf('tx-1')).toBe('printing');
  });

  test('a person may have a job again or give it up, together with a record or alone', () => {
    commitSale(ledger, 'tx-1');
    ledger.spool.markPrinting('tx-1', { cutCountBefore: null });
    ledger.spool.markInterrupted('tx-1', 'power');
    ledger.write((tx) => tx.requeuePrintJob('tx-1', 'asked for'));
    expect(stateOf('tx-1')).toBe('waiting');
    ledger.write((tx) => tx.discardPrintJob('tx-1', 'not wanted'));
    expect([stateOf('tx-1'), ledger.spool.unfinished()]).toEqual(['discarded', []]);
  });

  test('says when there is something to print: after the commit, and not when there was none', () => {
    let told = 0;
    const stop = ledger.spool.onAdded(() => {
      told += ledger.spool.nextWaiting() ? 1 : 100;
    });
    commitSale(ledger, 'tx-1');
    ledger.write((tx) => tx.putSetting('a', 1));
    expect(() =>
      ledger.write((tx) => {
        tx.addPrintJob({ jobId: 'job', kind: 'test', document: {} });
        throw new Error('changed my mind');
      }),
    ).toThrow();
    expect(told).toBe(1);
    stop();
    commitSale(ledger, 'tx-2');
    expect(told).toBe(1);
  });

  test('a backlog without a printer is bounded: the oldest goes, no sale is refused', () => {
    ledger.write((tx) => {
      for (let number = 0; number < 5003; number += 1) {
        tx.addPrintJob({ jobId: `job-${number}`, kind: 'receipt', document: {} });
      }
    });
    expect(ledger.spool.nextWaiting()?.jobId).toBe('job-3');
    expect(stateOf('job-2')).toBe('discarded');
    ledger.checkpointWhenIdle();
    expect(ledger.spool.unfinished()).toHaveLength(5000);
  });

  test('jobs that are done are forgotten in a quiet moment, except the last of them', () => {
    ledger.write((tx) => {
      for (let number = 0; number < 210; number += 1) {
        tx.addPrintJob({ jobId: `job-${number}`, kind: 'receipt', document: {} });
        tx.discardPrintJob(`job-${number}`, 'test');
      }
    });
    ledger.checkpointWhenIdle();
    expect([stateOf('job-9'), stateOf('job-10')]).toEqual([undefined, 'discarded']);
  });

  test('a document that its reader refuses is refused on reading, not printed', async () => {
    commitSale(ledger, 'tx-1');
    await ledger.dispose();
    const readDocument = (value: unknown): unknown => {
      if (!(value as { cut?: unknown }).cut) throw new TypeError('a document needs a cut');
      return value;
    };
    ledger = openLedger(exampleOptions(root.path, { readDocument }));
    expect(() => ledger.spool.nextWaiting()).toThrow(/needs a cut/);
  });
});
