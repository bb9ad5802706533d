import { openCoreLine, type Goods } from '../../apps/register/e2e/harness/core-line.ts';
import { expectSame, expectSeen } from '../../apps/register/e2e/harness/expectations.ts';
import type { HeadlessCore } from '../../apps/register/e2e/harness/headless-core.ts';
import { sellOne } from '../../apps/register/e2e/harness/joined-store.ts';
import { STORE, type StoreHub } from '../../apps/register/e2e/harness/store-hub.ts';
import { nowMs, until } from '../../apps/register/e2e/harness/waiting.ts';
import { savePicture } from './pictures.ts';
import { sellMeasured, type Told } from './telling.ts';

const SEEN_WITHIN_MS = 30_000;
const WATCHED_SALES = 12;
const SALES_CUT_OFF = 4;

/** What the story of one view has to work with besides the register: its hub, and another register without a screen. */
export type OneView = { store: StoreHub; second: HeadlessCore | null; webOrders: number };

/** A second register joins, sees the first one's sales, the web shop orders, the cable to the hub is pulled and put back. */
export async function tellOfOneView(told: Told, view: OneView, goods: readonly Goods[]): Promise<void> {
  await joinSecond(told, view, goods);
  await watchedSales(told, view, goods);
  await webOrder(told, view, goods);
  await cableToTheHub(told, view, goods);
}

async function joinSecond({ log }: Told, view: OneView, goods: readonly Goods[]): Promise<void> {
  await log.step('a second register joins through the hub with a one-time code', async () => {
    view.store.setUp();
    view.second = await view.store.openRegister(2);
    await view.store.sendCounts();
    await untilCounted(view, goods);
    const { register, catalog } = view.second.snapshots;
    expectSame('its id', register?.registerId, 'DUB1-2');
    return `${register?.registerId}: ${catalog?.itemCount} items, staff and keys, all from the hub`;
  });
}

/** Fifteen thousand counts come down to it; what is measured from here on is a shop's day and not its first hour. */
async function untilCounted({ store, second }: OneView, goods: readonly Goods[]): Promise<void> {
  const core = expectSeen('the second register', second);
  for (const { itemId } of goods) {
    await until(
      'the counted stock',
      async () => (await onHand(core, itemId)) === (store.hub.onHand(STORE, itemId) ?? Number.NaN),
      2 * SEEN_WITHIN_MS,
    );
  }
  await drained(core);
}

async function watchedSales(told: Told, view: OneView, goods: readonly Goods[]): Promise<void> {
  const { log, measured, shop } = told;
  const core = expectSeen('the second register', view.second);
  await log.step(`${WATCHED_SALES} sales, each seen at the second register`, async () => {
    await drained(core);
    for (let sale = 0; sale < WATCHED_SALES; sale += 1) {
      const before = shop.witness.completedSales();
      const seen = orderSeenFrom(core, 'DUB1-1');
      const committed = shop.witness.untilCommitted(before);
      await sellMeasured(told, [goods[sale % goods.length]?.scanCode ?? ''], 'exact');
      measured.saleToOtherRegisterMs.push((await seen) - (await committed));
    }
    return `their orders are in its list; the slowest took ${Math.round(Math.max(...measured.saleToOtherRegisterMs))} ms`;
  });
}

async function webOrder({ log, shop, folder }: Told, view: OneView, goods: readonly Goods[]): Promise<void> {
  const item = expectSeen('something to order', goods[0]);
  const core = expectSeen('the second register', view.second);
  await log.step('the web shop takes an order for pick-up, and the stock falls here', async () => {
    const before = await onHand(core, item.itemId);
    const printed = await view.store.webShop(
      ...['order', '--store=DUB1', `--item=${item.itemId}:2`, '--name=Sinéad O’Brien', '--mail=sinead@example.ie'],
    );
    view.webOrders += 1;
    const number = expectSeen('its number', /W-[0-9A-Z-]+/.exec(printed)?.[0]);
    await until('the stock', async () => (await onHand(core, item.itemId)) === before - 2, SEEN_WITHIN_MS);
    const found = await core.ask('findOrders', { text: 'obrien' });
    expectSame('found by name', found?.ok && found.value.orders[0]?.number, number);
    const { page } = shop.register;
    await page.keyboard.press('F5');
    await page.getByText(number).first().waitFor();
    await savePicture(page, folder, '13-orders', ['light', 'dark']);
    await page.keyboard.press('Escape');
    await page.keyboard.type(item.name);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('F11');
    await page.getByText('On hand here').waitFor();
    await savePicture(page, folder, '14-stock', ['light', 'dark']);
    await page.keyboard.press('Escape');
    return `${number}: found by name at the second register, on the first one's screen`;
  });
}

async function cableToTheHub(told: Told, view: OneView, goods: readonly Goods[]): Promise<void> {
  const { log, shop, folder } = told;
  const core = expectSeen('the second register', view.second);
  await log.step('the cable to the hub is pulled: both go on selling', async () => {
    await view.store.hub.kill();
    for (let sale = 0; sale < SALES_CUT_OFF; sale += 1) {
      await sellMeasured(told, [goods[sale]?.scanCode ?? ''], 'exact');
      await sellOne(core, { scanCode: goods[sale]?.scanCode ?? '' });
    }
    await until('it knows that it is cut off', () => stateOf(core) !== 'online', SEEN_WITHIN_MS);
    await savePicture(shop.register.page, folder, '15-cut-off');
    return `${2 * SALES_CUT_OFF} sales, all on disk; the second register says: ${stateOf(core)}`;
  });
  await log.step('the cable is back: everything drains, once', async () => {
    await view.store.hub.start();
    await drained(core);
    const sales = shop.witness.completedSales() + salesOf(core) + view.webOrders;
    await until(
      'every order at the hub',
      () => view.store.hub.ordersOf(STORE) === sales,
      SEEN_WITHIN_MS,
      () => `${view.store.hub.ordersOf(STORE)} of ${sales}`,
    );
    return `${sales} orders at the hub for ${sales} sales and orders`;
  });
}

export type UnifiedFigures = { ordersOnHub: number; salesAndOrders: number; stockEverywhereEqual: boolean };

/** After everything that was done to them: the hub, both registers, and what was sold. */
export async function compareEverywhere(told: Told, view: OneView, goods: readonly Goods[]): Promise<UnifiedFigures> {
  let figures: UnifiedFigures = { ordersOnHub: 0, salesAndOrders: 0, stockEverywhereEqual: false };
  await told.log.step('hub, first and second register are compared', async () => {
    figures = await unifiedFigures(told, view, goods);
    const { ordersOnHub, salesAndOrders, stockEverywhereEqual } = figures;
    expectSame('orders at the hub', ordersOnHub, salesAndOrders);
    expectSame('stock everywhere equal', stockEverywhereEqual, true);
    return `${ordersOnHub} orders at the hub for ${salesAndOrders} sales and orders; one stock of ${goods.length} items`;
  });
  return figures;
}

/** At the end of the day: what the hub holds, and whether both registers and the hub's own view say the same stock of everything sold. */
async function unifiedFigures({ shop }: Told, view: OneView, goods: readonly Goods[]): Promise<UnifiedFigures> {
  const core = expectSeen('the second register', view.second);
  const salesAndOrders = shop.witness.completedSales() + salesOf(core) + view.webOrders;
  await until('every order at the hub', () => view.store.hub.ordersOf(STORE) === salesAndOrders, SEEN_WITHIN_MS);
  const line = await openCoreLine(shop.register.page);
  const isEqual = async (itemId: string, nth: number): Promise<boolean> => {
    const answer = await line.send({ id: 2_000_000 + nth, method: 'stockOf', params: { itemId } });
    const levels = (answer?.value as { levels?: { own: boolean; onHand: number | null }[] } | undefined)?.levels ?? [];
    const first = levels.find(({ own }) => own)?.onHand ?? null;
    return first !== null && first === (await onHand(core, itemId)) && first === view.store.hub.onHand(STORE, itemId);
  };
  let stockEverywhereEqual = true;
  for (const [nth, { itemId }] of goods.entries()) {
    if (!stockEverywhereEqual) break;
    stockEverywhereEqual = await until('one stock', () => isEqual(itemId, nth), SEEN_WITHIN_MS).catch(() => false);
  }
  return { ordersOnHub: view.store.hub.ordersOf(STORE), salesAndOrders, stockEverywhereEqual };
}

/** Milliseconds since the epoch at which an order of that register is the newest in the list. */
function orderSeenFrom(core: HeadlessCore, registerId: string): Promise<number> {
  const before = core.snapshots.changes?.orders ?? 0;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the other register did not see the sale')), SEEN_WITHIN_MS);
    const stop = core.onSnapshot((name) => {
      if (name !== 'changes' || (core.snapshots.changes?.orders ?? 0) <= before) return;
      clearTimeout(timer);
      stop();
      void core.ask('findOrders', { text: '' }).then((found) => {
        const [newest] = found?.ok ? found.value.orders : [];
        if (newest?.registerId === registerId) resolve(nowMs());
        else reject(new Error('the list does not begin with the sale'));
      });
    });
  });
}

const salesOf = (core: HeadlessCore): number => core.snapshots.safety?.salesOnDisk ?? 0;

async function onHand(core: HeadlessCore, itemId: string): Promise<number> {
  const found = await core.ask('stockOf', { itemId });
  const own = found?.ok ? found.value.levels.find((level) => level.own)?.onHand : null;
  return own ?? Number.NaN;
}

function stateOf(core: HeadlessCore): string {
  return core.snapshots.server?.state ?? 'none';
}

function drained(core: HeadlessCore): Promise<boolean> {
  const isDrained = (): boolean => {
    const { server } = core.snapshots;
    return server !== undefined && server.state === 'online' && server.waitingRecords === 0;
  };
  return until('everything at the hub', isDrained, SEEN_WITHIN_MS);
}
