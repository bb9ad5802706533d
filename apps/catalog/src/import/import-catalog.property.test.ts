import { propertyOptions, seededRandom } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportReport } from './import-catalog.ts';
import { shopFolder } from './testing/shop-folder.ts';
import type { ShopFolder } from './testing/shop-folder.ts';

const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
/** Cells as files have them: good ones, damaged ones, hostile ones. */
const cells = fc.record({
  sku: fc.oneof(
    fc.integer({ min: 0, max: 12 }).map((number) => `SKU-${number}`),
    oneOf('', 'a b', '=1+1', '\u0007'),
  ),
  name: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    oneOf('Crème', 'two\nlines', 'with "quotes", and more', 'x'.repeat(300)),
  ),
  price: oneOf('1.00', '1,50', '12', '', '-3', '1.234', '99999999', 'x', '0', '3.999'),
  barcode: oneOf('', '6291041500213', '6291041500214', '8.9E+12', '96385074', 'OWN-1', "'6291041500213"),
  // Sound quantities open a journal, whose fsyncs a hundred runs would spend their time on: see record-counts.test.ts.
  quantity: oneOf('', '', '', '2.5', 'many'),
});
const COLUMNS = ['sku', 'name', 'price', 'barcode', 'quantity'] as const;

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const rowsToText = (rows: readonly Record<(typeof COLUMNS)[number], string>[]) =>
  [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => quoted(row[column])).join(','))].join('\n') + '\n';

const files = fc.array(cells, { maxLength: 30 }).map(rowsToText);

async function inShop<Result>(work: (shop: ShopFolder) => Promise<Result>): Promise<Result> {
  const shop = await shopFolder();
  try {
    return await work(shop);
  } finally {
    shop.dispose();
  }
}

function expectAccounted(report: ImportReport): void {
  const { read, created, updated, unchanged, rejectedCount, passedOverCount } = report;
  expect(created + updated + unchanged + rejectedCount + passedOverCount).toBe(read);
  expect(report.rejected).toHaveLength(rejectedCount);
}

describe('any product file', () => {
  test('every row is created, updated, unchanged, passed over or rejected, and exactly the good ones are published', async () => {
    await fc.assert(
      fc.asyncProperty(files, (text) =>
        inShop(async (shop) => {
          const report = await shop.report(text);
          expectAccounted(report);
          const { products, prices } = await shop.published();
          expect(products).toHaveLength(report.created);
          expect(prices.map(({ itemId }) => itemId).sort()).toEqual(products.map(({ id }) => id).sort());
          const codes = products.map(({ scanCode }) => scanCode).filter((code) => code !== '');
          expect(new Set(codes).size).toBe(codes.length);
        }),
      ),
      propertyOptions(60),
    );
  });

  test('imported again it changes nothing, and the same rows are rejected for the same reasons', async () => {
    await fc.assert(
      fc.asyncProperty(files, (text) =>
        inShop(async (shop) => {
          const first = await shop.report(text);
          const before = await shop.published();
          const second = await shop.report(text);
          expect(second).toMatchObject({ created: 0, updated: 0, unchanged: first.created });
          expect(second.rejected).toEqual(first.rejected);
          expect(await shop.published()).toEqual(before);
        }),
      ),
      propertyOptions(40),
    );
  });

  test('line ends, delimiter and encoding make no difference', async () => {
    const plain = cells.filter(({ name }) => !/[\r\n"]/.test(name));
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { maxLength: 12 }).map(rowsToText), (text) =>
        inShop(async (shop) => {
          const expected = await shop.report(text, { dryRun: true });
          const readings = [
            await shop.report(text.replaceAll('\n', '\r\n'), { dryRun: true }),
            await shop.report(Buffer.from(`\uFEFF${text}`, 'utf16le'), { dryRun: true }),
            await shop.report(text.replaceAll('","', '";"').replace(COLUMNS.join(','), COLUMNS.join(';')), {
              dryRun: true,
            }),
          ];
          for (const report of readings) {
            expect({ ...report, encoding: '', delimiter: '' }).toEqual({ ...expected, encoding: '', delimiter: '' });
          }
        }),
      ),
      propertyOptions(25),
    );
  });

  test('a file that was damaged at random is accounted for or refused, never half done and never a crash', async () => {
    const damage = fc.record({ text: files, seed: fc.integer(), cuts: fc.integer({ min: 1, max: 8 }) });
    await fc.assert(
      fc.asyncProperty(damage, ({ text, seed, cuts }) =>
        inShop(async (shop) => {
          const bytes = damaged(Buffer.from(text), seed, cuts);
          const result = await shop.import(bytes);
          const { products, version } = await shop.published();
          if (result.ok) {
            expectAccounted(result.report);
            expect(products).toHaveLength(result.report.created);
          } else expect(version).toBe(0);
        }),
      ),
      propertyOptions(80),
    );
  });
});

/** Flips, drops and doubles bytes, and sometimes cuts the end off. */
function damaged(bytes: Buffer, seed: number, cuts: number): Buffer {
  const random = seededRandom(seed);
  let damagedBytes = bytes;
  for (let cut = 0; cut < cuts && damagedBytes.length > 0; cut += 1) {
    const at = random.int(damagedBytes.length);
    const kind = random.int(4);
    const before = damagedBytes.subarray(0, at);
    const after = damagedBytes.subarray(at + 1);
    if (kind === 0) damagedBytes = Buffer.concat([before, random.bytes(1), after]);
    else if (kind === 1) damagedBytes = Buffer.concat([before, after]);
    else if (kind === 2) damagedBytes = Buffer.concat([before, Buffer.from('"'), after]);
    else damagedBytes = before;
  }
  return damagedBytes;
}
