import type { Price, Product } from '@evertill/published';
import { isValidGtin } from '@evertill/barcode';
import { itemIdOf, styleIdOf } from './item-id.ts';
import type { CandidatePrice, ItemCandidate } from './item-candidate.ts';
import type { CellProblem } from './problem.ts';
import type { ScratchItem } from './scratch-catalog.ts';

/** What the merge must know of the catalog as it stands. */
export type CatalogLookup = {
  get(id: string): ScratchItem | null;
  getBySku(sku: string): ScratchItem | null;
  otherWithScanCode(scanCode: string, id: string): ScratchItem | null;
};

export type MergeContext = { currency: string; nowIso: string; hasTaxClass(id: string): boolean };

export type MergeOutcome =
  | { kind: 'created' | 'updated' | 'unchanged'; item: ScratchItem }
  /** `field` is the candidate's; the format knows the column's name. */
  | { kind: 'rejected'; field: 'sku' | 'scanCode' | 'taxClass'; problem: CellProblem };

/**
 * Compares one row with the catalog and says what it changes. Of rows with one SKU or one barcode the first wins. A row means the
 * item of its id or SKU; else, under a worldwide barcode that the catalog knows, that item, which keeps its id and takes the SKU.
 */
export function mergeCandidate(candidate: ItemCandidate, catalog: CatalogLookup, context: MergeContext): MergeOutcome {
  if (!context.hasTaxClass(candidate.taxClass)) {
    const reason = `The shop has no tax class "${candidate.taxClass}".`;
    return { kind: 'rejected', field: 'taxClass', problem: { code: 'tax-class-unknown', reason } };
  }
  const ownId = itemIdOf(candidate.identity);
  const own = catalog.get(ownId) ?? catalog.getBySku(candidate.sku);
  if (own?.line)
    return duplicate('sku', 'duplicate-sku', `${nameOfIdentity(candidate)} is already on line ${own.line}.`);
  const rival = catalog.otherWithScanCode(candidate.scanCode, own?.id ?? ownId);
  if (rival?.line) {
    return duplicate(
      'scanCode',
      'duplicate-barcode',
      `The barcode ${candidate.scanCode} is already on line ${rival.line}.`,
    );
  }
  if (rival && (own || !isValidGtin(candidate.scanCode))) {
    const reason = `The barcode ${candidate.scanCode} belongs to "${rival.product.name}" (SKU ${rival.product.sku || 'none'}) in the catalog.`;
    return duplicate('scanCode', 'duplicate-barcode', reason);
  }
  const existing = own ?? rival;
  const id = existing?.id ?? ownId;
  const product = productOf(id, candidate);
  const prices = pricesOf(id, candidate, existing?.prices ?? [], context);
  const item = { id, product, prices, line: candidate.line };
  if (!existing) return { kind: 'created', item };
  const same = sameProduct(existing.product, product) && prices === existing.prices;
  return { kind: same ? 'unchanged' : 'updated', item };
}

function duplicate(field: 'sku' | 'scanCode', code: CellProblem['code'], reason: string): MergeOutcome {
  return { kind: 'rejected', field, problem: { code, reason } };
}

function nameOfIdentity({ identity }: ItemCandidate): string {
  return 'sku' in identity ? `The SKU "${identity.sku}"` : `"${identity.style}" with these options`;
}

function productOf(id: string, candidate: ItemCandidate): Product {
  const { sku, scanCode, name, variant, brand, department, taxClass, styleKey } = candidate;
  const styleId = styleKey === null ? null : styleIdOf(styleKey);
  return { id, sku, scanCode, name, variant, brand, department, taxClass, styleId };
}

function sameProduct(one: Product, other: Product): boolean {
  return (Object.keys(other) as (keyof Product)[]).every((key) => one[key] === other[key]);
}

/** The existing prices themselves when they say what the row says; otherwise the row's prices, the first valid from now on. */
function pricesOf(id: string, candidate: ItemCandidate, existing: Price[], context: MergeContext): Price[] {
  const past = existing.filter(({ validFrom }) => validFrom <= context.nowIso);
  const future = existing.slice(past.length);
  const current = past[past.length - 1];
  const [now, ...later] = candidate.prices;
  const same =
    current !== undefined &&
    current.currency === context.currency &&
    sameAmounts(current, now) &&
    future.length === later.length &&
    later.every((price, index) => {
      const published = future[index];
      return published !== undefined && sameAmounts(published, price) && published.validFrom === price.validFrom;
    });
  if (same) return existing;
  return candidate.prices.map(({ amountMinor, compareAtMinor, validFrom }) => {
    const from = validFrom ?? context.nowIso;
    const priceId = `${id}|${from.replace(/[-:.]/g, '')}`;
    return { id: priceId, itemId: id, amountMinor, compareAtMinor, currency: context.currency, validFrom: from };
  });
}

function sameAmounts(price: Price, other: CandidatePrice): boolean {
  return price.amountMinor === other.amountMinor && price.compareAtMinor === other.compareAtMinor;
}
