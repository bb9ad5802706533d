import { join } from 'node:path';
import { gtinCheckDigit } from '@evertill/barcode';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('encodings', () => {
  const text = 'sku,name,price\nA,Crème Fraîche,1.50\nB,Señor Müsli,2.00\n';
  const names = async () => (await shop.published()).products.map(({ name }) => name);

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE with a byte order mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 LE without one', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ])('%s is read', async (_encoding, bytes) => {
    await shop.report(bytes);
    expect(await names()).toEqual(['Crème Fraîche', 'Señor Müsli']);
  });

  test('the euro sign of Windows-1252 is a euro sign', async () => {
    const bytes = Buffer.from('sku,name,price\nA,Gutschein 5 X Käse,5.00\n', 'latin1');
    bytes[bytes.indexOf('X')] = 0x80;
    await shop.report(bytes);
    expect(await names()).toEqual(['Gutschein 5 € Käse']);
  });

  test('a row with broken characters in a sound UTF-8 file is the only one rejected', async () => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from('C,Caf\xe9,3.00\n', 'latin1')]);
    expect(await outcome(bytes)).toEqual({ skus: ['A', 'B'], rejected: [[4, 'name', 'text-damaged']] });
  });
});

describe('what is not a usable file is refused with words', () => {
  test.each([
    ['nothing', '', 'empty-file', /empty/],
    ['only blank lines', '\n\n  \n', 'empty-file', /header/],
    ['a workbook', Buffer.from('PK\x03\x04rest'), 'not-text', /CSV UTF-8/],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'not-text', /gzip/],
    ['zero bytes', `sku,name,price\nA,B${'\0'.repeat(50)}C,1\n`, 'not-text', /zero bytes/],
    ['a file of another kind', 'first,second\n1,2\n', 'format-unknown', /"first", "second"/],
    ['a missing price', 'sku,name,tax_class\nA,B,standard\n', 'column-missing', /"price"/],
    ['Shopify without a price', 'Handle,Title,Vendor\na,A,B\n', 'column-missing', /"Variant Price" or "Price"/],
    ['WooCommerce without a price', 'ID,Type,SKU,Name,Tax status\n', 'column-missing', /"Regular price"/],
    ['a column twice', 'sku,name,price,price\nA,B,1,2\n', 'column-twice', /"price"/],
    ['a header of quotes', '"sku,name,price\n', 'format-unknown', /quotes/],
    ['too many columns', `sku,name,price,${'x,'.repeat(3000)}y\n`, 'too-many-columns', /3004/],
  ])('%s', async (_what, content, code, words) => {
    const result = await shop.import(content);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.ok ? '' : result.error.message).toMatch(words);
    expect((await shop.published()).version).toBe(0);
  });

  test('a file that is not there, and a folder', async () => {
    expect(await shop.importFile(join(shop.path, 'none.csv'))).toMatchObject({ error: { code: 'cannot-read' } });
    expect(await shop.importFile(shop.path)).toMatchObject({ error: { code: 'cannot-read' } });
  });
});

describe('records', () => {
  test.each([
    ['comma', 'sku,name,price\nA,One,1.00\n'],
    ['semicolon and decimal comma', 'sku;name;price\nA;One;1,00\n'],
    ['tab', 'sku\tname\tprice\nA\tOne\t1.00\n'],
    ['bar', 'sku|name|price\nA|One|1.00\n'],
    ["Excel's separator line", 'sep=;\r\nsku;name;price\r\nA;One;1,00\r\n'],
    ['a comma inside quotes in the header', '"sku";"name";"price";"a, b, c, d"\nA;One;1,00;x\n'],
    ['carriage returns alone', 'sku,name,price\rA,One,1.00\r'],
    ['no line break at the end', 'sku,name,price\nA,One,1.00'],
    ['padding by a spreadsheet', 'sku,name,price,,\nA,One,1.00,,\n,,,,\n,,,,\n'],
  ])('%s', async (_what, content) => {
    expect(await outcome(content)).toEqual({ skus: ['A'], rejected: [] });
    expect((await shop.published()).prices).toMatchObject([{ amountMinor: 100 }]);
  });

  test('quotes, delimiters and line breaks inside cells', async () => {
    await shop.report('sku,name,price\r\nA,"Nails 5"", ""best""\r\nof all, boxed",1.00\r\nB,Two,2.00\r\n');
    const { products } = await shop.published();
    expect(products.map(({ name }) => name)).toEqual(['Nails 5", "best" of all, boxed', 'Two']);
  });

  test('a line number is that of the physical line on which the record begins', async () => {
    const content = `${HEADER}A,"two\nlines",1.00,\n\n\nB,"three\r\nmore\nlines",x,\nC,Last,-1,\n`;
    expect(await outcome(content)).toEqual({
      skus: ['A'],
      rejected: [
        [6, 'price', 'price-unreadable'],
        [9, 'price', 'price-negative'],
      ],
    });
  });

  test('a quote that is never closed costs its row, not the rest of the file', async () => {
    const content = `${HEADER}A,One,1.00,\nB,"Two,2.00,\nC,Three,3.00,\nD,Four,4.00,\n`;
    expect(await outcome(content)).toEqual({ skus: ['A', 'C', 'D'], rejected: [[3, null, 'broken-quote']] });
  });

  test('a stray quote costs its row, even when a later quote seems to close it', async () => {
    const content = `${HEADER}A,5" nails,1.00,\nB,Two,2.00,\nC,"Three\nlines",3.00,\nD,Four,4.00,\n`;
    expect(await outcome(content)).toEqual({ skus: ['B', 'C', 'D'], rejected: [[2, null, 'broken-quote']] });
  });

  test('a file cut in the middle of a row', async () => {
    expect(await outcome(`${HEADER}A,One,1.00,\nB,Tw`)).toEqual({ skus: ['A'], rejected: [[3, null, 'cut-off']] });
  });

  test('a file cut in the middle of a cell of many lines is one damage', async () => {
    const content = `${HEADER}A,One,1.00,\nB,"Two\nand more\nand`;
    expect(await outcome(content)).toEqual({ skus: ['A'], rejected: [[3, null, 'broken-quote']] });
  });

  test('a file cut in the middle of a character', async () => {
    const whole = Buffer.from(`${HEADER}A,Crème,1.00,\nB,Crè`);
    expect(await outcome(whole.subarray(0, -1))).toEqual({ skus: ['A'], rejected: [[3, null, 'cut-off']] });
  });

  test('rows with too many and too few cells', async () => {
    const content = `${HEADER}A,One,1.00,,surplus\nB,Two\nC,Three,3.00,${','.repeat(996)}x\nD,Four,4.00,,,,\n`;
    expect(await outcome(content)).toEqual({
      skus: ['D'],
      rejected: [
        [2, null, 'cell-count'],
        [3, null, 'cell-count'],
        [4, null, 'cell-count'],
      ],
    });
  });

  test('a thousand columns are read', async () => {
    const extra = Array.from({ length: 997 }, (_, index) => `meta ${index}`);
    const content = `sku,name,price,${extra.join(',')}\nA,One,1.00,${extra.join(',')}\n`;
    expect(await outcome(content)).toEqual({ skus: ['A'], rejected: [] });
  });

  test('huge cells: allowed where nobody reads them, refused in a name, given up beyond any record', async () => {
    const content =
      'Handle,Title,Body (HTML),Variant SKU,Variant Price\n' +
      `a,One,"${'long description '.repeat(30_000)}",A,1.00\n` +
      `b,${'Long Name '.repeat(1000)},,B,2.00\n` +
      `c,Three,${'x'.repeat(2_000_000)},C,3.00\n` +
      'd,Four,,D,4.00\n';
    expect(await outcome(content)).toEqual({
      skus: ['A', 'D'],
      rejected: [
        [3, 'Title', 'text-too-long'],
        [4, null, 'record-too-long'],
      ],
    });
  });
});

describe('cells', () => {
  const row = (cells: { name?: string; price?: string; barcode?: string }) =>
    `${HEADER}A,${cells.name ?? 'One'},${cells.price ?? '1.00'},${cells.barcode ?? ''}\nGOOD,Good,1.00,\n`;

  test.each([
    ['a negative price', { price: '-1.00' }, 'price', 'price-negative'],
    ['an absurd price', { price: '99999999.99' }, 'price', 'price-too-high'],
    ['a price in words', { price: 'on request' }, 'price', 'price-unreadable'],
    ['a price with two meanings', { price: '"1,234"' }, 'price', 'price-ambiguous'],
    ['no price', { price: '' }, 'price', 'cell-empty'],
    ['no name', { name: '' }, 'name', 'cell-empty'],
    ['a formula for a name', { name: '"=HYPERLINK(""http://x"")"' }, 'name', 'formula'],
    ['a zero byte', { name: 'Dra\0wer' }, 'name', 'control-character'],
    ['an escape character', { name: 'Drawer\u001bp' }, 'name', 'control-character'],
    ['text that turns direction', { name: 'abc\u202Edef' }, 'name', 'control-character'],
    ['a rounded barcode', { barcode: '8.90123E+12' }, 'barcode', 'barcode-damaged'],
    ['a wrong check digit', { barcode: '6291041500214' }, 'barcode', 'barcode-check-digit'],
    ['a coupon', { barcode: gtin('982123456789') }, 'barcode', 'barcode-not-an-item'],
  ])('%s', async (_what, cells, column, code) => {
    expect(await outcome(row(cells))).toEqual({ skus: ['GOOD'], rejected: [[2, column, code]] });
  });

  test.each([
    ['a number kept as text', `"=""${gtin('629104150021')}"""`],
    ['an apostrophe before the figures', `'${gtin('629104150021')}`],
    ['groups as printed', '6 291041 500213'],
  ])('a barcode with %s is read', async (_what, barcode) => {
    await shop.report(row({ barcode }));
    expect((await shop.published()).products[0]?.scanCode).toBe('06291041500213');
  });

  test('a number for scales keeps its place: it is valid, and the shop knows what it means', async () => {
    await shop.report(row({ barcode: gtin('200123400000') }));
    expect((await shop.published()).products.find(({ sku }) => sku === 'A')?.scanCode).toMatch(/^02001234/);
  });

  test('a code of the shop that is no GTIN stays as it is', async () => {
    await shop.report(row({ barcode: 'SHELF-17' }));
    expect((await shop.published()).products.find(({ sku }) => sku === 'A')?.scanCode).toBe('SHELF-17');
  });

  test.each([
    ['JPY', '1200', 1200, null],
    ['JPY', '1200.50', null, 'price-fraction'],
    ['KWD', '1.250', 1250, null],
    ['KWD', '1.2505', null, 'price-fraction'],
  ])('in %s %s is %s', async (currency, price, amountMinor, code) => {
    await shop.openIn(currency);
    const { rejected } = await shop.report(`sku,name,price\nA,One,${price}\n`);
    expect((await shop.published()).prices[0]?.amountMinor ?? null).toBe(amountMinor);
    expect(rejected[0]?.code ?? null).toBe(code);
  });

  test('a tax class that the shop does not have, and a price in another currency', async () => {
    const content =
      'sku,name,price,tax_class,currency\nA,One,1.00,luxury,\nB,Two,2.00,,USD\nC,Three,3.00,Reduced,eur\n';
    expect(await outcome(content)).toEqual({
      skus: ['C'],
      rejected: [
        [2, 'tax_class', 'tax-class-unknown'],
        [3, 'currency', 'currency-differs'],
      ],
    });
  });
});
