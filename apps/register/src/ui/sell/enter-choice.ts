import type { ItemView } from '@evertill/register';

export type EnterChoice = { kind: 'item'; itemId: string } | { kind: 'code'; code: string } | { kind: 'nothing' };

/** Four digits or more in a row, and nothing else: someone types a code from a label. */
export const looksLikeCode = (text: string): boolean => /^\d{4,}$/.test(text);

/**
 * What Enter means in the search field. A chosen result wins; typed digits are a code; otherwise the first result that belongs to
 * the very text in the field; and a text without results is tried as a code, so that any SKU can be typed in full.
 */
export function enterChoice(field: {
  text: string;
  /** Results and the text they answer; they may lag behind the field. */
  found: { text: string; items: readonly ItemView[] };
  /** Index the person moved to with the arrows; `null` when they did not. */
  chosen: number | null;
}): EnterChoice {
  const text = field.text.trim();
  if (text === '') return { kind: 'nothing' };
  const items = field.found.text === text ? field.found.items : [];
  const chosen = field.chosen === null ? undefined : items[field.chosen];
  if (chosen) return { kind: 'item', itemId: chosen.itemId };
  const first = items[0];
  if (looksLikeCode(text) || !first) return { kind: 'code', code: text };
  return { kind: 'item', itemId: first.itemId };
}
