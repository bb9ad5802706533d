import type { ItemView } from '@evertill/register';
import type { Formats } from '../formats/formats-context.tsx';
import type { Words } from '../words/en.ts';

/** Pieces, or grams as kilograms with three digits: what stands on a label. */
export function onHandText(
  { quantity, unit }: NonNullable<ItemView['onHand']>,
  formats: Pick<Formats, 'count'>,
  words: Pick<Words, 'stock'>,
): string {
  return unit === 'GRM' ? words.stock.kilograms(formats.count(quantity / 1000)) : formats.count(quantity);
}
