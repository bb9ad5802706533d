import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shopFolder } from './testing/shop-folder.ts';
import type { ShopFolder } from './testing/shop-folder.ts';

const fixture = (name: string) => join(fileURLToPath(new URL('../../fixtures', import.meta.url)), name);

let shop: ShopFolder;
beforeEach(async () => {
  shop = await shopFolder();
});
afterEach(() => shop.dispose());

/** Items as a till sees them: product and prices in one, by SKU or name. */
async function items() {
  const { products, prices } = await shop.published();
  return new Map(
    products.map((product) => {
      const own = prices.filter(({ itemId }) => itemId === product.id);
      return [product.sku || product.name, { ...product, prices: own }];
    }),
  );
}

async function importedFrom(name: string) {
  const result = await shop.importFile(fixture(name));
  if (!result.ok) throw new Error(result.error.message);
  return result.report;
}

describe('a Shopify export', () => {
  test('is recognised, and every row is accounted for', async () => {
    const report = await importedFrom('shopify-export.csv');
    expect(report).toMatchObject({ format: 'shopify', encoding: 'utf-8', read: 10, created: 6, rejectedCount: 0 });
    expect(report.passedOver).toEqual({ image: 1, draft: 2, 'gift-card': 1 });
  });

  test('variants inherit from the first row of their handle', async () => {
    await importedFrom('shopify-export.csv');
    const found = await items();
    expect(found.get('LS-03')).toMatchObject({
      name: 'Linen Shirt',
      variant: 'Écru / S',
      brand: 'Atelier Noé',
      department: 'Shirts',
      taxClass: 'standard',
      styleId: 'style:linen-shirt',
    });
  });

  test('compare-at prices are kept only where they are higher', async () => {
    await importedFrom('shopify-export.csv');
    const found = await items();
    expect(found.get('LS-01')?.prices).toMatchObject([{ amountMinor: 4990, compareAtMinor: 5990, currency: 'EUR' }]);
    expect(found.get('LS-04')?.prices).toMatchObject([{ amountMinor: 4490, compareAtMinor: null }]);
    expect(found.get('MUG-1')?.prices).toMatchObject([{ amountMinor: 950, compareAtMinor: null }]);
  });

  test('barcodes lose the apostrophe and become 14 digits', async () => {
    await importedFrom('shopify-export.csv');
    expect((await items()).get('LS-01')?.scanCode).toMatch(/^0952000000100\d$/);
  });

  test('a product without options is no variant, and without a SKU it is still an item', async () => {
    await importedFrom('shopify-export.csv');
    const found = await items();
    expect(found.get('MUG-1')).toMatchObject({ variant: null, styleId: null, department: 'Home & Garden' });
    expect(found.get('The Hare, the Fox & "I"')).toMatchObject({ sku: '', variant: null, taxClass: 'exempt' });
  });

  test('the newer template has other column names and the same meaning', async () => {
    const report = await importedFrom('shopify-template.csv');
    expect(report).toMatchObject({ format: 'shopify', read: 2, created: 2 });
    expect((await items()).get('SC-RED')).toMatchObject({ name: 'Merino Scarf', variant: 'Red', brand: 'Lumière' });
  });
});

describe('a WooCommerce export', () => {
  test('is recognised, and every row is accounted for', async () => {
    const report = await importedFrom('woocommerce-export.csv');
    expect(report).toMatchObject({ format: 'woocommerce', read: 13, created: 8, rejectedCount: 0 });
    expect(report.passedOver).toEqual({ style: 2, 'not-sold-singly': 2, draft: 1 });
  });

  test('variations take name, brand, department and tax from their parent, by SKU or by id', async () => {
    await importedFrom('woocommerce-export.csv');
    const found = await items();
    expect(found.get('tee-green-l')).toMatchObject({
      name: 'Crew Tee',
      variant: 'Green / L',
      brand: 'Tidewell Sport',
      department: 'Clothing',
      taxClass: 'standard',
      styleId: 'style:tee',
    });
    expect(found.get('Rain Hat')).toMatchObject({ variant: 'Red', taxClass: 'reduced' });
  });

  test('tax status and class become tax classes of the shop', async () => {
    await importedFrom('woocommerce-export.csv');
    const found = await items();
    expect(found.get('bread')?.taxClass).toBe('zero');
    expect(found.get('workshop')?.taxClass).toBe('exempt');
    expect(found.get('belt')?.taxClass).toBe('standard');
  });

  test('a sale without dates is the price, with the regular price to compare', async () => {
    await importedFrom('woocommerce-export.csv');
    expect((await items()).get('belt')?.prices).toMatchObject([{ amountMinor: 5500, compareAtMinor: 6500 }]);
  });

  test('a sale to come is published ahead, with its end, in the time of the shop', async () => {
    await importedFrom('woocommerce-export.csv');
    const prices = (await items()).get('xmas')?.prices.map(({ amountMinor, validFrom }) => [validFrom, amountMinor]);
    expect(prices).toEqual([
      ['2026-03-02T08:00:00.000Z', 990],
      ['2026-12-01T00:00:00.000Z', 790],
      ['2026-12-24T23:59:59.000Z', 990],
    ]);
  });

  test('a sale that is over is none', async () => {
    await importedFrom('woocommerce-export.csv');
    expect((await items()).get('old-sale')?.prices).toMatchObject([{ amountMinor: 300, compareAtMinor: null }]);
  });

  test('after the sale has begun the same file changes nothing', async () => {
    await importedFrom('woocommerce-export.csv');
    const during = await shop.importFile(fixture('woocommerce-export.csv'), { nowIso: '2026-12-10T09:00:00.000Z' });
    expect(during).toMatchObject({ ok: true, report: { updated: 0, unchanged: 8 } });
  });
});

describe("Evertill's own CSV", () => {
  test('is one item a row', async () => {
    const report = await importedFrom('evertill.csv');
    expect(report).toMatchObject({ format: 'evertill', read: 3, created: 3, rejectedCount: 0 });
    const found = await items();
    expect(found.get('OAT-1')).toMatchObject({ taxClass: 'zero', styleId: null, brand: 'Oat & Elm' });
    expect(found.get('TEE-S')).toMatchObject({ variant: 'Navy / S', styleId: found.get('TEE-M')?.styleId });
    expect(found.get('TEE-S')?.prices).toMatchObject([{ amountMinor: 1299, compareAtMinor: 1999 }]);
  });
});

describe.each(['shopify-export.csv', 'shopify-template.csv', 'woocommerce-export.csv', 'evertill.csv'])(
  '%s',
  (name) => {
    test('imported twice changes nothing the second time', async () => {
      const first = await importedFrom(name);
      const second = await importedFrom(name);
      expect(second).toMatchObject({ created: 0, updated: 0, unchanged: first.created });
      expect(second.published).toEqual({ ...first.published, unchanged: true });
    });

    test('a dry run says what would happen and leaves no trace', async () => {
      const rehearsal = await shop.importFile(fixture(name), { dryRun: true });
      expect(rehearsal).toMatchObject({ ok: true, report: { published: null, rejectedFile: null } });
      const first = await importedFrom(name);
      expect(rehearsal.ok && rehearsal.report.created).toBe(first.created);
      expect(first.published?.version).toBe(1);
    });
  },
);
