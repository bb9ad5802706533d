import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX } from '../limits.ts';
import type { Style } from '../item-candidate.ts';
import type { RowReader } from '../row-reader.ts';
import { TAX_EXEMPT, TAX_STANDARD } from '../../tax-class-names.ts';
import { defineFormat } from './product-format.ts';
import type { PassedOver, RowReading } from './product-format.ts';

type Field =
  | 'handle'
  | 'title'
  | 'vendor'
  | 'type'
  | 'category'
  | 'option1Name'
  | 'option1'
  | 'option2'
  | 'option3'
  | 'sku'
  | 'barcode'
  | 'price'
  | 'compareAt'
  | 'taxable'
  | 'quantity'
  | 'giftCard'
  | 'status';

/** The option that Shopify gives to a product without options. */
const NO_OPTION_NAME = 'title';

/**
 * Shopify's product export, with the column names of the file that the admin exports ("Variant SKU") and those of the newer
 * template ("SKU"). Source: https://help.shopify.com/en/manual/products/import-export/using-csv
 *
 * A product's title, vendor, type and status stand on the first row of its handle; further rows are variants, or images
 * when they have neither option, SKU nor price.
 */
export const shopify = defineFormat<Field>({
  name: 'shopify',
  title: 'Shopify product',
  columns: {
    handle: ['Handle', 'URL handle'],
    title: ['Title'],
    vendor: ['Vendor'],
    type: ['Type'],
    category: ['Product Category'],
    option1Name: ['Option1 Name'],
    option1: ['Option1 Value'],
    option2: ['Option2 Value'],
    option3: ['Option3 Value'],
    sku: ['Variant SKU', 'SKU'],
    barcode: ['Variant Barcode', 'Barcode'],
    price: ['Variant Price', 'Price'],
    compareAt: ['Variant Compare At Price', 'Compare-at price'],
    taxable: ['Variant Taxable', 'Charge tax'],
    quantity: ['Variant Inventory Qty', 'Inventory quantity'],
    giftCard: ['Gift Card'],
    status: ['Status'],
  },
  required: ['handle', 'title', 'price'],
  telltale: ['handle'],
  read(row, styles) {
    const handle = row.required('handle', row.code('handle'));
    const isFirst = row.raw('title') !== '';
    const style = isFirst ? readStyle(row) : styles.recall(handle);
    if (isFirst && style && row.problem === null) styles.remember(handle, style);
    if (!isFirst && isImageOnly(row)) return passedOver('image');
    if (!style) {
      row.reject('title', 'parent-unknown', `No sound row above this one has the title of "${handle}".`);
      return { kind: 'rejected' };
    }
    if (row.flag('giftCard', false)) return passedOver('gift-card');
    if (!style.sellable) return passedOver('draft');
    return readVariant(row, handle, style);
  },
});

function readStyle(row: RowReader<Field>): Style {
  const category = row.text('category', NAME_LENGTH_MAX).split('>')[0]?.trim() ?? '';
  const status = row.raw('status').toLowerCase();
  return {
    name: row.text('title', NAME_LENGTH_MAX),
    brand: row.text('vendor', LABEL_LENGTH_MAX) || null,
    department: row.text('type', LABEL_LENGTH_MAX) || category || 'General',
    taxClass: TAX_STANDARD,
    sellable: status !== 'draft' && status !== 'archived',
    hasOptions: row.raw('option1') !== '' && row.raw('option1Name').toLowerCase() !== NO_OPTION_NAME,
  };
}

function isImageOnly(row: RowReader<Field>): boolean {
  return (['option1', 'option2', 'option3', 'sku', 'price'] as const).every((field) => row.raw(field) === '');
}

function readVariant(row: RowReader<Field>, handle: string, style: Style): RowReading {
  const options = (['option1', 'option2', 'option3'] as const)
    .map((field) => row.text(field, LABEL_LENGTH_MAX))
    .filter((value) => value !== '')
    .join(' / ');
  const sku = row.code('sku');
  const amountMinor = row.requiredPrice('price');
  const compareAtMinor = row.price('compareAt');
  const item = {
    line: row.line,
    identity: sku === '' ? { style: handle, options } : { sku },
    sku,
    scanCode: row.scanCode('barcode'),
    name: style.name,
    variant: style.hasOptions ? options || null : null,
    brand: style.brand,
    department: style.department,
    taxClass: row.flag('taxable', true) ? style.taxClass : TAX_EXEMPT,
    styleKey: style.hasOptions ? handle : null,
    // Shopify keeps a compare-at price that is no higher; as a reduction it would be a lie on the label.
    prices: [
      {
        amountMinor,
        compareAtMinor: compareAtMinor !== null && compareAtMinor > amountMinor ? compareAtMinor : null,
        validFrom: null,
      },
    ] as const,
    quantity: row.quantity('quantity'),
  };
  return row.problem ? { kind: 'rejected' } : { kind: 'item', item: { ...item, prices: [...item.prices] } };
}

function passedOver(why: PassedOver): RowReading {
  return { kind: 'passed-over', why };
}
