import type { AnswerOf, ParamsOf } from '../commands.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { withDeadline } from '../shell/deadline.ts';
import { ANSWER_DEADLINE_MS } from '../shell/limits.ts';
import type { Workplace } from '../shell/workplace.ts';
import { upToDateAt } from './find-orders.ts';

/** What is on hand of an item in each store whose stock is shown here; a store of which nothing is known says so. */
export async function stockOf(
  { needs, memory }: Workplace,
  { itemId }: ParamsOf<'stockOf'>,
): Promise<Outcome<AnswerOf<'stockOf'>>> {
  const { unified, timers } = needs;
  if (!unified) return refused('needs-server');
  const known = await withDeadline(timers, ANSWER_DEADLINE_MS, unified.stockOf(itemId));
  const levels = unified.stores.map(({ id, name }) => {
    const level = known.find(({ storeId }) => storeId === id);
    return {
      storeId: id,
      storeName: name,
      own: id === memory.store.id,
      onHand: level?.onHand ?? null,
      unit: level?.unit ?? 'EA',
      asOf: level?.asOf ?? null,
    };
  });
  return done({ itemId, levels, upToDateAt: upToDateAt(unified.server()) });
}
