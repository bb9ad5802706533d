import { restoreSuspended } from '@evertill/retail';
import { recordTypes } from '@evertill/records';
import { anyExampleFact, exampleBasis, exampleFacts } from '@evertill/records/testing';
import { describe, expect, test } from 'vitest';
import { foreignRecord, ledgerRecord, saleOf } from '../testing/example-ledger.ts';
import { createMemoryViews } from '../testing/memory-views.ts';
import { documentIdOf, ordersProjection } from './orders.ts';
import { stockProjection } from './stock.ts';

const placed = anyExampleFact('OrderPlaced');

describe('orders', () => {
  test('a sale is an order under the id of its record, found by id, number and receipt', () => {
    const views = createMemoryViews(ordersProjection);
    const record = ledgerRecord('berlin-1-r1.3', 17, saleOf([{ itemId: 'item-mug', quantity: 2 }], 42));
    views.take(record);
    expect(documentIdOf(record)).toBe('berlin-1-r1.3.17');
    expect(views.documents.get('orders/berlin-1/berlin-1-r1.3.17')).toMatchObject({
      covers: { 'berlin-1-r1.3': 17 },
      deleted: false,
      body: { number: 'berlin-1-r1-3-000042', channel: 'store', status: 'completed' },
    });
    const keys = [...views.rows.keys()].map((key) => key.split('\n')[0]);
    expect(keys).toEqual([
      'acme#find#ID#berlin-1-r1.3.17',
      'acme#find#NUMBER#berlin-1-r1-3-000042',
      'acme#find#RECEIPT#berlin-1-r1-3-000042',
    ]);
  });

  test("a web channel's order waits for pick-up in its store and lowers that store's stock", () => {
    const orders = createMemoryViews(ordersProjection);
    const stock = createMemoryViews(stockProjection);
    const record = ledgerRecord('web.1', 2, placed);
    orders.take(record);
    stock.take(record);
    expect(orders.documents.get('orders/berlin-1/web.1.2')?.body).toMatchObject({
      channel: 'web',
      status: 'awaiting-pickup',
      findBy: exampleFacts.OrderPlaced.findBy,
    });
    const keys = [...orders.rows.keys()].map((key) => key.split('\n')[0]);
    expect(keys).toContain(`acme#find#MAIL#${String(exampleFacts.OrderPlaced.findBy.mail)}`);
    expect(stock.documents.get('stock/berlin-1/item-mug')?.body).toMatchObject({ onHand: -2 });
  });

  test.each([
    ['of a type nobody knows', foreignRecord('web.1', 2, 'GiftCardSold', placed.payload)],
    ['that means nothing to stock and orders', ledgerRecord('r1.1', 2, anyExampleFact('SignedOn'))],
  ])('a record %s changes nothing and holds nothing up', (_, record) => {
    expect(ordersProjection.parts(record)).toEqual([]);
    expect(stockProjection.parts(record)).toEqual([]);
  });

  test('[I17] the same record again changes nothing', () => {
    const views = createMemoryViews(ordersProjection);
    const record = ledgerRecord('r1.1', 2, saleOf([{ itemId: 'item-mug', quantity: 2 }]));
    views.take(record);
    const before = structuredClone([...views.documents]);
    views.take(record);
    expect([...views.documents]).toEqual(before);
  });
});

/** What is not in the document must not come from the test. */
const noBasis = { catalog: null, prices: null, promotions: null, tax: null, settings: null, engine: 'none' };

describe('suspended transactions', () => {
  const suspended = ledgerRecord('r1.1', 5, anyExampleFact('TransactionSuspended'));
  const example = anyExampleFact('TransactionResumed');
  if (example.type !== 'TransactionResumed') throw new Error('the example of a resumed transaction is one');
  const place = { register: 'r1', epoch: 1, seq: 5 };
  const resumed = ledgerRecord('r2.1', 9, { ...example, payload: { ...example.payload, suspended: place } });

  test('put aside it is there for every register of the store; resumed it is gone', () => {
    const views = createMemoryViews(ordersProjection);
    views.take(suspended);
    expect(views.documents.get('suspended/berlin-1/r1.1.5')).toMatchObject({ deleted: false });
    views.take(resumed);
    expect(views.documents.get('suspended/berlin-1/r1.1.5')).toMatchObject({ deleted: true });
  });

  test('[X12] the document holds all that another register needs to go on with it', () => {
    const views = createMemoryViews(ordersProjection);
    views.take(suspended);
    const body = JSON.parse(JSON.stringify(views.documents.get('suspended/berlin-1/r1.1.5')?.body)) as {
      [name: string]: never;
    };
    const payload = recordTypes.TransactionSuspended.payload.parse(body);
    expect(payload).toEqual(exampleFacts.TransactionSuspended);
    const { at = '', currency = '', basis } = body;
    const state = restoreSuspended({ payload, at, currency, basis: basis ?? noBasis, by: place });
    expect(state).toMatchObject({ transactionId: payload.transactionId, basis: exampleBasis, currency: 'EUR' });
    expect(state?.lines.map(({ totalMinor }) => totalMinor)).toEqual(payload.lines.map(({ totalMinor }) => totalMinor));
  });

  test('[I18] whichever record the projection meets first, the outcome is the same', () => {
    const [one, other] = [createMemoryViews(ordersProjection), createMemoryViews(ordersProjection)];
    for (const record of [suspended, resumed]) one.take(record);
    for (const record of [resumed, suspended]) other.take(record);
    expect([...one.documents]).toEqual([...other.documents]);
    expect(one.documents.get('suspended/berlin-1/r1.1.5')?.covers).toEqual({ 'r1.1': 5, 'r2.1': 9 });
  });
});
