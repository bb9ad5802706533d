import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { BenchItem, BenchPrice, BenchProduct, BenchTax } from './messages.ts';

/** The anchor: the published documents in RxDB on Dexie, in the page, asked the register's question. */
export type DexieItems = {
  insert(products: BenchProduct[], prices: BenchPrice[]): Promise<void>;
  findByScanCode(scanCode: string): Promise<BenchItem[]>;
};

type Collections = { products: RxCollection<BenchProduct>; prices: RxCollection<BenchPrice> };

const id = { type: 'string', maxLength: 100 } as const;
const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;

const productSchema: RxJsonSchema<BenchProduct> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    sku: text,
    scanCode: id,
    name: text,
    variant: textOrNull,
    brand: textOrNull,
    department: text,
    taxClass: text,
    styleId: textOrNull,
  },
  required: ['id', 'sku', 'scanCode', 'name', 'department', 'taxClass'],
  indexes: ['scanCode'],
};

const priceSchema: RxJsonSchema<BenchPrice> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    itemId: id,
    amountMinor: { type: 'integer' },
    compareAtMinor: { type: ['integer', 'null'] },
    currency: text,
    validFrom: text,
  },
  required: ['id', 'itemId', 'amountMinor', 'currency', 'validFrom'],
  indexes: ['itemId'],
};

/** `taxes` are a handful: both sides keep them in memory. */
export async function openDexieItems(taxes: ReadonlyMap<string, BenchTax>): Promise<DexieItems> {
  const database = await createRxDatabase<Collections>({
    name: 'bench',
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  const { products, prices } = await database.addCollections({
    products: { schema: productSchema },
    prices: { schema: priceSchema },
  });
  return {
    insert: async (someProducts, somePrices) => {
      await products.bulkInsert(someProducts);
      await prices.bulkInsert(somePrices);
    },
    findByScanCode: async (scanCode) => {
      const found = await products.find({ selector: { scanCode } }).exec();
      const items = found.map((document) => document.toMutableJSON());
      const priced = await prices.find({ selector: { itemId: { $in: items.map((item) => item.id) } } }).exec();
      const now = new Date().toISOString();
      return items.map((product) => ({
        product,
        price: latest(
          priced.map((document) => document.toMutableJSON()).filter((price) => isNow(price, product.id, now)),
        ),
        tax: taxes.get(product.taxClass) ?? null,
      }));
    },
  };
}

function isNow(price: BenchPrice, itemId: string, now: string): boolean {
  return price.itemId === itemId && price.validFrom <= now;
}

function latest(prices: readonly BenchPrice[]): BenchPrice | null {
  return prices.reduce<BenchPrice | null>(
    (best, price) => (best && best.validFrom >= price.validFrom ? best : price),
    null,
  );
}
