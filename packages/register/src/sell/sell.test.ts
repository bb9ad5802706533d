import { describe, expect, test } from 'vitest';
import { LedgerFailure } from '../testing/memory-ledger.ts';
import { MUG, TEA, TestShop } from '../testing/test-shop.ts';

describe('selling', () => {
  test('[CA-01] a scan becomes a line, at once on the screen and soon on the disk', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    const causes: unknown[] = [];
    shop.register.onSnapshot((name, _, cause) => causes.push(`${name} ${cause?.receivedAtMs ?? '-'}`));
    await shop.register.scan({ code: TEA, atMs: 777 });
    expect(shop.transaction).toMatchObject({ totalMinor: 399, revision: 1, lines: [{ name: 'The tea', quantity: 1 }] });
    expect(causes).toEqual(['transaction 777']);
    expect(shop.ledger.drafts()).toEqual([]);
    shop.timers.pass(50);
    expect(shop.ledger.drafts()).toMatchObject([{ status: 'open', transactionId: shop.transaction.transactionId }]);
  });

  test('many scans within a moment are one write', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    const before = shop.ledger.commits;
    for (const code of [TEA, TEA, MUG, TEA]) await shop.scan(code);
    shop.timers.pass(50);
    expect(shop.ledger.commits).toBe(before + 1);
    expect(shop.transaction.lines.map((line) => line.quantity)).toEqual([2, 1, 1]);
    shop.timers.pass(5_000);
    expect(shop.ledger.commits).toBe(before + 1);
  });

  test('[I14] [I6] enough cash completes: record, stock, job and end of the draft in one commit, then the answer', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(TEA);
    await shop.scan(MUG);
    await shop.must('changeQuantity', { ...shop.aim, lineId: shop.transaction.lines[0]?.lineId ?? '', quantity: 3 });
    shop.timers.pass(50);
    const { transactionId } = shop.transaction;
    const before = shop.ledger.commits;
    const answer = await shop.must('tenderCash', { ...shop.aim, amountMinor: 5000 });
    expect(answer).toEqual({ completed: true, changeDueMinor: 2553 });
    expect(shop.ledger.commits).toBe(before + 1);
    expect(shop.ledger.disk.drafts).toEqual({});
    const { seq } = shop.ledger.head();
    expect(shop.ledger.disk.overlay.filter(({ kind }) => kind === 'stock')).toEqual([
      { kind: 'stock', entityId: 'tea', epoch: 1, seq, json: '{"location":"BER1","quantity":-3,"unit":"EA"}' },
      { kind: 'stock', entityId: 'mug', epoch: 1, seq, json: '{"location":"BER1","quantity":-1,"unit":"EA"}' },
    ]);
    expect(shop.ledger.disk.jobs).toEqual({
      [`receipt:${transactionId}`]: {
        jobId: `receipt:${transactionId}`,
        kind: 'receipt',
        state: 'waiting',
        document: { receiptLabel: 'BER1-1-1-000001', copyNumber: 0 },
      },
    });
    expect(shop.register.snapshot('transaction')).toBeNull();
    expect(shop.register.snapshot('lastSale')).toMatchObject({
      receiptLabel: 'BER1-1-1-000001',
      totalMinor: 2447,
      tenderedMinor: 5000,
      changeDueMinor: 2553,
      print: 'waiting',
    });
    expect(shop.register.snapshot('safety')).toMatchObject({ salesOnDisk: 1, headSeq: shop.ledger.head().seq });
  });

  test('a draft that is not written yet is written before money is counted, and not again after the sale', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    expect(await shop.refusal('tenderCash', { ...shop.aim, amountMinor: 0 })).toBe('tender-too-small');
    expect(shop.ledger.drafts()).toHaveLength(1);
    await shop.scan(TEA);
    await shop.must('voidTransaction', { transactionId: shop.transaction.transactionId, reason: 'left' });
    shop.timers.pass(5_000);
    expect(shop.ledger.drafts()).toEqual([]);
    await shop.scan(MUG);
    await shop.must('suspend', { transactionId: shop.transaction.transactionId, name: '' });
    shop.timers.pass(5_000);
    expect(shop.ledger.drafts()).toMatchObject([{ status: 'suspended' }]);
  });

  test('a draft that could not be written is told, and written when there is room again', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    shop.ledger.hook = () => {
      throw new LedgerFailure('disk-full');
    };
    shop.timers.pass(50);
    expect(shop.notices).toMatchObject([{ code: 'refused', detail: 'disk-full' }]);
    shop.ledger.hook = () => undefined;
    shop.timers.pass(2_000);
    expect(shop.ledger.drafts()).toHaveLength(1);
  });

  test('[CA-16] less cash is durable before the answer, and can be taken back', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    expect(await shop.must('tenderCash', { ...shop.aim, amountMinor: 500 })).toEqual({
      completed: false,
      changeDueMinor: 0,
    });
    expect(JSON.parse(shop.ledger.drafts()[0]?.json ?? '{}')).toMatchObject({
      status: 'tendering',
      tenders: [{ amountMinor: 500 }],
    });
    expect(shop.transaction).toMatchObject({
      status: 'tendering',
      dueMinor: 750,
      quickCashMinor: [750, 1000, 2000, 5000, 10000, 20000],
    });
    const tenderId = shop.transaction.tenders[0]?.tenderId ?? '';
    await shop.must('removeTender', { ...shop.aim, tenderId });
    await shop.must('backToDraft', shop.aim);
    expect(shop.transaction.status).toBe('draft');
    await shop.sell([]);
  });

  test('[X6] a screen that is behind is told so', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    const stale = shop.aim;
    await shop.scan(TEA);
    expect(await shop.refusal('tenderCash', { ...stale, amountMinor: 5000 })).toBe('stale-screen');
    expect(await shop.refusal('voidTransaction', { transactionId: 'other', reason: 'r' })).toBe('unknown-transaction');
  });

  test('[CA-13] suspended and resumed, on this register and after a restart', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    const { transactionId } = shop.transaction;
    await shop.must('suspend', { transactionId, name: 'Blue coat' });
    expect(shop.register.snapshot('transaction')).toBeNull();
    await shop.sell([TEA]);

    const again = await TestShop.open(shop.ledger.disk);
    await again.signOn();
    expect(again.register.snapshot('suspended')).toMatchObject([
      { transactionId, name: 'Blue coat', itemCount: 1, totalMinor: 1250, cashierName: 'Anna' },
    ]);
    await again.scan(TEA);
    expect(await again.refusal('resume', { transactionId })).toBe('open-transaction');
    await again.must('voidTransaction', { transactionId: again.transaction.transactionId, reason: 'left' });
    await again.must('resume', { transactionId });
    expect(again.transaction).toMatchObject({ transactionId, resumedName: 'Blue coat', totalMinor: 1250 });
    const resumed = again.ledger.lastOf('TransactionResumed')?.read();
    const suspended = again.ledger.lastOf('TransactionSuspended');
    expect(resumed?.payload).toMatchObject({ suspended: { register: '1', epoch: 1, seq: suspended?.seq } });
    await again.sell([]);
    expect(again.register.snapshot('suspended')).toEqual([]);
  });

  test('[I5] a voided transaction takes a receipt number', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    await shop.must('voidTransaction', { transactionId: shop.transaction.transactionId, reason: 'left' });
    await shop.sell([TEA]);
    expect(shop.register.snapshot('lastSale')?.receiptNumber).toBe(2);
    expect(shop.ledger.drafts()).toEqual([]);
  });

  test('[CA-32] a crash in the middle of tendering: the same transaction, to the cent, for whoever signs on next', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    await shop.must('tenderCash', { ...shop.aim, amountMinor: 500 });
    const before = shop.transaction;

    const again = await TestShop.open(shop.ledger.disk);
    expect(again.transaction).toEqual(before);
    expect(await again.refusal('tenderCash', { ...again.aim, amountMinor: 750 })).toBe('not-signed-on');
    await again.signOn('ben');
    expect(again.notices).toMatchObject([{ code: 'transaction-restored' }]);
    await again.must('tenderCash', { ...again.aim, amountMinor: 750 });
    expect(again.ledger.lastOf('TransactionCompleted')?.read().payload).toMatchObject({ cashier: { id: 'ben' } });
  });
});

describe('what a scan may meet', () => {
  test.each([
    ['nobody signed on', async () => undefined, TEA, 'scan-ignored-signed-off', TEA],
    ['a closed till', (shop: TestShop) => shop.signOn(), TEA, 'scan-ignored-till-closed', TEA],
    ['a code that nobody knows', (shop: TestShop) => shop.openForSale(), 'NOPE', 'unknown-code', 'NOPE'],
    ['two items of one code', (shop: TestShop) => shop.openForSale(), 'TWIN', 'ambiguous-code', 'TWIN'],
    ['an item without a price', (shop: TestShop) => shop.openForSale(), 'CODE-3', 'no-price', 'The unpriced'],
  ])('[CA-02] %s: a notice, and nothing else', async (_, prepare, code, notice, detail) => {
    const shop = await TestShop.open();
    await prepare(shop);
    await shop.scan(code);
    expect(shop.notices).toMatchObject([{ code: notice, detail }]);
    expect(shop.register.snapshot('transaction')).toBeNull();
  });

  test('[CA-02] a scan while money is being counted changes nothing and is said', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(MUG);
    await shop.must('tenderCash', { ...shop.aim, amountMinor: 1 });
    const before = shop.transaction;
    await shop.scan(TEA);
    expect(shop.notices).toMatchObject([{ code: 'scan-ignored-tendering', detail: TEA }]);
    expect(shop.transaction).toEqual(before);
  });

  test('a typed code answers instead of noticing', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    expect(await shop.refusal('addByCode', { code: 'NOPE' })).toBe('unknown-item');
    expect(await shop.refusal('addByCode', { code: 'TWIN' })).toBe('unknown-item');
    expect(await shop.refusal('addItem', { itemId: 'unpriced' })).toBe('no-price');
    const first = await shop.must('addItem', { itemId: 'tea' });
    expect(await shop.must('addByCode', { code: TEA })).toEqual(first);
    expect(shop.notices).toEqual([]);
  });

  test('a price in another currency is no price', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    shop.catalog.items = shop.catalog.items.map((item) => ({
      ...item,
      price: item.price && { ...item.price, currency: 'USD' },
    }));
    expect(await shop.refusal('addByCode', { code: TEA })).toBe('no-price');
    expect(await shop.must('searchItems', { text: 'tea', limit: 5 })).toMatchObject({
      items: [{ itemId: 'tea', priceMinor: null }],
    });
  });

  test('[P4] a new catalog changes the next line, not the last', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.scan(TEA);
    shop.catalog.items = shop.catalog.items.map((item) => ({
      ...item,
      price: item.price && { ...item.price, amountMinor: 500 },
    }));
    shop.catalog.publish('v2');
    await shop.scan(TEA);
    expect(shop.transaction.lines.map((line) => line.totalMinor)).toEqual([399, 500]);
    expect(shop.notices).toMatchObject([{ code: 'catalog-updated', detail: 'v2' }]);
    await shop.sell([]);
    expect(shop.ledger.lastOf('TransactionCompleted')?.read().header.basis).toMatchObject({
      prices: 'v2',
      engine: 'evertill 0.0.0',
    });
  });
});
