import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gtinCheckDigit } from '@evertill/barcode';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockCatalog } from '../publish/catalog-lock.ts';
import { REJECTED_IN_RESULT_MAX } from './limits.ts';
import { shopFolder } from './testing/shop-folder.ts';
import type { ShopFolder } from './testing/shop-folder.ts';

let shop: ShopFolder;
beforeEach(async () => {
  shop = await shopFolder();
});
afterEach(() => shop.dispose());

const HEADER = 'sku,name,price,barcode\n';
const gtin = (body: string) => body + gtinCheckDigit(body);

/** SKUs that got in, and for each rejected row its line, column and code. */
async function outcome(content: string | Uint8Array) {
  const { rejected } = await shop.report(content);
  const { products } = await shop.published();
  return {
    skus: products.map(({ sku }) => sku).sort(),
    rejected: rejected.map(({ line, column, code }) => [line, column, code]),
  };
}

describe('duplicates: the first wins, the later names its line', () => {
  const code = gtin('629104150021');

  test('within the file', async () => {
    const { rejected } = await shop.report(
      `${HEADER}A,One,1.00,${code}\nB,Two,2.00,\nA,Again,3.00,\nC,Three,1.00,0${code}\n`,
    );
    expect(rejected).toMatchObject([
      { line: 4, column: 'sku', code: 'duplicate-sku', reason: expect.stringContaining('line 2') },
      { line: 5, column: 'barcode', code: 'duplicate-barcode', reason: expect.stringContaining('line 2') },
    ]);
    expect((await shop.published()).products.map(({ name }) => name)).toEqual(['One', 'Two']);
  });

  test('rows without a SKU or a barcode are no duplicates of each other', async () => {
    const { created } = await shop.report(
      'Handle,Title,Variant SKU,Variant Price,Variant Barcode\na,One,,1.00,\nb,Two,,2.00,\nc,Three,,3.00,\n',
    );
    expect(created).toBe(3);
  });

  test('with the catalog: an own code of another item is rejected', async () => {
    await shop.report(`${HEADER}A,One,1.00,SHELF-17\n`);
    const { rejected } = await shop.report(`${HEADER}B,Two,2.00,SHELF-17\n`);
    expect(rejected).toMatchObject([{ column: 'barcode', reason: expect.stringContaining('"One" (SKU A)') }]);
  });

  test('with the catalog: a worldwide number is the same item, whatever its SKU has become', async () => {
    await shop.report(`${HEADER}OLD,One,1.00,${code}\n`);
    const before = (await shop.published()).products;
    expect(await shop.report(`${HEADER}NEW,One,1.00,${code}\n`)).toMatchObject({ updated: 1, created: 0 });
    expect((await shop.published()).products).toMatchObject([{ id: before[0]?.id, sku: 'NEW' }]);
    expect(await shop.report(`${HEADER}NEW,One,1.00,${code}\nNEW,Other,2.00,\n`)).toMatchObject({
      unchanged: 1,
      rejected: [{ line: 3, code: 'duplicate-sku' }],
    });
  });

  test('a variant whose parent is missing or was rejected', async () => {
    const shopify =
      'Handle,Title,Option1 Value,Variant SKU,Variant Price\nx,,M,X-M,1.00\ny,\u001b,M,Y-M,1.00\ny,,L,Y-L,1.00\n';
    expect(await outcome(shopify)).toMatchObject({
      rejected: [
        [2, 'Title', 'parent-unknown'],
        [3, 'Title', 'control-character'],
        [4, 'Title', 'parent-unknown'],
      ],
    });
    const woo = 'ID,Type,SKU,Name,Regular price,Parent\n1,variation,V,V,1.00,none\n';
    expect(await outcome(woo)).toMatchObject({ rejected: [[2, 'Parent', 'parent-unknown']] });
  });
});

describe('the catalog', () => {
  test('keeps what the file does not mention, and publishes once', async () => {
    await shop.report(`${HEADER}A,One,1.00,\nB,Two,2.00,\n`);
    const report = await shop.report(`${HEADER}B,Two,2.50,\nC,Three,3.00,\n`);
    expect(report).toMatchObject({ created: 1, updated: 1, unchanged: 0, published: { version: 2 } });
    const { products, prices } = await shop.published();
    expect(products.map(({ sku }) => sku)).toEqual(['A', 'B', 'C']);
    expect(prices.map(({ amountMinor }) => amountMinor)).toEqual([100, 250, 300]);
  });

  test('a new price applies from the import on, an unchanged one keeps its date', async () => {
    await shop.report(`${HEADER}A,One,1.00,\nB,Two,2.00,\n`);
    await shop.report(`${HEADER}A,One,1.00,\nB,Two,2.50,\n`, { nowIso: '2026-04-01T10:00:00.000Z' });
    expect((await shop.published()).prices.map(({ validFrom }) => validFrom)).toEqual([
      '2026-03-02T08:00:00.000Z',
      '2026-04-01T10:00:00.000Z',
    ]);
  });

  test('stays as it was when no row is good', async () => {
    await shop.report(`${HEADER}A,One,1.00,\n`);
    const report = await shop.report(`${HEADER}B,Two,-2.00,\n`);
    expect(report.published).toBeNull();
    expect((await shop.published()).version).toBe(1);
  });

  test('a shop is set up where there is none', async () => {
    const bare = await shopFolder({ bare: true });
    try {
      expect(await bare.report(`${HEADER}A,One,1.00,\n`)).toMatchObject({ created: 1, published: { version: 1 } });
      expect((await bare.published()).stores).toHaveLength(1);
    } finally {
      bare.dispose();
    }
  });

  test('a catalog that was tampered with is not built upon', async () => {
    await shop.report(`${HEADER}A,One,1.00,\n`);
    const objects = join(shop.path, 'published', 'objects');
    for (const name of readdirSync(objects)) {
      const file = join(objects, name);
      writeFileSync(file, readFileSync(file, 'utf8').replace('One', 'Own'));
    }
    expect(await shop.import(`${HEADER}B,Two,2.00,\n`)).toMatchObject({
      ok: false,
      error: { code: 'catalog-unreadable' },
    });
  });

  test('two imports at once: the second is told to wait', async () => {
    const lock = lockCatalog(shop.path);
    await expect(shop.import(`${HEADER}A,One,1.00,\n`)).rejects.toMatchObject({ code: 'catalog-busy' });
    lock.release();
    expect(await shop.import(`${HEADER}A,One,1.00,\n`)).toMatchObject({ ok: true });
  });

  test('leaves nothing behind but the list of rejected rows, which is complete', async () => {
    const rows = Array.from({ length: REJECTED_IN_RESULT_MAX + 500 }, (_, index) => `B${index},Bad,-1.00,`);
    const report = await shop.report(`${HEADER}A,One,1.00,\n${rows.join('\n')}\n`);
    expect(report).toMatchObject({ created: 1, rejectedCount: rows.length });
    expect(report.rejected).toHaveLength(REJECTED_IN_RESULT_MAX);
    const listed: unknown = JSON.parse(readFileSync(report.rejectedFile ?? '', 'utf8'));
    expect(listed).toHaveLength(rows.length);
    expect(existsSync(join(shop.path, 'imports', 'running.db'))).toBe(false);
  });
});
