import { openCatalog } from '../catalog/open-catalog.ts';
import { takeCatalog } from '../catalog/take-catalog.ts';
import type { OrderRequest } from '../orders/decide-order.ts';
import { placeOrder } from '../orders/place-order.ts';
import { refusalWords } from '../orders/refusal-words.ts';
import { type Shop, withJournal } from '../shop/open-shop.ts';
import { ShopFault } from '../shop/shop-fault.ts';
import { sendOrders, sendWords } from './send.ts';
import { lineText, moneyText } from './words.ts';

/** Places an order and sends it. The number is said once the order is durable here, whatever becomes of the line. */
export async function order(shop: Shop, request: OrderRequest): Promise<number> {
  const { world, channel } = shop;
  const taken = await takeCatalog(shop);
  const catalog = openCatalog(shop);
  if (!catalog) throw new ShopFault('no-catalog');
  if (taken === 'unreachable') world.out(`Prices are those of ${catalog.manifest.createdAt.slice(0, 10)}.`);
  return withJournal(shop, async (journal) => {
    const placed = await placeOrder(shop, journal, catalog, request);
    if (!placed.ok) {
      const ids = channel.stores.map(({ id }) => id);
      world.out(refusalWords(placed.error, ids));
      return 1;
    }
    const { number, lines, totalMinor, fulfilment, location } = placed.order;
    const how = fulfilment === 'pickup' ? `to be picked up at ${location}` : `to be sent from ${location}`;
    world.out(`Order ${number}, ${how}`);
    for (const line of lines) world.out(lineText(line, placed.currency));
    world.out(`  Total ${moneyText(totalMinor, placed.currency)}`);
    const sent = await sendOrders(shop, journal);
    world.out(sendWords(sent));
    return sent.ok ? 0 : 2;
  });
}
