import { createHash } from 'node:crypto';
import type { CollectionName, Price, Product, PublishedDocuments, Store, Tax } from '@evertill/published';
import { getRxStorageSqlite } from '@evertill/rx-storage-sqlite';
import type { RxStorageSqlite } from '@evertill/rx-storage-sqlite';
import { createRxDatabase } from 'rxdb';
import type { HashFunction, RxCollection, RxDatabase, RxDocumentData } from 'rxdb';
import { publishedSchemas, wordsOfProduct } from './collections.ts';
import { rankProducts } from './rank-items.ts';

/** A product with the price that applies now and its tax class; null where the snapshot has none. */
export interface Item {
  product: Product;
  price: Price | null;
  tax: Tax | null;
}

type Collections = { [Name in CollectionName]: RxCollection<PublishedDocuments[Name]> };

/** More than anyone scrolls through, and what makes ranking worth the name. */
const SEARCH_CANDIDATES = 300;
const SEARCH_RESULTS_MAX = 50;
/** Items that share a code: a mistake in the catalog, or a code that was used again. */
const SAME_CODE_MAX = 50;
const FEW_PRICES = 200;

// RxDB's own hash needs Web Crypto, which utility processes of Electron 25 do not have.
const sha256: HashFunction = (input) => Promise.resolve(createHash('sha256').update(String(input)).digest('hex'));

/** An imported snapshot file, open for look-ups. */
export class OpenSnapshot {
  readonly #database: RxDatabase<Collections>;
  readonly #storage: RxStorageSqlite;
  readonly #nowMs: () => number;
  /** The two small collections, which are part of every answer. */
  readonly #taxes: ReadonlyMap<string, Tax>;
  readonly #stores: ReadonlyMap<string, Store>;

  private constructor(
    database: RxDatabase<Collections>,
    storage: RxStorageSqlite,
    nowMs: () => number,
    small: { taxes: readonly Tax[]; stores: readonly Store[] },
  ) {
    this.#database = database;
    this.#storage = storage;
    this.#nowMs = nowMs;
    this.#taxes = new Map(small.taxes.map((tax) => [tax.id, tax]));
    this.#stores = new Map(small.stores.map((store) => [store.id, store]));
  }

  static async open(file: string, nowMs: () => number): Promise<OpenSnapshot> {
    const storage = getRxStorageSqlite({
      file,
      // A snapshot can be imported again; only the ledger waits for the disk.
      pragmas: { synchronous: 'NORMAL', cache_size: -16 * 1024 },
      fullText: { products: wordsOfProduct },
    });
    const database = await createRxDatabase<Collections>({
      name: file,
      storage,
      multiInstance: false,
      hashFunction: sha256,
    });
    try {
      await database.addCollections({
        products: { schema: publishedSchemas.products },
        prices: { schema: publishedSchemas.prices },
        taxes: { schema: publishedSchemas.taxes },
        stores: { schema: publishedSchemas.stores },
      });
      const taxes = (await database.taxes.find().exec()).map((document) => document.toMutableJSON());
      const stores = (await database.stores.find().exec()).map((document) => document.toMutableJSON());
      return new OpenSnapshot(database, storage, nowMs, { taxes, stores });
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async findById(itemId: string): Promise<Item | null> {
    const product = await this.#database.products.findOne(itemId).exec();
    return product ? ((await this.#items([product.toMutableJSON()]))[0] ?? null) : null;
  }

  async findByScanCode(scanCode: string): Promise<Item[]> {
    const found = await this.#storage.findEqual<Product>('products', 'scanCode', [scanCode], SAME_CODE_MAX);
    return this.#items(found.map(published));
  }

  async search(text: string, limit: number): Promise<Item[]> {
    const candidates = await this.#storage.searchText<Product>('products', text, SEARCH_CANDIDATES);
    const best = rankProducts(candidates, text).slice(0, Math.min(limit, SEARCH_RESULTS_MAX));
    return this.#items(best.map((document) => published(document as RxDocumentData<Product>)));
  }

  store(storeId: string): Store | null {
    return this.#stores.get(storeId) ?? null;
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  /** All prices of these items. Few are usual, and few are read in one step; where there are more, all of them. */
  async #pricesOf(itemIds: readonly string[]): Promise<Price[]> {
    const few = await this.#storage.findEqual<Price>('prices', 'itemId', itemIds, FEW_PRICES);
    if (few.length < FEW_PRICES) return few.map(published);
    return (await this.#storage.findEqual<Price>('prices', 'itemId', itemIds, Number.POSITIVE_INFINITY)).map(published);
  }

  async #items(products: readonly Product[]): Promise<Item[]> {
    if (products.length === 0) return [];
    const ids = products.map(({ id }) => id);
    const prices = currentPrices(await this.#pricesOf(ids), new Date(this.#nowMs()).toISOString());
    return products.map((product) => ({
      product,
      price: prices.get(product.id) ?? null,
      tax: this.#taxes.get(product.taxClass) ?? null,
    }));
  }
}

/** Per item the price with the latest `validFrom` that is not in the future; of two with the same instant the greater id. */
export function currentPrices(prices: readonly Price[], nowIso: string): Map<string, Price> {
  const current = new Map<string, Price>();
  for (const price of prices) {
    if (price.validFrom > nowIso) continue;
    const best = current.get(price.itemId);
    const later =
      !best || price.validFrom > best.validFrom || (price.validFrom === best.validFrom && price.id > best.id);
    if (later) current.set(price.itemId, price);
  }
  return current;
}

/** A document without RxDB's own members. */
function published<T>({ _deleted, _attachments, _meta, _rev, ...document }: RxDocumentData<T>): T {
  return document as unknown as T;
}
