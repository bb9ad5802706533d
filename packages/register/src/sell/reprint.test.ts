import { describe, expect, test } from 'vitest';
import { TEA, TestShop } from '../testing/test-shop.ts';

describe('paper', () => {
  test('[I25] reprints are numbered, recorded, and never a second original', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    expect(await shop.refusal('reprintLast', {})).toBe('nothing-to-reprint');
    await shop.sell([TEA]);
    expect(await shop.must('reprintLast', {})).toEqual({ copyNumber: 1 });
    const again = await TestShop.open(shop.ledger.disk);
    await again.signOn();
    expect(await again.must('reprintLast', {})).toEqual({ copyNumber: 2 });
    expect(Object.values(again.ledger.disk.jobs).map((job) => job.document)).toEqual([
      { receiptLabel: 'BER1-1-1-000001', copyNumber: 0 },
      { receiptLabel: 'BER1-1-1-000001', copyNumber: 1 },
      { receiptLabel: 'BER1-1-1-000001', copyNumber: 2 },
    ]);
    await again.sell([TEA]);
    expect(await again.must('reprintLast', {})).toEqual({ copyNumber: 1 });
  });

  test('the print state of the last sale follows the spool', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA]);
    const jobId = Object.keys(shop.ledger.disk.jobs)[0] ?? '';
    shop.register.printJobChanged(shop.ledger.setJobState(jobId, 'printing'));
    expect(shop.register.snapshot('lastSale')?.print).toBe('printing');
    shop.register.printJobChanged(shop.ledger.setJobState(jobId, 'printed'));
    expect(shop.register.snapshot('devices').jobs).toEqual([
      { jobId, kind: 'receipt', label: 'BER1-1-1-000001', state: 'printed' },
    ]);
    const again = await TestShop.open(shop.ledger.disk);
    expect(again.register.snapshot('lastSale')?.print).toBe('printed');
    expect(again.register.snapshot('devices').jobs).toEqual([]);
  });

  test('[I25] an interrupted job is decided by a person; printing it again is recorded', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA]);
    const jobId = Object.keys(shop.ledger.disk.jobs)[0] ?? '';
    expect(await shop.refusal('resolvePrintJob', { jobId, action: 'discard' })).toBe('wrong-state');
    expect(await shop.refusal('resolvePrintJob', { jobId: 'none', action: 'discard' })).toBe('unknown-job');
    shop.register.printJobChanged(shop.ledger.setJobState(jobId, 'interrupted'));
    expect(shop.notices).toMatchObject([{ code: 'print-interrupted', detail: 'BER1-1-1-000001' }]);

    const again = await TestShop.open(shop.ledger.disk);
    expect(again.register.snapshot('devices').jobs).toMatchObject([
      { jobId, label: 'BER1-1-1-000001', state: 'interrupted' },
    ]);
    await again.signOn();
    await again.must('resolvePrintJob', { jobId, action: 'print-again' });
    expect(again.ledger.spool.get(jobId)?.state).toBe('waiting');
    expect(again.ledger.lastOf('ReceiptReprinted')?.read().payload).toMatchObject({
      copyNumber: 1,
      reason: 'interrupted',
    });
    again.register.printJobChanged(again.ledger.setJobState(jobId, 'interrupted'));
    await again.must('resolvePrintJob', { jobId, action: 'discard' });
    expect(again.ledger.spool.get(jobId)?.state).toBe('discarded');
    expect(await again.must('reprintLast', {})).toEqual({ copyNumber: 2 });
  });

  test('a receipt that cannot be made does not stop the sale', async () => {
    const broken = {
      sale: () => {
        throw new Error('no such font');
      },
      xReport: () => ({}),
      zReport: () => ({}),
    };
    const shop = await TestShop.open(undefined, { receipts: broken });
    await shop.openForSale();
    await shop.sell([TEA]);
    expect(shop.register.snapshot('lastSale')).toMatchObject({ totalMinor: 399, print: 'none' });
    expect(shop.faults).toMatchObject([{ where: 'receipt' }]);
  });

  test('devices are shown by kind, and a printer in need is said once', async () => {
    const shop = await TestShop.open();
    const printer = { kind: 'printer', name: 'TM-T88', since: '2026-03-02T08:00:00.000Z' } as const;
    shop.register.deviceChanged({ ...printer, state: 'ready' });
    shop.register.deviceChanged({ ...printer, state: 'paper-out' });
    shop.register.deviceChanged({ ...printer, state: 'paper-out' });
    shop.register.deviceChanged({ ...printer, kind: 'scanner', state: 'offline' });
    expect(shop.register.snapshot('devices').devices).toHaveLength(2);
    expect(shop.notices.map((notice) => notice.code)).toEqual(['printer-paper-out']);
  });

  test('finished jobs leave the list first', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA]);
    const first = Object.keys(shop.ledger.disk.jobs)[0] ?? '';
    for (let index = 0; index < 30; index += 1) await shop.must('reprintLast', {});
    const { jobs } = shop.register.snapshot('devices');
    expect(jobs).toHaveLength(20);
    shop.register.printJobChanged({ jobId: jobs[5]?.jobId ?? '', kind: 'receipt', state: 'printed' });
    await shop.must('reprintLast', {});
    expect(shop.register.snapshot('devices').jobs.some((job) => job.state === 'printed')).toBe(false);
    expect(shop.register.snapshot('lastSale')?.print).toBe(shop.ledger.spool.get(first)?.state);
  });
});
