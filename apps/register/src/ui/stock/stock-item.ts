import type { ItemView } from '@evertill/register';

export type StockItem = { itemId: string; name: string };

/** Variants of one name are told apart by the variant. */
export const stockItem = ({ itemId, name, variant }: ItemView): StockItem => ({
  itemId,
  name: [name, variant].filter(Boolean).join(' '),
});
