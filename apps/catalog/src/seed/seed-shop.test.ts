import { statSync } from 'node:fs';
import { join } from 'node:path';
import { circulationOf, isValidGtin } from '@evertill/barcode';
import { ed25519Verifier, readHead } from '@evertill/published';
import type { Price, Product } from '@evertill/published';
import { seededRandom, temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyPin } from '@evertill/enrolment';
import { dataFolderAt } from '../publish/data-folder.ts';
import { seedItems } from './seed-items.ts';
import { seedShop } from './seed-shop.ts';
import type { Enrolment } from '@evertill/enrolment';
import { composeEnrolment, findEnrolment } from './set-up-shop.ts';

function enrolmentIn(path: string): Enrolment {
  const enrolment = findEnrolment(dataFolderAt(path));
  if (!enrolment) throw new Error(`no enrolment in ${path}`);
  return enrolment;
}

const nowIso = '2026-03-02T08:00:00.000Z';
const seedOptions = (folder: string, items: number, seed = 'market') => ({
  folder,
  items,
  seed,
  nowIso,
  random: seededRandom('secrets'),
});

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder('seed');
});
afterEach(() => folder.dispose());

async function publishedIn(path: string) {
  const data = dataFolderAt(path);
  const { publisher, scope } = enrolmentIn(path);
  const head = readHead({ folder: data.published, scope, verify: ed25519Verifier([publisher]) });
  const products: Product[] = [];
  const prices: Price[] = [];
  for await (const batch of head?.readBatches('products') ?? []) products.push(...batch);
  for await (const batch of head?.readBatches('prices') ?? []) prices.push(...batch);
  return { products, prices };
}

describe('the demonstration shop', () => {
  test('is published, signed by the key that its enrolment names', async () => {
    const shop = await seedShop(seedOptions(folder.path, 500));
    const { products, prices } = await publishedIn(folder.path);
    expect(products).toHaveLength(500);
    expect(prices).toHaveLength(500);
    expect(shop).toMatchObject({ version: 1, unchanged: false, scope: 'dub1' });
  });

  test('is the same from the same seed and another from another', async () => {
    const first = await seedShop(seedOptions(folder.path, 300));
    const again = await seedShop(seedOptions(folder.path, 300));
    const other = await seedShop(seedOptions(folder.path, 300, 'other'));
    expect(again).toMatchObject({ version: 1, unchanged: true, contentHash: first.contentHash });
    expect(other.contentHash).not.toBe(first.contentHash);
  });

  test('keeps secrets from everyone but their owner', async () => {
    await seedShop(seedOptions(folder.path, 1));
    for (const file of ['enrolment.json', join('keys', 'publisher.pem')]) {
      expect(statSync(join(folder.path, file)).mode & 0o077, file).toBe(0);
    }
  });

  test('keeps staff and keys when it is set up again', async () => {
    await seedShop(seedOptions(folder.path, 1));
    const before = enrolmentIn(folder.path);
    await seedShop({ ...seedOptions(folder.path, 2), random: seededRandom('other secrets') });
    expect(enrolmentIn(folder.path)).toEqual(before);
  });

  test('is enrolled only when there is a catalog: a set-up that fails is begun again by the next', async () => {
    const failing = { ...seedOptions(folder.path, 5), nowIso: 'no instant' };
    await expect(seedShop(failing)).rejects.toThrow(RangeError);
    await composeEnrolment({ folder: dataFolderAt(folder.path), nowIso, random: seededRandom('a') });
    expect(findEnrolment(dataFolderAt(folder.path))).toBeNull();
    await seedShop(seedOptions(folder.path, 5));
    expect((await publishedIn(folder.path)).products).toHaveLength(5);
  });

  test('lets its people sign in with the printed PINs, and nobody with another', async () => {
    const { staffPins } = await seedShop(seedOptions(folder.path, 0));
    const { staff, pinPepperBase64 } = enrolmentIn(folder.path);
    const pepper = Buffer.from(pinPepperBase64, 'base64');
    expect(staff.map(({ role }) => role).sort()).toEqual(['cashier', 'cashier', 'manager', 'supervisor']);
    for (const person of staff) {
      const { pin } = staffPins.find(({ id }) => id === person.id) ?? { pin: '' };
      await expect(verifyPin(pin, person.pin, pepper)).resolves.toBe(true);
    }
    await expect(verifyPin('1112', staff[0]!.pin, pepper)).resolves.toBe(false);
  });

  test('tells how far it is', async () => {
    const steps: string[] = [];
    await seedShop({ ...seedOptions(folder.path, 1500), onProgress: ({ step }) => void steps.push(step) });
    expect([...new Set(steps)]).toEqual(['staff', 'items', 'publish', 'stock']);
  });
});

describe('the seeded items', () => {
  const items = [...seedItems({ count: 5000, seed: 'market', currency: 'EUR' })];

  test('have valid GTINs that no real product has, each once', () => {
    const codes = items.map(({ product }) => product.scanCode).filter((code) => code !== '');
    expect(codes.length).toBeGreaterThan(4900);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(isValidGtin(code)).toBe(true);
      expect(circulationOf(code)).toBe('demonstration');
    }
  });

  test('have ids and SKUs of their own, and plausible prices', () => {
    expect(new Set(items.map(({ product }) => product.id)).size).toBe(5000);
    expect(new Set(items.map(({ product }) => product.sku)).size).toBe(5000);
    for (const { product, price } of items) {
      expect(price.itemId).toBe(product.id);
      expect(price.amountMinor, product.name).toBeGreaterThanOrEqual(35);
      expect(price.amountMinor, product.name).toBeLessThan(10_000);
      expect(String(price.amountMinor), product.name).toMatch(/[59]$/);
      if (price.compareAtMinor !== null) expect(price.compareAtMinor).toBeGreaterThan(price.amountMinor);
    }
  });

  test('read like goods: no numbers for names, some with accents, variants only in styles', () => {
    const names = items.map(({ product }) => product.name);
    expect(names.filter((name) => /item|product|\btest\b/i.test(name))).toEqual([]);
    expect(names.filter((name) => /[éüñöèâ]/i.test(name)).length).toBeGreaterThan(50);
    expect(new Set(names).size).toBeGreaterThan(1500);
    for (const { product } of items) expect(product.variant === null).toBe(product.styleId === null);
  });

  test('a larger shop has the smaller one in it', () => {
    const small = [...seedItems({ count: 200, seed: 'market', currency: 'EUR' })];
    const bySku = new Map(items.map((item) => [item.product.sku, item]));
    for (const item of small) expect(bySku.get(item.product.sku)).toEqual(item);
  });

  test.each([0, 1, 7, 121, 122, 12_345])('%i items are exactly that many', (count) => {
    expect([...seedItems({ count, seed: 'x', currency: 'EUR' })]).toHaveLength(count);
  });
});
