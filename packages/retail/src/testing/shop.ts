import fc from 'fast-check';
import type { SaleItem, TransactionContext } from '../transaction/commands.ts';

/** A shop for tests: EUR, tax in the price, whole cents. */
export function shopContext(changes: Partial<TransactionContext> = {}): TransactionContext {
  return {
    at: '2026-03-02T09:00:00.000Z',
    cashier: { id: 'anna', name: 'Anna' },
    tillSessionId: 'till-1',
    currency: 'EUR',
    taxIncluded: true,
    basis: { catalog: 'c1', prices: 'p1', promotions: null, tax: 't1', settings: null, engine: 'test' },
    denominationsMinor: [50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
    limits: { lineQuantityMax: 999, totalMaxMinor: 10_000_000_00 },
    nextReceiptNumber: 1,
    ...changes,
  };
}

export function saleItem(itemId: string, amountMinor: number, changes: Partial<SaleItem> = {}): SaleItem {
  return {
    itemId,
    sku: `SKU-${itemId}`,
    scanCode: '',
    name: `Item ${itemId}`,
    variant: null,
    department: 'general',
    price: { priceId: `price-${itemId}`, amountMinor, compareAtMinor: null },
    taxClass: 'standard',
    taxRates: [{ rateId: 'vat', name: 'VAT', ratePpm: 190_000 }],
    ...changes,
  };
}

export const arbitraryRates = fc.uniqueArray(
  fc.record({
    rateId: fc.constantFrom('state', 'county', 'city', 'levy'),
    name: fc.constantFrom('State', 'County', ''),
    ratePpm: fc.oneof(fc.constantFrom(0, 25_000, 70_000, 99_750, 190_000, 255_000), fc.nat(1_500_000)),
  }),
  { selector: (rate) => rate.rateId, maxLength: 4 },
);

const arbitraryPrice = fc.oneof(fc.nat(50_000), fc.constantFrom(0, 1, 99, 199, 1999, 999_999));

/** Items of a small shop: few ids, so that the same one comes again. Price and tax follow from the id within one run. */
export const arbitraryItems = fc
  .uniqueArray(
    fc.record({
      itemId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      amountMinor: arbitraryPrice,
      compareAtMinor: fc.option(arbitraryPrice),
      taxRates: arbitraryRates,
    }),
    { selector: (item) => item.itemId, minLength: 1, maxLength: 5 },
  )
  .map((items) =>
    items.map(({ itemId, amountMinor, compareAtMinor, taxRates }) =>
      saleItem(itemId, amountMinor, {
        price: { priceId: `price-${itemId}`, amountMinor, compareAtMinor },
        taxClass: `class-${itemId}`,
        taxRates,
      }),
    ),
  );
