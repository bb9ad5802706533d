import type { AnswerOf, ParamsOf } from '../commands.ts';
import type { FoundOrder, UnifiedView } from '../needs.ts';
import { done, type Outcome } from '../refusal.ts';
import { withDeadline } from '../shell/deadline.ts';
import { ANSWER_DEADLINE_MS, ORDERS_SHOWN_MAX } from '../shell/limits.ts';
import type { Workplace } from '../shell/workplace.ts';
import type { OrderView, ServerView } from '../views.ts';

/** Looks an order of any channel up. Reads only, so it waits for nobody and holds up nobody. */
export async function findOrders(
  { needs, memory }: Workplace,
  { text }: ParamsOf<'findOrders'>,
): Promise<Outcome<AnswerOf<'findOrders'>>> {
  const { unified, timers } = needs;
  if (!unified) return done({ orders: [], from: 'here', upToDateAt: null });
  const found = await withDeadline(timers, ANSWER_DEADLINE_MS, unified.findOrders(text.trim(), ORDERS_SHOWN_MAX));
  const orders = found.orders.slice(0, ORDERS_SHOWN_MAX).map((order) => orderView(order, unified, memory.store));
  return done({ orders, from: found.from, upToDateAt: upToDateAt(unified.server()) });
}

export function upToDateAt(server: ServerView): string | null {
  return server.state === 'none' ? null : server.upToDateAt;
}

function orderView(order: FoundOrder, { stores }: UnifiedView, own: { id: string; name: string }): OrderView {
  const { storeId, lines } = order;
  const name = storeId === own.id ? own.name : stores.find(({ id }) => id === storeId)?.name;
  return { ...order, storeName: name ?? storeId, lines: lines.map((line) => ({ ...line })) };
}
