import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeadlessCore } from './harness/headless-core.ts';
import { anItem, type JoinedStore, openJoinedStore, sellOne, type SoldItem } from './harness/joined-store.ts';
import { pause, until } from './harness/waiting.ts';

const SEEN_WITHIN_MS = 20_000;

describe('two registers of one store, one view', () => {
  let store: JoinedStore;
  let first: HeadlessCore;
  let second: HeadlessCore;
  let item: SoldItem;

  const onHand = async (core: HeadlessCore) => {
    const found = await core.ask('stockOf', { itemId: item.itemId });
    return found?.ok ? (found.value.levels.find(({ own }) => own)?.onHand ?? null) : null;
  };
  const orders = async (core: HeadlessCore, text = '') => {
    const found = await core.ask('findOrders', { text });
    return found?.ok ? found.value.orders : [];
  };
  const server = (core: HeadlessCore) => {
    const view = core.snapshots.server;
    return view && view.state !== 'none' ? view : null;
  };
  const drained = (core: HeadlessCore) =>
    until(
      'everything at the server',
      () => server(core)?.state === 'online' && server(core)?.waitingRecords === 0,
      SEEN_WITHIN_MS,
      () => JSON.stringify(server(core)),
    );

  beforeAll(async () => {
    store = await openJoinedStore();
    first = await store.openRegister(1);
    second = await store.openRegister(2);
    item = await anItem(first);
  });
  afterAll(() => store?.dispose());

  it('[IT-01] [IT-10] the second register has its number, its staff and the catalog from the hub alone', async () => {
    expect(second.snapshots.register).toMatchObject({ registerId: 'DUB1-2', storeId: 'DUB1' });
    expect(second.snapshots.catalog?.itemCount).toBe(first.snapshots.catalog?.itemCount);
  });

  it('[PF-06] a sale is an order at the other register within moments, and the stock has fallen for both', async () => {
    await sellOne(first, item);
    expect(await orders(first)).toMatchObject([{ channel: 'store', registerId: 'DUB1-1' }]);
    await until('the sale at the other register', async () => (await orders(second)).length === 1, SEEN_WITHIN_MS);
    await sellOne(second, item);
    await until('both sales in both stocks', async () => (await onHand(first)) === -2, SEEN_WITHIN_MS);
    await until('both sales in both stocks', async () => (await onHand(second)) === -2, SEEN_WITHIN_MS);
    const [newest] = await orders(first);
    expect(newest).toMatchObject({ registerId: 'DUB1-2', atServer: true, storeName: 'Larkfield Market' });
  });

  it('[AS-01] an order of the other register is found by its receipt’s number', async () => {
    const [newest] = await orders(second);
    const number = newest?.number ?? '';
    expect((await orders(first, number)).map((order) => order.number)).toEqual([number]);
    expect(await orders(first, 'nothing of the kind')).toEqual([]);
  });

  it('[PF-05] [I26] with the hub gone both sell on, each sees its own; then all of it is there, once', async () => {
    await store.hub.kill();
    for (const core of [first, second, second]) await sellOne(core, item);
    expect([await onHand(first), await onHand(second)]).toEqual([-3, -4]);
    expect((await first.ask('findOrders', { text: '' }))?.ok).toBe(true);
    await until('the first knows that it is cut off', () => server(first)?.state !== 'online', SEEN_WITHIN_MS);
    expect(server(first)?.waitingRecords).toBeGreaterThan(0);
    await store.hub.start();
    await drained(first);
    await drained(second);
    await until('one stock', async () => (await onHand(first)) === -5 && (await onHand(second)) === -5, SEEN_WITHIN_MS);
    await until('five orders', async () => (await orders(first)).length === 5, SEEN_WITHIN_MS);
    expect(new Set((await orders(second)).map(({ orderId }) => orderId)).size).toBe(5);
    expect(store.hub.ordersOf({ tenant: 'demo', store: 'DUB1' })).toBe(5);
    expect(server(first)).toMatchObject({ salesAtServer: 2, proof: { equal: true }, parked: [], fellBack: false });
    expect(server(second)).toMatchObject({ salesAtServer: 3 });
  });

  it('[CA-14] a transaction put aside here is taken up there, once, with its lines', async () => {
    await first.ask('addByCode', { code: item.scanCode });
    const { transactionId = '', totalMinor } = first.snapshots.transaction ?? {};
    expect(await first.ask('suspend', { transactionId, name: 'Blue coat' })).toMatchObject({ ok: true });
    const elsewhere = () => second.snapshots.suspended?.find((one) => one.transactionId === transactionId);
    await until('it at the other register', () => elsewhere(), SEEN_WITHIN_MS);
    expect(elsewhere()).toMatchObject({ here: false, registerId: 'DUB1-1', name: 'Blue coat', totalMinor });
    expect(await second.ask('resume', { transactionId })).toMatchObject({ ok: true });
    expect(second.snapshots.transaction).toMatchObject({ transactionId, totalMinor, resumedName: 'Blue coat' });
    const { revision = 0, dueMinor = 0 } = second.snapshots.transaction ?? {};
    expect(await second.ask('tenderCash', { transactionId, revision, amountMinor: dueMinor })).toMatchObject({
      ok: true,
    });
    await until('one stock', async () => (await onHand(first)) === -6, SEEN_WITHIN_MS);
    await drained(second);
    await until('it left the list here', () => first.snapshots.suspended?.length === 0, SEEN_WITHIN_MS);
    expect(first.snapshots.notice).toMatchObject({ code: 'resumed-elsewhere', detail: 'Blue coat' });
  });

  it('[AW-12] [AS-01] an order of the web shop is found by number, name, mail and phone, and lowers the stock shown', async () => {
    const placed = await store.webShop(
      ...['order', '--store=DUB1', `--item=${item.itemId}:2`, '--name=Sinéad O’Brien'],
      ...['--mail=sinead@example.ie', '--phone=+353 1 555 0100'],
    );
    const number = /W-[0-9A-Z-]+/.exec(placed)?.[0] ?? '';
    await until('the web order here', async () => (await orders(first, number)).length === 1, SEEN_WITHIN_MS);
    await until('stock', async () => (await onHand(first)) === -8 && (await onHand(second)) === -8, SEEN_WITHIN_MS);
    for (const text of ['obrien sinead', 'SINEAD@example.ie', '0035315550100', number.toLowerCase()]) {
      const found = await orders(second, text);
      expect(found, text).toMatchObject([{ number, channel: 'web', status: 'awaiting-pickup', storeId: 'DUB1' }]);
    }
    expect(await orders(second, 'nobody of that name')).toEqual([]);
    expect(await store.webShop('show', number)).toContain(number);
  });

  it('[AS-09] stock of the neighbours is shown with its age, and a count with what was sold since', async () => {
    await store.sendCounts();
    const levels = async () => {
      const found = await first.ask('stockOf', { itemId: item.itemId });
      return found?.ok ? found.value.levels : [];
    };
    await until(
      'the neighbours’ stock',
      async () => (await levels()).every(({ onHand: quantity, asOf }) => quantity !== null && asOf !== null),
      90_000,
      () => 'neighbours are pulled once a minute',
    );
    expect((await levels()).map(({ storeId }) => storeId)).toEqual(['DUB1', 'CRK1', 'GWY1']);
    const counted = await onHand(first);
    await sellOne(first, item);
    expect(await onHand(first)).toBe((counted ?? 0) - 1);
    await until('the same elsewhere', async () => (await onHand(second)) === (counted ?? 0) - 1, SEEN_WITHIN_MS);
  });

  it('[I26] [I13] a register that is killed shows the same again, without the hub', async () => {
    const before = await orders(second);
    await store.hub.kill();
    await second.kill();
    await pause(100);
    second = await store.openRegister(2);
    const counted = (await onHand(first)) ?? 0;
    expect(await onHand(second)).toBe(counted);
    expect((await orders(second)).map(({ orderId }) => orderId)).toEqual(before.map(({ orderId }) => orderId));
    await sellOne(second, item);
    expect(await onHand(second)).toBe(counted - 1);
    await store.hub.start();
    await until('one stock', async () => (await onHand(first)) === counted - 1, SEEN_WITHIN_MS);
  });
});
