import { temporaryFolder } from '@evertill/testkit';
import type { HeadlessCore } from './headless-core.ts';
import type { HubProcess } from './hub-process.ts';
import { StoreHub } from './store-hub.ts';

/** A store with its hub: register 1 beside the store's folder, every other one joined through the hub alone. */
export type JoinedStore = {
  readonly hub: HubProcess;
  openRegister(number: number): Promise<HeadlessCore>;
  sendCounts(): Promise<void>;
  webShop(...args: string[]): Promise<string>;
  dispose(): Promise<void>;
};

/** `hubUrl`: by which the registers know the hub, where it is not the hub's own: a proxy between the two. */
export async function openJoinedStore(
  options: { items?: number; hubUrl?: (own: string) => string } = {},
): Promise<JoinedStore> {
  const folder = temporaryFolder('joined-store');
  const store = await StoreHub.start(folder.path);
  const { hub } = store;
  let isSetUp = false;
  return {
    hub,
    async openRegister(number) {
      const core = await store.openRegister(number, {
        ...(options.items === undefined ? {} : { demoShopItems: options.items }),
        hubUrl: options.hubUrl?.(hub.url) ?? hub.url,
      });
      // The first register has made the shop; the others find it through the hub.
      if (!isSetUp) store.setUp();
      isSetUp = true;
      return core;
    },
    sendCounts: () => store.sendCounts(),
    webShop: (...args) => store.webShop(...args),
    async dispose() {
      await store.dispose();
      folder.dispose();
    },
  };
}

export type SoldItem = { itemId: string; scanCode: string; name: string };

/** Something with a price and a bar code. */
export async function anItem(core: HeadlessCore, text = 'a'): Promise<SoldItem> {
  const found = await core.ask('searchItems', { text, limit: 20 });
  const item = found?.ok
    ? found.value.items.find((one) => one.scanCode !== '' && one.priceMinor !== null && one.priceMinor > 0)
    : undefined;
  if (!item) throw new Error(`nothing to sell is called ${text}`);
  return item;
}

/** One sale of one piece, for exact cash. Answers when it is durable. */
export async function sellOne(core: HeadlessCore, { scanCode }: Pick<SoldItem, 'scanCode'>): Promise<void> {
  const added = await core.ask('addByCode', { code: scanCode });
  if (!added?.ok) throw new Error(`not added: ${JSON.stringify(added)}`);
  const transaction = core.snapshots.transaction;
  if (!transaction) throw new Error('a line opens a transaction');
  const { transactionId, revision, dueMinor } = transaction;
  const paid = await core.ask('tenderCash', { transactionId, revision, amountMinor: dueMinor });
  if (!paid?.ok) throw new Error(`not paid: ${JSON.stringify(paid)}`);
}
