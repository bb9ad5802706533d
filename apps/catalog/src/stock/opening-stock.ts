import { seededRandom } from '@evertill/testkit';
import type { ItemCount } from '../import/scratch-catalog.ts';

/** Some shelves are empty, so that a neighbour's stock matters. */
const EMPTY_SHARE = 0.08;
const ON_SHELF_MAX = 40;

/** What the demonstration shop found of each item at a location when it opened: the same from the same seed, another at another location. */
export function* openingStock(
  itemIds: Iterable<string>,
  { seed, location }: { readonly seed: string; readonly location: string },
): Generator<ItemCount> {
  for (const itemId of itemIds) {
    const random = seededRandom(`${seed}/stock/${location}/${itemId}`);
    yield { itemId, quantity: random.chance(EMPTY_SHARE) ? 0 : 1 + random.int(ON_SHELF_MAX) };
  }
}
