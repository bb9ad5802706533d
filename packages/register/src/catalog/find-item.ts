import { normaliseScanCode } from '@evertill/barcode';
import type { SaleItem } from '@evertill/retail';
import type { CatalogItem, OnHand } from '../needs.ts';
import { done, type Outcome } from '../refusal.ts';
import { withDeadline } from '../shell/deadline.ts';
import { ANSWER_DEADLINE_MS } from '../shell/limits.ts';
import type { Workplace } from '../shell/workplace.ts';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import type { ItemView } from '../views.ts';

/** What a code stands for. */
export type FoundByCode = { kind: 'item'; item: SaleItem } | { kind: 'unknown' } | { kind: 'ambiguous' };

export async function findByCode(workplace: Workplace, code: string): Promise<FoundByCode> {
  const { needs } = workplace;
  const found = await answered(workplace, needs.catalog.findByScanCode(normaliseScanCode(code)));
  const [first, second] = found;
  if (!first) return { kind: 'unknown' };
  return second ? { kind: 'ambiguous' } : { kind: 'item', item: saleItem(first, workplace.memory.store.currency) };
}

export async function findById(workplace: Workplace, itemId: string): Promise<SaleItem | null> {
  const found = await answered(workplace, workplace.needs.catalog.findById(itemId));
  return found && saleItem(found, workplace.memory.store.currency);
}

/** Reads only, so it waits for nobody and holds up nobody. */
export async function searchItems(
  workplace: Workplace,
  { text, limit }: ParamsOf<'searchItems'>,
): Promise<Outcome<AnswerOf<'searchItems'>>> {
  const wanted = text.trim();
  if (wanted === '') return done({ items: [] });
  const found = await answered(workplace, workplace.needs.catalog.search(wanted, limit));
  const { currency } = workplace.memory.store;
  const onHand = await onHandOf(workplace, found);
  return done({ items: found.map((item) => itemView(item, currency, onHand.get(item.product.id) ?? null)) });
}

function answered<T>(workplace: Workplace, answer: Promise<T>): Promise<T> {
  return withDeadline(workplace.needs.timers, ANSWER_DEADLINE_MS, answer);
}

/** A price in another currency is no price here. */
function priceHere({ price }: CatalogItem, currency: string): CatalogItem['price'] {
  return price?.currency === currency ? price : null;
}

function saleItem(item: CatalogItem, currency: string): SaleItem {
  const { id, sku, scanCode, name, variant, department, taxClass } = item.product;
  const price = priceHere(item, currency);
  return {
    itemId: id,
    sku,
    scanCode,
    name,
    variant,
    department,
    price: price && { priceId: price.id, amountMinor: price.amountMinor, compareAtMinor: price.compareAtMinor },
    taxClass,
    taxRates: item.tax?.rates ?? null,
  };
}

/** Stock is an extra: where it cannot be had, items are found all the same. */
async function onHandOf(workplace: Workplace, items: readonly CatalogItem[]): Promise<ReadonlyMap<string, OnHand>> {
  const { unified, onFault } = workplace.needs;
  if (!unified || items.length === 0) return new Map();
  try {
    return await answered(workplace, unified.onHandHere(items.map(({ product }) => product.id)));
  } catch (error) {
    onFault('stock', error);
    return new Map();
  }
}

function itemView(item: CatalogItem, currency: string, onHand: OnHand | null): ItemView {
  const { id, name, variant, brand, sku, scanCode, department } = item.product;
  const price = priceHere(item, currency);
  return {
    itemId: id,
    name,
    variant,
    brand,
    sku,
    scanCode,
    department,
    priceMinor: price?.amountMinor ?? null,
    compareAtMinor: price?.compareAtMinor ?? null,
    onHand,
  };
}
