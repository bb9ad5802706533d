import { gtinCheckDigit, normaliseScanCode } from '@evertill/barcode';
import type { Price, Product } from '@evertill/published';
import { seededRandom } from '@evertill/testkit';
import type { SeededRandom } from '@evertill/testkit';
import { itemIdOf, styleIdOf } from '../import/item-id.ts';
import { assortment } from './assortment/assortment.ts';
import type { Department, Goods } from './assortment/department.ts';
import { reducedFrom, shelfPrice } from './shelf-price.ts';

export type SeedItem = { product: Product; price: Price };

/** GS1's prefix for demonstrations and examples: these numbers are valid and will never be on a real product. */
const DEMONSTRATION_PREFIX = '952';
/** In the past for any clock a demonstration runs under, and constant, so that the same seed gives the same snapshot. */
const PRICES_VALID_FROM = '2020-01-01T00:00:00.000Z';
const REDUCED_SHARE = 0.06;
/** Product lines of a maker. A small shop has only the first; a large assortment needs them all. */
const LINES = ['', 'Select', 'Everyday', 'Reserve', 'Family', 'Bistro', 'Heritage', 'Value', 'Studio', 'Classic'];

/** What a maker offers in one line: for goods with variants a whole style, otherwise a single item. */
type Offer = { goods: Goods; brand: string; line: string; variants: readonly { kind: string; size: string }[] };

/** Exactly `count` items, spread over the departments by weight. The same seed gives the same items; more items keep the earlier ones. */
export function* seedItems(options: { count: number; seed: string; currency: string }): Generator<SeedItem> {
  const { count, seed, currency } = options;
  const shares = sharesOf(count);
  for (const [index, department] of assortment.entries()) {
    const random = seededRandom(`${seed}/${department.name}`);
    let serial = 0;
    for (const item of departmentItems(department, random, currency, index)) {
      if (serial === shares[index]) break;
      serial += 1;
      yield item;
    }
  }
}

/** Whole numbers that add up to `count`, in proportion to the departments' weights. */
function sharesOf(count: number): number[] {
  const total = assortment.reduce((sum, { weight }) => sum + weight, 0);
  let weightSoFar = 0;
  let given = 0;
  return assortment.map(({ weight }) => {
    weightSoFar += weight;
    const share = Math.round((count * weightSoFar) / total) - given;
    given += share;
    return share;
  });
}

function* departmentItems(
  department: Department,
  random: SeededRandom,
  currency: string,
  departmentIndex: number,
): Generator<SeedItem> {
  let serial = 0;
  for (let round = 0; ; round += 1) {
    const line = LINES[round] ?? `No. ${round}`;
    for (const offer of random.shuffled(offersOf(department, line))) {
      const stylePosition = random.int(1000) / 1000;
      const reduced = random.chance(REDUCED_SHARE);
      for (const variant of offer.variants) {
        serial += 1;
        const position = offer.goods.variants ? stylePosition : positionOf(offer.goods, variant.size, stylePosition);
        const amountMinor = shelfPrice(offer.goods.priceMinor, position, random);
        yield itemOf({
          department,
          offer,
          variant,
          sku: `${department.skuPrefix}-${String(serial).padStart(5, '0')}`,
          gtin: demonstrationGtin(departmentIndex, serial),
          amountMinor,
          compareAtMinor: reduced ? reducedFrom(amountMinor, random) : null,
          currency,
        });
      }
    }
  }
}

function offersOf(department: Department, line: string): Offer[] {
  return department.goods.flatMap((goods) => {
    const brands = goods.loose ? department.brands.slice(0, 1) : department.brands;
    const variants = goods.kinds.flatMap((kind) => goods.sizes.map((size) => ({ kind, size })));
    const offered = goods.variants ? [variants] : variants.map((variant) => [variant]);
    return brands.flatMap((brand) => offered.map((group) => ({ goods, brand, line, variants: group })));
  });
}

/** Larger sizes cost more: where in the goods' price range this size lies, 0 to 1. */
function positionOf(goods: Goods, size: string, jitter: number): number {
  return (goods.sizes.indexOf(size) + jitter) / goods.sizes.length;
}

function itemOf(made: {
  department: Department;
  offer: Offer;
  variant: { kind: string; size: string };
  sku: string;
  gtin: string;
  amountMinor: number;
  compareAtMinor: number | null;
  currency: string;
}): SeedItem {
  const { department, offer, variant, sku, amountMinor, compareAtMinor, currency } = made;
  const id = itemIdOf({ sku });
  const isVariant = offer.goods.variants === true;
  const maker = [offer.goods.loose ? '' : offer.brand, offer.line];
  const words = isVariant
    ? [...maker, offer.goods.name]
    : [...maker, offer.goods.name, variant.kind, offer.goods.loose ? '' : variant.size];
  return {
    product: {
      id,
      sku,
      scanCode: offer.goods.loose ? '' : normaliseScanCode(made.gtin),
      name: words.filter((word) => word !== '').join(' '),
      variant: isVariant ? `${variant.kind} / ${variant.size}` : null,
      brand: offer.brand,
      department: department.name,
      taxClass: department.taxClass,
      styleId: isVariant ? styleIdOf(`${department.skuPrefix}/${offer.brand}/${offer.line}/${offer.goods.name}`) : null,
    },
    price: {
      id: `${id}|0`,
      itemId: id,
      amountMinor,
      compareAtMinor,
      currency,
      validFrom: PRICES_VALID_FROM,
    },
  };
}

/** A GTIN-13 of its own for each item; the multiplication scatters neighbours, as numbers from many makers are. */
function demonstrationGtin(departmentIndex: number, serial: number): string {
  const number = ((departmentIndex * 10_000_000 + serial) * 7_368_787) % 1_000_000_000;
  const body = DEMONSTRATION_PREFIX + String(number).padStart(9, '0');
  return body + gtinCheckDigit(body);
}
