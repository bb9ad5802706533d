import { findOrders } from '@evertill/client';
import { z } from 'zod';
import { readOrderNumber } from '../orders/order-number.ts';
import { findOwnOrder, type OwnOrder } from '../orders/own-orders.ts';
import { openLine } from '../shop/open-line.ts';
import { type Shop, withJournal } from '../shop/open-shop.ts';
import { sendOrders, sendWords } from './send.ts';
import { lineText, moneyText, printable } from './words.ts';

const ASK_DEADLINE_MS = 10_000;
const text = z.string().max(200);

/** An order as the unified view has it, whichever channel placed it. */
const orderSchema = z.object({
  number: text,
  channel: text,
  status: text,
  store: text,
  at: text,
  currency: z.string().length(3).nullable(),
  totalMinor: z.number().int(),
  lines: z
    .array(
      z.object({ name: text, quantity: z.number().int(), unit: z.enum(['EA', 'GRM']), totalMinor: z.number().int() }),
    )
    .max(1_000),
});

/** One order by its number: as the hub has it, else as it was placed here. */
export async function show(shop: Shop, typed: string): Promise<number> {
  const { world } = shop;
  const number = readOrderNumber(typed);
  if (number === null) {
    world.out(
      `“${printable(typed.slice(0, 40))}” is no order number: one looks like W-7F3K-2942-C, and its last sign checks the others.`,
    );
    return 1;
  }
  const own = await withJournal(shop, async (journal) => {
    const placed = findOwnOrder(journal, number);
    if (placed) await sendOrders(shop, journal).then((sent) => sent.ok || world.out(sendWords(sent)));
    return placed;
  });
  const line = openLine(shop);
  try {
    const asked = await line.ask(findOrders, { by: 'NUMBER', key: number }, AbortSignal.timeout(ASK_DEADLINE_MS));
    const [document] = asked.ok ? asked.value : [];
    const held = document && orderSchema.safeParse(document.body);
    if (held?.success) return say(shop, held.data);
    if (own) return sayOwn(shop, own, asked.ok);
    world.out(
      asked.ok
        ? `Nobody has an order ${number}.`
        : `The hub cannot be reached, and order ${number} was not placed here.`,
    );
    return asked.ok ? 1 : 2;
  } finally {
    await line.dispose();
  }
}

function say(
  { world }: Shop,
  { number, status, channel, store, at, currency, totalMinor, lines }: z.infer<typeof orderSchema>,
): number {
  world.out(
    `Order ${number}: ${printable(status)} at ${printable(store)} (${printable(channel)}, ${at.slice(0, 16).replace('T', ' ')} UTC)`,
  );
  for (const line of lines) world.out(lineText(line, currency));
  world.out(`  Total ${moneyText(totalMinor, currency)}`);
  return 0;
}

function sayOwn(shop: Shop, { order, at, currency }: OwnOrder, isAsked: boolean): number {
  const { number, fulfilment, location: store, lines, totalMinor } = order;
  const status = isAsked ? `placed for ${fulfilment}, on its way to the hub` : `placed for ${fulfilment}`;
  say(shop, { number, status, channel: 'web', store, at, currency, totalMinor, lines });
  return 2;
}
