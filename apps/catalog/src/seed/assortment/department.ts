/** One kind of goods: its name, its kinds, its sizes and what it costs, lowest and highest, in minor units. */
export type Goods = {
  name: string;
  kinds: readonly string[];
  sizes: readonly string[];
  priceMinor: readonly [lowest: number, highest: number];
  /** Sold loose, without a barcode: found by name or on a key. */
  loose?: true;
  /** Kinds and sizes are colours and sizes of one style: each a variant of it. */
  variants?: true;
};

export type Department = {
  name: string;
  /** Begins the SKUs of the department. */
  skuPrefix: string;
  taxClass: 'standard' | 'reduced' | 'zero';
  /** The share of the shop's items, relative to the other departments. */
  weight: number;
  brands: readonly string[];
  goods: readonly Goods[];
};

/** Shorthand in which the assortment is written. */
export function goods(
  name: string,
  kinds: readonly string[],
  sizes: readonly string[],
  priceMinor: readonly [number, number],
): Goods {
  return { name, kinds, sizes, priceMinor };
}
