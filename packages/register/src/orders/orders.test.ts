import { describe, expect, test } from 'vitest';
import type { FoundOrder } from '../needs.ts';
import { TEA, TestShop } from '../testing/test-shop.ts';
import { TestUnifiedView } from '../testing/test-unified-view.ts';

const webOrder: FoundOrder = {
  orderId: 'SHOP-web.1.3',
  number: 'W-7F3K-2942-C',
  channel: 'web',
  status: 'awaiting-pickup',
  storeId: 'HAM1',
  registerId: 'SHOP-web',
  at: '2026-03-02T09:00:00.000Z',
  currency: 'EUR',
  totalMinor: 399,
  lines: [{ lineId: 'l1', itemId: 'tea', name: 'The tea', quantity: 1, unit: 'EA', totalMinor: 399 }],
  atServer: true,
};

async function signedOn(unified: TestUnifiedView): Promise<TestShop> {
  const shop = await TestShop.open(undefined, { unified });
  await shop.signOn();
  return shop;
}

describe('orders of every channel', () => {
  test('[AS-01] are found and carry the name of their store', async () => {
    const unified = new TestUnifiedView();
    unified.orders = [webOrder];
    const shop = await signedOn(unified);
    const found = await shop.must('findOrders', { text: ' W-7F3K ' });
    expect(found).toMatchObject({ from: 'server', orders: [{ number: 'W-7F3K-2942-C', storeName: 'Hamburg' }] });
  });

  test('[AS-02] without the server the answer says so', async () => {
    const unified = new TestUnifiedView();
    unified.from = 'here';
    unified.state = { ...serverAt('offline'), upToDateAt: '2026-03-02T08:00:00.000Z' };
    const shop = await signedOn(unified);
    expect(await shop.must('findOrders', { text: '' })).toEqual({
      orders: [],
      from: 'here',
      upToDateAt: '2026-03-02T08:00:00.000Z',
    });
  });

  test('a look-up that hangs is given up and refused in words', async () => {
    const unified = new TestUnifiedView();
    unified.findOrders = () => new Promise(() => undefined);
    const shop = await signedOn(unified);
    const asked = shop.refusal('findOrders', { text: 'x' });
    shop.timers.pass(5_000);
    expect(await asked).toBe('storage-failed');
  });

  test('each sale leaves its order in the overlay, under the id that the server will derive', async () => {
    const shop = await TestShop.open();
    await shop.openForSale();
    await shop.sell([TEA]);
    const { seq } = shop.ledger.head();
    const row = shop.ledger.disk.overlay.find(({ kind }) => kind === 'order');
    expect(row).toMatchObject({ entityId: `${shop.needs().identity.register}.1.${seq}`, epoch: 1, seq });
    expect(JSON.parse(row?.json ?? '')).toMatchObject({ body: { channel: 'store', totalMinor: 399, store: 'BER1' } });
  });
});

describe('stock', () => {
  test('[AS-09] is told for each store, unknown ones too, with the age of the figure', async () => {
    const unified = new TestUnifiedView();
    unified.levels = [{ storeId: 'BER1', onHand: 4, unit: 'EA', asOf: '2026-03-02T08:00:00.000Z' }];
    const shop = await signedOn(unified);
    expect(await shop.must('stockOf', { itemId: 'tea' })).toMatchObject({
      levels: [
        { storeName: 'Berlin One', own: true, onHand: 4, asOf: '2026-03-02T08:00:00.000Z' },
        { storeName: 'Hamburg', own: false, onHand: null, asOf: null },
      ],
    });
    expect((await shop.must('searchItems', { text: 'tea', limit: 5 })).items).toMatchObject([
      { onHand: { quantity: 4, unit: 'EA' } },
    ]);
  });

  test('a register that stands alone says that it needs the server', async () => {
    const shop = await TestShop.open();
    await shop.signOn();
    expect(await shop.refusal('stockOf', { itemId: 'tea' })).toBe('needs-server');
    expect((await shop.must('searchItems', { text: 'tea', limit: 5 })).items).toMatchObject([{ onHand: null }]);
  });

  test('stock that cannot be read keeps nobody from finding an item', async () => {
    const unified = new TestUnifiedView();
    unified.onHandHere = () => Promise.reject(new Error('disk'));
    const shop = await signedOn(unified);
    expect((await shop.must('searchItems', { text: 'tea', limit: 5 })).items).toMatchObject([{ onHand: null }]);
    expect(shop.faults).toMatchObject([{ where: 'stock' }]);
  });
});

describe('the server', () => {
  test('[IT-06] is shown when it changes, and only then', async () => {
    const unified = new TestUnifiedView();
    const shop = await signedOn(unified);
    const shown: unknown[] = [];
    shop.register.onSnapshot((name, value) => name === 'server' && shown.push(value));
    unified.state = serverAt('online');
    shop.register.unifiedChanged('server');
    shop.register.unifiedChanged('server');
    expect(shown).toMatchObject([{ state: 'online' }]);
    shop.register.unifiedChanged('stock');
    expect(shop.register.snapshot('changes')).toEqual({ orders: 0, stock: 1 });
  });

  test('[IT-07] is asked again when a person settled something', async () => {
    const unified = new TestUnifiedView();
    const shop = await signedOn(unified);
    await shop.must('askServerAgain', {});
    expect(unified.asked).toBe(1);
  });
});

function serverAt(state: 'online' | 'offline') {
  return {
    state,
    since: '2026-03-02T08:00:00.000Z',
    waitingRecords: 0,
    oldestWaitingAt: null,
    salesAtServer: 0,
    proof: null,
    parked: [],
    fellBack: false,
    upToDateAt: null,
  };
}
