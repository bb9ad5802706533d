import { describe, expect, test } from 'vitest';
import { MUG, TEA, TestShop } from '../testing/test-shop.ts';

const tens = (count: number) => ({ counts: [{ denominationMinor: 1000, count }] });
const DAY_MS = 24 * 3_600_000;

describe('the till and its day', () => {
  test('[MG-01] [L3] opening counts the float and opens the day once', async () => {
    const shop = await TestShop.open();
    await shop.signOn();
    expect(await shop.refusal('openTill', { counts: [{ denominationMinor: 3, count: 1 }] })).toBe(
      'unknown-denomination',
    );
    expect(await shop.refusal('openTill', { counts: [{ denominationMinor: 1000, count: -1 }] })).toBe(
      'count-out-of-range',
    );
    await shop.must('openTill', tens(10));
    expect(shop.register.snapshot('till')).toMatchObject({
      state: 'open',
      floatMinor: 10_000,
      businessDate: '2026-03-02',
      openedBy: 'Anna',
    });
    expect(await shop.refusal('openTill', tens(10))).toBe('till-open');
    await shop.must('closeTill', tens(10));
    await shop.must('openTill', tens(5));
    const days = () => [...shop.ledger.records({ type: 'BusinessDayOpened' })].length;
    expect(days()).toBe(1);
    await shop.must('closeTill', tens(5));
    shop.clock.advance(DAY_MS);
    await shop.must('openTill', tens(5));
    expect(days()).toBe(2);
    await shop.must('closeTill', tens(5));
    shop.clock.advance(-3 * DAY_MS);
    await shop.must('openTill', tens(5));
    expect(shop.register.snapshot('till')).toMatchObject({ businessDate: '2026-03-03' });
    expect(days()).toBe(2);
  });

  test('[I12] the sums that run along stay those of the journal through a day of everything', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(TEA);
    await shop.scan(MUG);
    const [line] = shop.transaction.lines;
    await shop.must('voidLine', { ...shop.aim, lineId: line?.lineId ?? '', reason: 'changed mind' });
    await shop.must('suspend', { transactionId: shop.transaction.transactionId, name: 'blue coat' });
    await shop.sell([TEA], 500);
    const [parked] = shop.register.snapshot('suspended');
    await shop.must('resume', { transactionId: parked?.transactionId ?? '' });
    await shop.must('tenderCash', { ...shop.aim, amountMinor: 100 });
    await shop.must('tenderCash', { ...shop.aim, amountMinor: 2000 });
    await shop.must('reprintLast', {});
    await shop.scan(TEA);
    await shop.must('voidTransaction', { transactionId: shop.transaction.transactionId, reason: 'no money' });
    await shop.must('readX', { print: true });
    await shop.sell([MUG], 2000);
    const z = await shop.must('closeTill', tens(10));
    expect(z.sums).toMatchObject({
      transactionCount: 3,
      voidedTransactionCount: 1,
      voidedLineCount: 1,
      totalMinor: 2899,
    });
    expect(shop.faults).toEqual([]);
  });

  test('[I8] [MG-04] an X reads what the journal says and changes nothing', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA, MUG], 2000);
    await shop.sell([TEA]);
    await shop.scan(MUG);
    const x = await shop.must('readX', { print: true });
    expect(x).toMatchObject({
      businessDate: '2026-03-02',
      sums: {
        transactionCount: 2,
        itemCount: 3,
        totalMinor: 2048,
        changeGivenMinor: 351,
        firstReceiptNumber: 1,
        lastReceiptNumber: 2,
      },
      drawer: { floatMinor: 10_000, cashTenderedMinor: 2399, changeGivenMinor: 351, expectedMinor: 12_048 },
    });
    expect(await shop.must('readX', { print: false })).toMatchObject({ sums: x.sums, drawer: x.drawer });
    expect(Object.values(shop.ledger.disk.jobs).filter((job) => job.kind === 'x-report')).toMatchObject([
      { document: { total: 2048 } },
    ]);
    expect(shop.transaction.totalMinor).toBe(1250);
  });

  test('an X reads the session once after a start, and never again', async () => {
    const shop = await TestShop.open();
    let reads = 0;
    const records = shop.ledger.records.bind(shop.ledger);
    shop.ledger.records = function* (filter) {
      for (const record of records(filter)) {
        reads += 1;
        yield record;
      }
    };
    await shop.openForSale();
    for (let sale = 1; sale <= 60; sale += 1) await shop.sell([TEA]);
    expect(await shop.must('readX', { print: false })).toMatchObject({ sums: { transactionCount: 60 } });
    expect(reads).toBe(0);
    await shop.must('closeTill', tens(0));
    expect(reads).toBe(60);
    expect(shop.faults).toEqual([]);

    const before = shop.ledger.disk;
    const again = await TestShop.open(before);
    await again.signOn();
    expect(await again.must('lastZ', {})).toMatchObject({ sums: { transactionCount: 60 } });
  });

  test('[I21] sums that ran astray are told, and the journal is right', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA]);
    await shop.must('readX', { print: false });
    const sale = shop.ledger.disk.records.find((record) => record.type === 'TransactionCompleted');
    if (sale) sale.text = sale.text.replaceAll('399', '398').replaceAll('335', '334');
    expect(await shop.must('closeTill', tens(10))).toMatchObject({ sums: { totalMinor: 398 } });
    expect(shop.faults).toMatchObject([{ where: 'tally' }]);
  });

  test('[MG-05] [I8] [I12] closing states count, sums and grand total in one commit', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA, MUG], 2000);
    expect(await shop.must('countTill', tens(11))).toEqual({
      countedMinor: 11_000,
      expectedMinor: 11_649,
      overShortMinor: -649,
    });
    const before = shop.ledger.commits;
    const z = await shop.must('closeTill', tens(11));
    expect(shop.ledger.commits).toBe(before + 1);
    expect(z).toMatchObject({
      zNumber: 1,
      countedMinor: 11_000,
      overShortMinor: -649,
      previousGrandTotalMinor: 0,
      grandTotalMinor: 1649,
      sums: { hours: [{ hour: 9, transactionCount: 1, totalMinor: 1649 }] },
    });
    const [closed, issued] = [shop.ledger.lastOf('TillClosed'), shop.ledger.lastOf('ZReportIssued')];
    expect(issued?.read().payload).toMatchObject({
      from: { epoch: 1, seq: shop.ledger.lastOf('TillOpened')?.seq },
      to: { epoch: 1, seq: closed?.seq },
    });
    expect(Object.keys(shop.ledger.disk.jobs)).toContain('z-report:1-1');
    expect(shop.register.snapshot('till')).toMatchObject({ state: 'closed', lastZNumber: 1 });

    await shop.must('openTill', tens(10));
    await shop.sell([TEA]);
    expect(await shop.must('closeTill', tens(10))).toMatchObject({
      zNumber: 2,
      previousGrandTotalMinor: 1649,
      grandTotalMinor: 2048,
    });
    expect(await shop.must('lastZ', {})).toMatchObject({ zNumber: 2, sums: { totalMinor: 399 } });
    const again = await TestShop.open(shop.ledger.disk);
    await again.signOn();
    expect(await again.must('lastZ', {})).toMatchObject({ zNumber: 2, grandTotalMinor: 2048 });
    expect(again.register.snapshot('till')).toMatchObject({ state: 'closed', lastZNumber: 2 });
  });

  test('[MG-15] open and suspended transactions stop a close', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    expect(await shop.refusal('closeTill', tens(10))).toBe('open-transaction');
    await shop.must('suspend', { transactionId: shop.transaction.transactionId, name: '' });
    expect(await shop.refusal('closeTill', tens(10))).toBe('suspended-transactions');
    const again = await TestShop.open(shop.ledger.disk);
    await again.signOn();
    expect(await again.refusal('closeTill', tens(10))).toBe('suspended-transactions');
  });

  test('what money rests on changes between till sessions only', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    shop.catalog.profile = { ...baseProfile, name: 'New name' };
    shop.catalog.publish('v2');
    await settled();
    expect(shop.register.snapshot('register').storeName).toBe('New name');
    shop.catalog.profile = { ...baseProfile, currency: 'USD', name: 'Newer' };
    shop.catalog.publish('v3');
    await settled();
    expect(shop.register.snapshot('register')).toMatchObject({ currency: 'EUR', storeName: 'New name' });
  });

  test('without a catalog the store is remembered; without either, the register says what to do', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    const again = await TestShop.open(shop.ledger.disk, { catalog: Object.assign(shop.catalog, { profile: null }) });
    expect(again.register.snapshot('register').storeName).toBe('Berlin One');
    await expect(TestShop.open(undefined, { catalog: shop.catalog })).rejects.toMatchObject({ code: 'store-unknown' });
  });
});

const baseProfile = {
  id: 'BER1',
  name: 'Berlin One',
  addressLines: [],
  currency: 'EUR',
  countryCode: 'DE',
  locale: 'de-DE',
  timeZone: 'Europe/Berlin',
  taxIncluded: true,
  receiptFooterLines: [],
};
