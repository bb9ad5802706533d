import type { Price, Product, PublishedSnapshot, Tax } from '@evertill/published';
import type { SaleItem } from '@evertill/retail';

/** An item that the shop can sell, with the price that applies now. */
export type FoundItem = SaleItem & { readonly currency: string | null };

/**
 * Items by what people call them: an item id, else a SKU. Reads the catalog once from end to end and holds nothing but what is asked for.
 *
 * @throws PublishedFault
 */
export async function findItems(
  catalog: PublishedSnapshot,
  names: readonly string[],
  nowIso: string,
): Promise<ReadonlyMap<string, FoundItem>> {
  const products = await namedProducts(catalog, new Set(names));
  const prices = await currentPrices(catalog, new Set([...products.values()].map(({ id }) => id)), nowIso);
  const taxes = new Map<string, Tax>();
  for await (const batch of catalog.readBatches('taxes')) for (const tax of batch) taxes.set(tax.id, tax);
  const found = new Map<string, FoundItem>();
  for (const [name, product] of products) {
    found.set(name, saleItem(product, prices.get(product.id) ?? null, taxes.get(product.taxClass) ?? null));
  }
  return found;
}

async function namedProducts(catalog: PublishedSnapshot, names: ReadonlySet<string>): Promise<Map<string, Product>> {
  const byId = new Map<string, Product>();
  const bySku = new Map<string, Product>();
  for await (const batch of catalog.readBatches('products')) {
    for (const product of batch) {
      if (names.has(product.id)) byId.set(product.id, product);
      if (names.has(product.sku) && !bySku.has(product.sku)) bySku.set(product.sku, product);
    }
  }
  return new Map([...bySku, ...byId]);
}

/** Effective-dated: the one with the latest `validFrom` that is not in the future. */
async function currentPrices(
  catalog: PublishedSnapshot,
  itemIds: ReadonlySet<string>,
  nowIso: string,
): Promise<Map<string, Price>> {
  const current = new Map<string, Price>();
  for await (const batch of catalog.readBatches('prices')) {
    for (const price of batch) {
      if (!itemIds.has(price.itemId) || price.validFrom > nowIso) continue;
      const held = current.get(price.itemId);
      if (!held || held.validFrom < price.validFrom) current.set(price.itemId, price);
    }
  }
  return current;
}

function saleItem(product: Product, price: Price | null, tax: Tax | null): FoundItem {
  const { id: itemId, sku, scanCode, name, variant, department, taxClass } = product;
  return {
    itemId,
    sku,
    scanCode,
    name,
    variant,
    department,
    price: price && { priceId: price.id, amountMinor: price.amountMinor, compareAtMinor: price.compareAtMinor },
    currency: price?.currency ?? null,
    taxClass,
    taxRates: tax?.rates ?? null,
  };
}

/** Whether prices contain the tax at a store. A scope is one price zone: where the catalog does not name the store, its others speak for it. */
export async function isTaxIncluded(catalog: PublishedSnapshot, storeId: string): Promise<boolean> {
  let answer: boolean | null = null;
  for await (const batch of catalog.readBatches('stores')) {
    for (const store of batch) {
      if (store.id === storeId) return store.taxIncluded;
      answer ??= store.taxIncluded;
    }
  }
  return answer ?? true;
}

/** Names of all items by id, for a list that speaks of many. */
export async function itemNames(catalog: PublishedSnapshot): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for await (const batch of catalog.readBatches('products')) {
    for (const { id, name, variant } of batch) names.set(id, variant === null ? name : `${name}, ${variant}`);
  }
  return names;
}
