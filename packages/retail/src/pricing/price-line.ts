import { scaleAmount } from '../money/scale-amount.ts';

export type PricedBy = {
  quantity: number;
  /** `unitPriceMinor` is the price of this many units. */
  priceQuantity: number;
  unitPriceMinor: number;
  compareAtMinor: number | null;
  modifiers: readonly { amountMinor: number }[];
};

/** Quantity × unit price, before modifiers (P1). */
export function extendedMinor(line: PricedBy): number {
  return scaleAmount(line.unitPriceMinor, line.quantity, line.priceQuantity);
}

/** What the modifiers take off, never more than there is (P2). */
export function discountMinor(line: PricedBy): number {
  const wanted = line.modifiers.reduce((sum, modifier) => sum + modifier.amountMinor, 0);
  return Math.min(wanted, extendedMinor(line));
}

/** What the customer saves against the compare-at price, modifiers included (P3). */
export function savedMinor(line: PricedBy): number {
  const extended = extendedMinor(line);
  const compared =
    line.compareAtMinor === null ? extended : scaleAmount(line.compareAtMinor, line.quantity, line.priceQuantity);
  return Math.max(0, compared - extended) + discountMinor(line);
}
