import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exampleKey } from '@evertill/journal/testing';
import { type Ledger, memoryHighWaterMark, openLedger } from '@evertill/ledger';
import { seededRandom, temporaryFolder, type TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RegisterNeeds } from './needs.ts';
import { auditDisk, settle } from './testing/audit.ts';
import type { Disk } from './testing/memory-ledger.ts';
import { sellingDay } from './testing/selling-day.ts';
import { identity, TEA, TestShop } from './testing/test-shop.ts';

let root: TemporaryFolder;
const opened: Ledger[] = [];
beforeEach(() => {
  root = temporaryFolder('register');
});
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.dispose();
  root.dispose();
});

function ledgerIn(name: string, options: { sizeMaxBytes?: number } = {}) {
  return (clock: RegisterNeeds['clock']): Ledger => {
    const ledger = openLedger({
      folder: join(root.path, name),
      identity,
      key: exampleKey(1),
      clock,
      random: seededRandom(name),
      highWater: memoryHighWaterMark(),
      ...options,
    });
    opened.push(ledger);
    return ledger;
  };
}

/** What is in the files now, as another process would find it after a loss of power. */
function copyFiles(from: string, to: string): void {
  mkdirSync(join(root.path, to), { recursive: true });
  for (const file of ['ledger.db', 'ledger.db-wal']) {
    const source = join(root.path, from, file);
    if (existsSync(source)) copyFileSync(source, join(root.path, to, file));
  }
}

function diskOf(ledger: Ledger): Disk {
  const jobs = ledger.spool
    .unfinished()
    .map((job) => [job.jobId, { ...job, document: null, kind: 'receipt' as const }]);
  return {
    records: [...ledger.records()].map(({ epoch, seq, type, at, sealed }) => {
      return { place: { epoch, seq }, type, at, text: sealed.text, hash: sealed.hash };
    }),
    drafts: Object.fromEntries(ledger.drafts().map((draft) => [draft.transactionId, draft])),
    overlay: [...ledger.overlay({ kind: 'stock' })],
    jobs: Object.fromEntries(jobs) as Disk['jobs'],
    settings: {},
  };
}

describe('the use cases on the real ledger', () => {
  test('[I14] [CA-32] files as they are after each commit of a day open, audit, and settle to a Z that equals the journal', async () => {
    const shop = await TestShop.openOn(ledgerIn('day'));
    const edges: { name: string; during: string }[] = [];
    let during = '';
    shop.ledger.onCommit(() => {
      const name = `edge-${edges.length}`;
      copyFiles('day', name);
      edges.push({ name, during });
    });
    for (const [name, step] of sellingDay) {
      during = name;
      await step(shop);
    }
    expect(shop.faults).toEqual([]);
    expect(edges.length).toBeGreaterThan(20);
    for (const { name, during: step } of edges) {
      const again = await TestShop.openOn(ledgerIn(name));
      auditDisk(diskOf(again.ledger), step);
      await settle(again, () => diskOf(again.ledger), step);
      expect(await again.ledger.verify()).toMatchObject({ ok: true });
    }
  });

  test('[I14] a disk that fills up: sales are refused whole, and what was acknowledged stays', async () => {
    const shop = await TestShop.openOn(ledgerIn('small', { sizeMaxBytes: 160 * 1024 }));
    await shop.openForSale();
    let sold = 0;
    let refused = '';
    for (let round = 0; round < 500 && refused === ''; round += 1) {
      await shop.scan(TEA);
      const outcome = await shop.register.handle('tenderCash', { ...shop.aim, amountMinor: 399 });
      if (outcome.ok) sold += 1;
      else refused = outcome.error.code;
    }
    expect(refused).toBe('disk-full');
    expect(sold).toBeGreaterThan(0);
    expect(shop.ledger.counts().sales).toBe(sold);
    expect(shop.transaction.totalMinor).toBe(399);
    auditDisk(diskOf(shop.ledger), 'disk full');
    await shop.ledger.dispose();
    const again = await TestShop.openOn(ledgerIn('small'));
    await again.signOn();
    expect(again.ledger.counts().sales).toBe(sold);
    await again.sell(again.register.snapshot('transaction') ? [] : [TEA]);
    expect(again.register.snapshot('lastSale')?.receiptNumber).toBe(sold + 1);
  });
});
