import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX } from '../limits.ts';
import type { CandidatePrice, Style } from '../item-candidate.ts';
import type { ReadingContext, RowReader } from '../row-reader.ts';
import { TAX_EXEMPT, TAX_REDUCED, TAX_STANDARD, TAX_ZERO } from '../../tax-class-names.ts';
import { defineFormat } from './product-format.ts';
import type { PassedOver, RowReading } from './product-format.ts';

const ATTRIBUTES_MAX = 10;
const attributes = Array.from({ length: ATTRIBUTES_MAX }, (_, index) => index + 1);
type AttributeField = `attribute${number}`;

type Field =
  | 'id'
  | 'type'
  | 'sku'
  | 'gtin'
  | 'name'
  | 'published'
  | 'saleFrom'
  | 'saleTo'
  | 'taxStatus'
  | 'taxClass'
  | 'stock'
  | 'salePrice'
  | 'regularPrice'
  | 'categories'
  | 'brands'
  | 'parent'
  | AttributeField;

/** WooCommerce's own tax classes in our words; classes that a shop has added keep their slug. */
const TAX_CLASSES: Record<string, string> = {
  '': TAX_STANDARD,
  standard: TAX_STANDARD,
  'reduced-rate': TAX_REDUCED,
  'zero-rate': TAX_ZERO,
};
/** A variation's way of saying that it is taxed as its parent is. */
const TAXED_AS_PARENT = 'parent';
/** `published`: 1 shown, 0 private, -1 draft, 2 pending review. A private product is not in the web shop, yet it can be sold here. */
const NOT_READY = new Set(['-1', '2']);

/**
 * WooCommerce's product export with English column names. Source: WC_Product_CSV_Exporter and the import schema,
 * https://github.com/woocommerce/woocommerce/wiki/Product-CSV-Import-Schema
 *
 * A `variable` row holds what its `variation` rows share and is no item itself; they name it in "Parent" by SKU or `id:123`.
 */
export const woocommerce = defineFormat<Field>({
  name: 'woocommerce',
  title: 'WooCommerce product',
  columns: {
    id: ['ID'],
    type: ['Type'],
    sku: ['SKU'],
    gtin: ['GTIN, UPC, EAN, or ISBN'],
    name: ['Name'],
    published: ['Published'],
    saleFrom: ['Date sale price starts'],
    saleTo: ['Date sale price ends'],
    taxStatus: ['Tax status'],
    taxClass: ['Tax class'],
    stock: ['Stock'],
    salePrice: ['Sale price'],
    regularPrice: ['Regular price'],
    categories: ['Categories'],
    brands: ['Brands'],
    parent: ['Parent'],
    ...(Object.fromEntries(
      attributes.map((number) => [`attribute${number}`, [`Attribute ${number} value(s)`]]),
    ) as Record<AttributeField, string[]>),
  },
  required: ['type', 'sku', 'name', 'regularPrice'],
  telltale: ['regularPrice', 'taxStatus', 'gtin'],
  read(row, styles, context) {
    const types = row
      .raw('type')
      .toLowerCase()
      .split(',')
      .map((type) => type.trim());
    if (types.includes('variation')) return readVariation(row, styles.recall(row.code('parent')), context);
    const style = readStyle(row, types.includes('variable'));
    if (types.includes('variable')) {
      const sku = row.code('sku');
      if (row.problem) return { kind: 'rejected' };
      if (sku !== '') styles.remember(sku, style);
      if (row.raw('id') !== '') styles.remember(`id:${row.raw('id')}`, style);
      return passedOver('style');
    }
    if (!types.includes('simple')) return passedOver('not-sold-singly');
    if (!style.sellable) return passedOver('draft');
    return readItem(row, style, { styleKey: null, variant: null }, context);
  },
});

function readStyle(row: RowReader<Field>, hasOptions: boolean): Style {
  // "Clothing > Tshirts, Sale": the first category's top level.
  const department = row.text('categories', NAME_LENGTH_MAX).split(/[,>|]/)[0]?.trim() ?? '';
  const brand = row.text('brands', LABEL_LENGTH_MAX).split(',')[0]?.trim() ?? '';
  return {
    name: row.required('name', row.text('name', NAME_LENGTH_MAX)),
    brand: brand || null,
    department: department || 'General',
    taxClass: taxClassOf(row, TAX_STANDARD),
    sellable: !NOT_READY.has(row.raw('published')),
    hasOptions,
  };
}

function taxClassOf(row: RowReader<Field>, parents: string): string {
  const status = row.raw('taxStatus').toLowerCase();
  // "shipping": only the delivery is taxed, and a till delivers nothing.
  if (status === 'none' || status === 'shipping') return TAX_EXEMPT;
  const named = row.raw('taxClass').toLowerCase();
  return named === TAXED_AS_PARENT ? parents : (TAX_CLASSES[named] ?? named);
}

function readVariation(row: RowReader<Field>, parent: Style | null, context: ReadingContext): RowReading {
  const parentName = row.required('parent', row.code('parent'));
  if (!parent) {
    row.reject('parent', 'parent-unknown', `No sound row above this one is the variable product "${parentName}".`);
    return { kind: 'rejected' };
  }
  if (!parent.sellable || NOT_READY.has(row.raw('published'))) return passedOver('draft');
  const variant = attributes
    .map((number) => row.text(`attribute${number}`, LABEL_LENGTH_MAX))
    .filter((value) => value !== '')
    .join(' / ');
  const style = { ...parent, taxClass: taxClassOf(row, parent.taxClass) };
  return readItem(row, style, { styleKey: parentName, variant: variant || null }, context);
}

function readItem(
  row: RowReader<Field>,
  style: Style,
  variant: { styleKey: string | null; variant: string | null },
  context: ReadingContext,
): RowReading {
  const sku = row.code('sku');
  const id = row.raw('id');
  if (sku === '' && id === '')
    row.reject('sku', 'cell-empty', 'Neither SKU nor ID: the item could not be found again.');
  const prices = readPrices(row, context.nowIso);
  const item = {
    line: row.line,
    identity: sku === '' ? { style: 'woocommerce', options: id } : { sku },
    sku,
    scanCode: row.scanCode('gtin'),
    name: style.name,
    brand: style.brand,
    department: style.department,
    taxClass: style.taxClass,
    ...variant,
    prices,
    quantity: row.quantity('stock'),
  };
  return row.problem ? { kind: 'rejected' } : { kind: 'item', item };
}

/** The regular price, the sale price, and when one gives way to the other. */
function readPrices(row: RowReader<Field>, nowIso: string): [CandidatePrice, ...CandidatePrice[]] {
  const regularMinor = row.requiredPrice('regularPrice');
  const saleMinor = row.price('salePrice');
  const from = row.date('saleFrom', 'start');
  const to = row.date('saleTo', 'end');
  const regular = { amountMinor: regularMinor, compareAtMinor: null, validFrom: null };
  if (saleMinor === null || (to !== null && to <= nowIso)) return [regular];
  if (saleMinor > regularMinor) {
    row.reject('salePrice', 'sale-above-regular', 'The sale price is higher than the regular price.');
  }
  const reduced = saleMinor < regularMinor ? regularMinor : null;
  const sale = { amountMinor: saleMinor, compareAtMinor: reduced, validFrom: null };
  const after = to === null ? [] : [{ ...regular, validFrom: to }];
  if (from === null || from <= nowIso) return [sale, ...after];
  return [regular, { ...sale, validFrom: from }, ...after];
}

function passedOver(why: PassedOver): RowReading {
  return { kind: 'passed-over', why };
}
