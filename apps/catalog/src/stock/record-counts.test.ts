import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, memoryHighWaterMark } from '@evertill/ledger';
import { generateSigningKey } from '@evertill/journal';
import { seededRandom } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataFolderAt } from '../publish/data-folder.ts';
import { findEnrolment } from '../seed/set-up-shop.ts';
import { openImporterJournal } from './importer-journal.ts';
import { NOW_ISO, shopFolder } from '../import/testing/shop-folder.ts';
import type { ShopFolder } from '../import/testing/shop-folder.ts';

let shop: ShopFolder;
beforeEach(async () => {
  shop = await shopFolder();
});
afterEach(() => shop.dispose());

const file = (rows: readonly (readonly [sku: string, quantity: string])[]) =>
  `sku,name,price,quantity\n${rows.map(([sku, quantity]) => `${sku},Name,1.00,${quantity}\n`).join('')}`;

/** The importer's journal after an import: verified, and what each count in it says. */
async function journal() {
  const folder = dataFolderAt(shop.path);
  const enrolment = findEnrolment(folder);
  if (!enrolment) throw new Error('no shop');
  const ledger = openImporterJournal(folder, enrolment, { nowIso: NOW_ISO, random: seededRandom('reader') });
  const counts: { items: Record<string, number>; basis: Record<string, number>; source: string }[] = [];
  for (const record of ledger.records({ type: 'StockCounted' })) {
    const read = record.read();
    if (!read.known || read.type !== 'StockCounted') continue;
    const items = Object.fromEntries(read.payload.items.map(({ itemId, counted }) => [itemId, counted]));
    counts.push({ items, basis: read.payload.basis, source: read.payload.source });
  }
  const { ok } = await ledger.verify();
  await ledger.dispose();
  return { ok, counts };
}

describe('quantities of a file', () => {
  test('become counts in the journal of the importer, and no property of the items', async () => {
    const report = await shop.report(
      file([
        ['A', '12'],
        ['B', '-3'],
        ['C', ''],
      ]),
    );
    expect(report.stock).toEqual({ counted: 2, recorded: 2, problem: null });
    const { ok, counts } = await journal();
    expect(ok).toBe(true);
    expect(counts).toEqual([
      { items: { 'sku:A': 12, 'sku:B': -3 }, basis: { 'DUB1-importer.1': 1 }, source: 'evertill: products.csv' },
    ]);
    expect(JSON.stringify((await shop.published()).products)).not.toContain('quantity');
  });

  test('are recorded once: the same file adds nothing, a changed quantity only itself', async () => {
    await shop.report(
      file([
        ['A', '12'],
        ['B', '3'],
      ]),
    );
    const again = await shop.report(
      file([
        ['A', '12'],
        ['B', '3'],
      ]),
    );
    expect(again.stock).toEqual({ counted: 2, recorded: 0, problem: null });
    const changed = await shop.report(
      file([
        ['A', '12'],
        ['B', '4'],
      ]),
    );
    expect(changed.stock).toEqual({ counted: 2, recorded: 1, problem: null });
    expect((await journal()).counts.map(({ items }) => items)).toEqual([{ 'sku:A': 12, 'sku:B': 3 }, { 'sku:B': 4 }]);
  });

  test('a quantity that goes back to an earlier one is recorded again', async () => {
    for (const quantity of ['5', '6', '5']) await shop.report(file([['A', quantity]]));
    expect((await journal()).counts.map(({ items }) => items['sku:A'])).toEqual([5, 6, 5]);
  });

  test('more than a thousand are several records', async () => {
    const rows = Array.from({ length: 6500 }, (_, index) => [`S${index}`, String(index)] as const);
    const report = await shop.report(file(rows));
    expect(report.stock).toMatchObject({ counted: 6500, recorded: 6500 });
    const { ok, counts } = await journal();
    expect(ok).toBe(true);
    expect(counts.map(({ items }) => Object.keys(items).length)).toEqual([1000, 1000, 1000, 1000, 1000, 1000, 500]);
  });

  test('a rejected row counts nothing, and a dry run begins no journal', async () => {
    const rejected = await shop.report(`${file([['A', '1']])}B,Name,-1.00,7\nC,Name,1.00,2.5\n`);
    expect(rejected).toMatchObject({ rejectedCount: 2, stock: { counted: 1 } });
    const other = await shopFolder();
    const rehearsal = await other.report(file([['A', '1']]), { dryRun: true });
    expect(rehearsal.stock).toBeNull();
    other.dispose();
  });

  test('a journal that cannot be used stops the import before anything is published', async () => {
    const { importer } = dataFolderAt(shop.path);
    mkdirSync(importer, { recursive: true });
    writeFileSync(join(importer, 'ledger.db'), 'this is no ledger'.repeat(20));
    expect(await shop.import(file([['A', '1']]))).toMatchObject({ ok: false, error: { code: 'journal-unusable' } });
    expect((await shop.published()).version).toBe(0);
  });

  test('a journal that another process holds stops the import too', async () => {
    const { importer } = dataFolderAt(shop.path);
    const holder = openLedger({
      folder: importer,
      identity: { tenant: 'demo', store: 'DUB1', register: 'DUB1-importer' },
      key: generateSigningKey().key,
      clock: { nowMs: () => 0, tzOffsetMin: () => 0 },
      random: seededRandom('holder'),
      highWater: memoryHighWaterMark(),
    });
    expect(await shop.import(file([['A', '1']]))).toMatchObject({ ok: false, error: { code: 'journal-unusable' } });
    await holder.dispose();
  });
});
