import { readRecord, type PayloadOf } from '@evertill/records';
import { sumSales } from '@evertill/retail';
import { expect } from 'vitest';
import type { RegisterLedger } from '../needs.ts';
import type { Disk } from './memory-ledger.ts';
import type { TestShop } from './test-shop.ts';

/**
 * What must hold of a disk at any instant: every transaction in one place and whole, receipt numbers without a gap, drafts readable,
 * a Z that equals its journal. Computed from the bytes, not by the use cases.
 */
export function auditDisk(disk: Disk, where: string): void {
  const records = disk.records.map((record) => readRecord(record.text));
  const ended = new Map<string, string>();
  const numbers: number[] = [];
  for (const record of records) {
    if (!record.known || (record.type !== 'TransactionCompleted' && record.type !== 'TransactionVoided')) continue;
    const { transactionId, receiptNumber } = record.payload;
    expect(ended.has(transactionId), `${where}: ${transactionId} ended twice`).toBe(false);
    ended.set(transactionId, record.type);
    numbers.push(receiptNumber);
    expect(disk.drafts[transactionId], `${where}: ${transactionId} ended and is a draft`).toBeUndefined();
    const moved = disk.overlay.filter((row) => row.kind === 'stock' && row.seq === record.header.seq);
    const movedPieces = moved.reduce((sum, row) => sum - (JSON.parse(row.json) as { quantity: number }).quantity, 0);
    const sold = record.type === 'TransactionCompleted' ? record.payload.lines : [];
    const soldPieces = sold.reduce((sum, line) => sum + line.quantity, 0);
    expect(movedPieces, `${where}: stock of ${transactionId}`).toBe(soldPieces);
    const originals = Object.keys(disk.jobs).filter((jobId) => jobId === `receipt:${transactionId}`);
    expect(originals, `${where}: originals of ${transactionId}`).toHaveLength(
      record.type === 'TransactionCompleted' ? 1 : 0,
    );
  }
  expect(numbers, `${where}: receipt numbers`).toEqual(numbers.map((_, index) => index + 1));
  expect(Object.values(disk.drafts).filter((draft) => draft.status === 'open').length, where).toBeLessThanOrEqual(1);
  for (const record of records) {
    if (record.known && record.type === 'ZReportIssued') auditZ(record.payload, records, where);
  }
}

/** Goes on from here as a shop would: signs on, ends what is open, takes up what was put aside, closes; and audits the end. */
export async function settle<L extends RegisterLedger>(
  shop: TestShop<L>,
  disk: () => Disk,
  where: string,
): Promise<void> {
  await shop.signOn();
  if (shop.register.snapshot('till').state === 'open') {
    await payOpen(shop);
    for (const { transactionId } of shop.register.snapshot('suspended')) {
      await shop.must('resume', { transactionId });
      await payOpen(shop);
    }
    await shop.must('closeTill', { counts: [] });
  }
  expect(shop.ledger.drafts(), where).toEqual([]);
  expect(shop.faults, where).toEqual([]);
  auditDisk(disk(), `${where}, settled`);
}

async function payOpen<L extends RegisterLedger>(shop: TestShop<L>): Promise<void> {
  const open = shop.register.snapshot('transaction');
  if (!open) return;
  if (open.lines.length > 0) await shop.must('tenderCash', { ...shop.aim, amountMinor: open.dueMinor });
  else await shop.must('voidTransaction', { transactionId: open.transactionId, reason: 'empty' });
}

function auditZ(z: PayloadOf<'ZReportIssued'>, records: ReturnType<typeof readRecord>[], where: string): void {
  const covered = records.filter((record) => record.header.seq >= z.from.seq && record.header.seq <= z.to.seq);
  expect(sumSales(covered, z.tillSessionId), `${where}: sums of Z ${z.zNumber}`).toEqual(z.sums);
  let expectedMinor = 0;
  let grandTotalMinor = 0;
  for (const record of records) {
    if (!record.known) continue;
    if (record.type === 'TillOpened' && record.payload.tillSessionId === z.tillSessionId)
      expectedMinor += record.payload.floatMinor;
    if (record.type !== 'TransactionCompleted' || record.header.seq > z.to.seq) continue;
    grandTotalMinor += record.payload.totals.totalMinor;
    if (record.payload.tillSessionId !== z.tillSessionId) continue;
    for (const tender of record.payload.tenders) expectedMinor += tender.amountMinor;
    expectedMinor -= record.payload.changeDueMinor;
  }
  expect(z.drawer.expectedMinor, `${where}: [I8] of Z ${z.zNumber}`).toBe(expectedMinor);
  expect(z.overShortMinor, `${where}: over/short of Z ${z.zNumber}`).toBe(z.countedMinor - expectedMinor);
  expect(z.grandTotalMinor, `${where}: [I12] of Z ${z.zNumber}`).toBe(grandTotalMinor);
}
