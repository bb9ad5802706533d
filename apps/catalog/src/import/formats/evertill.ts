import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX } from '../limits.ts';
import { TAX_STANDARD } from '../../tax-class-names.ts';
import { defineFormat } from './product-format.ts';

type Field =
  | 'sku'
  | 'name'
  | 'price'
  | 'scanCode'
  | 'variant'
  | 'brand'
  | 'department'
  | 'taxClass'
  | 'style'
  | 'compareAt'
  | 'currency'
  | 'quantity';

/** Our own format, for whoever writes a file by hand or by program: docs/csv-format.md. One row is one item. */
export const evertill = defineFormat<Field>({
  name: 'evertill',
  title: 'Evertill product',
  columns: {
    sku: ['sku'],
    name: ['name'],
    price: ['price'],
    scanCode: ['barcode'],
    variant: ['variant'],
    brand: ['brand'],
    department: ['department'],
    taxClass: ['tax_class'],
    style: ['style'],
    compareAt: ['compare_at_price'],
    currency: ['currency'],
    quantity: ['quantity'],
  },
  required: ['sku', 'name', 'price'],
  telltale: ['taxClass', 'compareAt', 'price'],
  read(row, _styles, context) {
    const sku = row.required('sku', row.code('sku'));
    const name = row.required('name', row.text('name', NAME_LENGTH_MAX));
    const amountMinor = row.requiredPrice('price');
    const compareAtMinor = row.price('compareAt');
    if (compareAtMinor !== null && compareAtMinor < amountMinor) {
      row.reject('compareAt', 'sale-above-regular', 'The price is higher than the price it is compared with.');
    }
    const currency = row.raw('currency').toUpperCase() || context.currency;
    if (currency !== context.currency) {
      const reason = `The price is in ${currency.slice(0, 8)}; this shop sells in ${context.currency}.`;
      row.reject('currency', 'currency-differs', reason);
    }
    const item = {
      line: row.line,
      identity: { sku },
      sku,
      scanCode: row.scanCode('scanCode'),
      name,
      variant: row.text('variant', LABEL_LENGTH_MAX) || null,
      brand: row.text('brand', LABEL_LENGTH_MAX) || null,
      department: row.text('department', LABEL_LENGTH_MAX) || 'General',
      taxClass: row.raw('taxClass').toLowerCase() || TAX_STANDARD,
      styleKey: row.code('style') || null,
      prices: [
        { amountMinor, compareAtMinor: compareAtMinor === amountMinor ? null : compareAtMinor, validFrom: null },
      ] satisfies [{ amountMinor: number; compareAtMinor: number | null; validFrom: null }],
      quantity: row.quantity('quantity'),
    };
    return row.problem ? { kind: 'rejected' } : { kind: 'item', item };
  },
});
