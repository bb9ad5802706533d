import { findItems } from '../catalog/find-items.ts';
import { openCatalog } from '../catalog/open-catalog.ts';
import { takeCatalog } from '../catalog/take-catalog.ts';
import { lastOrders } from '../orders/own-orders.ts';
import { type Shop, withJournal } from '../shop/open-shop.ts';
import { ShopFault } from '../shop/shop-fault.ts';
import { pullStock } from '../stock/follow-stock.ts';
import { openStockCopy, type StockDocument } from '../stock/stock-copy.ts';
import { moneyText, printable } from './words.ts';

/** So many own orders at most are looked through for what the hub's figure does not hold yet. */
const RECENT_ORDERS = 1_000;

/** Stock of one item at every store of the channel, with its age, and what was ordered here that the figure does not hold yet. */
export async function stock(shop: Shop, name: string): Promise<number> {
  const { world, channel } = shop;
  await takeCatalog(shop);
  const catalog = openCatalog(shop);
  if (!catalog) throw new ShopFault('no-catalog');
  const item = (await findItems(catalog, [name], new Date(world.nowMs()).toISOString())).get(name);
  if (!item) {
    world.out(`There is no item “${printable(name)}” in the catalog. Name it by its id or its SKU.`);
    return 1;
  }
  const price = item.price ? moneyText(item.price.amountMinor, item.currency) : 'no price';
  world.out(
    `${printable(item.name)}${item.variant === null ? '' : `, ${printable(item.variant)}`} (${item.itemId}), ${price}`,
  );
  const copy = openStockCopy(shop.folder);
  try {
    const isFresh = await pullStock(shop, copy);
    const ordered = await orderedHere(shop, item.itemId);
    const found = channel.stores.map(({ id }) => copy.find(id, item.itemId));
    if (!isFresh && found.every((document) => document === null)) throw new ShopFault('stock-unknown');
    if (!isFresh) world.out('The hub cannot be reached; the figures are from before.');
    for (const [index, { id, name: storeName }] of channel.stores.entries()) {
      world.out(`  ${id}  ${stockWords(found[index] ?? null, ordered(id, found[index] ?? null))}  ${storeName}`);
    }
    return isFresh ? 0 : 2;
  } finally {
    copy.close();
  }
}

function stockWords(document: StockDocument | null, orderedSince: number): string {
  const since = orderedSince === 0 ? '' : `, ${orderedSince} more ordered here and not counted in yet`;
  if (!document) return `not known${since}`;
  const { onHand, unit, asOf } = document;
  return `${onHand}${unit === 'EA' ? '' : ` ${unit}`} on hand (as of ${asOf.slice(0, 16).replace('T', ' ')} UTC${since})`;
}

/** Shown beside the hub's figure, never mixed into it: that merge belongs to the replica. */
async function orderedHere(
  shop: Shop,
  itemId: string,
): Promise<(store: string, document: StockDocument | null) => number> {
  const orders = await withJournal(shop, (journal) => Promise.resolve(lastOrders(journal, RECENT_ORDERS)));
  const { register } = shop.pass;
  return (store, document) => {
    let quantity = 0;
    for (const { order, epoch, seq } of orders) {
      if (order.location !== store || (document?.covers[`${register}.${epoch}`] ?? 0) >= seq) continue;
      for (const line of order.lines) if (line.itemId === itemId) quantity += line.quantity;
    }
    return quantity;
  };
}
