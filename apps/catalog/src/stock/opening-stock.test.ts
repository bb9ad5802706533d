import { seededRandom, temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolderAt } from '../publish/data-folder.ts';
import { findEnrolment } from '../seed/set-up-shop.ts';
import { seedShop } from '../seed/seed-shop.ts';
import { countedBefore } from './append-counts.ts';
import { openImporterJournal } from './importer-journal.ts';
import { openingStock } from './opening-stock.ts';

const nowIso = '2026-03-02T08:00:00.000Z';
let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder('opening-stock');
});
afterEach(() => folder.dispose());

const seeded = (items: number) =>
  seedShop({ folder: folder.path, items, seed: 'market', nowIso, random: seededRandom('secrets') });

async function counted(location: string): Promise<Map<string, number>> {
  const data = dataFolderAt(folder.path);
  const enrolment = findEnrolment(data);
  if (!enrolment) throw new Error('no shop');
  const journal = openImporterJournal(data, enrolment, { nowIso, random: seededRandom('reader') });
  expect((await journal.verify()).ok).toBe(true);
  const counts = new Map<string, number>();
  for (const { itemId, quantity } of countedBefore(journal, location)) counts.set(itemId, quantity);
  await journal.dispose();
  return counts;
}

test('the demonstration shop counts every item at its store and at each neighbour, once', async () => {
  expect((await seeded(1_200)).counted).toBe(3_600);
  const [dublin, cork, galway] = [await counted('DUB1'), await counted('CRK1'), await counted('GWY1')];
  expect([dublin.size, cork.size, galway.size]).toEqual([1_200, 1_200, 1_200]);
  expect([...cork]).not.toEqual([...dublin]);
  expect((await seeded(1_200)).counted).toBe(0);
  expect(await counted('DUB1')).toEqual(dublin);
});

test('a larger assortment counts what is new and leaves the rest as it was', async () => {
  await seeded(100);
  const before = await counted('CRK1');
  expect((await seeded(120)).counted).toBe(60);
  for (const [itemId, quantity] of before) expect((await counted('CRK1')).get(itemId)).toBe(quantity);
});

test('some shelves are empty, none holds less than nothing', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `item-${index}`);
  const quantities = [...openingStock(ids, { seed: 's', location: 'DUB1' })].map(({ quantity }) => quantity);
  const empty = quantities.filter((quantity) => quantity === 0).length;
  expect(empty).toBeGreaterThan(20);
  expect(empty).toBeLessThan(200);
  expect(quantities.every((quantity) => Number.isInteger(quantity) && quantity >= 0 && quantity <= 40)).toBe(true);
});
