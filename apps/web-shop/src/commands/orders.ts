import { confirmedHeads } from '@evertill/author';
import { isConfirmed, lastOrders } from '../orders/own-orders.ts';
import { type Shop, withJournal } from '../shop/open-shop.ts';
import { sendOrders, sendWords } from './send.ts';
import { moneyText } from './words.ts';

const SHOWN_MAX = 50;

/** The shop's own orders, newest first, after whatever waits was sent. */
export async function orders(shop: Shop): Promise<number> {
  const { world, pass } = shop;
  return withJournal(shop, async (journal) => {
    const sent = await sendOrders(shop, journal);
    const heads = confirmedHeads(journal, pass).load();
    const own = lastOrders(journal, SHOWN_MAX);
    if (own.length === 0) world.out('No order has been placed here yet.');
    for (const placed of own) {
      const { number, location, fulfilment, lines, totalMinor } = placed.order;
      const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const state = isConfirmed(placed, heads) ? 'at the hub' : 'waits';
      const at = placed.at.slice(0, 16).replace('T', ' ');
      const money = moneyText(totalMinor, placed.currency);
      world.out(
        `${number}  ${at} UTC  ${location} ${fulfilment}  ${pieces} ${pieces === 1 ? 'piece' : 'pieces'}  ${money}  ${state}`,
      );
    }
    if (!sent.ok) world.out(sendWords(sent));
    return sent.ok ? 0 : 2;
  });
}
