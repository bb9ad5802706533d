import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Price, Product, PublishedSnapshot } from '@evertill/published';
import { openSqlite } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import type { Style, StyleMemory } from './item-candidate.ts';

/** One item as it stands: before the import, or as an earlier row of the file has left it. */
export type ScratchItem = {
  id: string;
  product: Product;
  /** Ascending by `validFrom`. */
  prices: Price[];
  /** The line of the file that made it so; null while the file has not spoken of it. */
  line: number | null;
};

/** Pieces on hand of one item. */
export type ItemCount = { itemId: string; quantity: number };

type ItemRow = { id: string; product: string; prices: string; line: number | null };

/**
 * The catalog while it is being changed: a scratch database on disk, so that memory stays flat whatever the size of file and catalog.
 * It is of no meaning after the import; a crash leaves it behind and the next import starts it afresh.
 */
export class ScratchCatalog {
  readonly #file: string;
  readonly #database: SqliteDatabase;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    this.#database = openSqlite({
      file,
      pragmas: { journal_mode: 'MEMORY', synchronous: 'OFF', cache_size: -32_000 },
    });
    this.#database.exec(`
      CREATE TABLE item (
        id TEXT PRIMARY KEY, sku TEXT NOT NULL, scan_code TEXT NOT NULL, product TEXT NOT NULL, prices TEXT NOT NULL, line INTEGER
      ) WITHOUT ROWID;
      CREATE INDEX item_sku ON item (sku) WHERE sku <> '';
      CREATE INDEX item_scan_code ON item (scan_code) WHERE scan_code <> '';
      CREATE TABLE style (key TEXT PRIMARY KEY, style TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE count (item_id TEXT PRIMARY KEY, quantity INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE recorded (item_id TEXT PRIMARY KEY, quantity INTEGER NOT NULL) WITHOUT ROWID;
    `);
  }

  /** Takes in the published catalog as it is. */
  async load(snapshot: PublishedSnapshot): Promise<void> {
    for await (const products of snapshot.readBatches('products')) {
      this.inTransaction(() => {
        for (const product of products) this.put({ id: product.id, product, prices: [], line: null });
      });
    }
    for await (const prices of snapshot.readBatches('prices')) {
      this.inTransaction(() => {
        for (const price of prices) this.#addPrice(price);
      });
    }
  }

  inTransaction(work: () => void): void {
    this.#database.transaction(work);
  }

  get(id: string): ScratchItem | null {
    const row = this.#database.statement<ItemRow>('SELECT id, product, prices, line FROM item WHERE id = ?').get(id);
    return row ? itemOf(row) : null;
  }

  /** The item with this SKU, under whatever id. */
  getBySku(sku: string): ScratchItem | null {
    const row = this.#database
      .statement<ItemRow>(`SELECT id, product, prices, line FROM item WHERE sku = ? AND sku <> '' ORDER BY id LIMIT 1`)
      .get(sku);
    return row ? itemOf(row) : null;
  }

  /** Another item with this code: one that the file has spoken of before one that it has not. */
  otherWithScanCode(scanCode: string, id: string): ScratchItem | null {
    const row = this.#database
      .statement<ItemRow>(
        `SELECT id, product, prices, line FROM item
         WHERE scan_code = ? AND scan_code <> '' AND id <> ? ORDER BY line IS NULL, line LIMIT 1`,
      )
      .get(scanCode, id);
    return row ? itemOf(row) : null;
  }

  put({ id, product, prices, line }: ScratchItem): void {
    this.#database
      .statement('INSERT OR REPLACE INTO item (id, sku, scan_code, product, prices, line) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, product.sku, product.scanCode, JSON.stringify(product), JSON.stringify(prices), line);
  }

  count(itemId: string, quantity: number): void {
    this.#database.statement('INSERT OR REPLACE INTO count VALUES (?, ?)').run(itemId, quantity);
  }

  /** What the importer's journal says of an item; a later call overrules an earlier one. */
  rememberRecorded(itemId: string, quantity: number): void {
    this.#database.statement('INSERT OR REPLACE INTO recorded VALUES (?, ?)').run(itemId, quantity);
  }

  /** How many items of this file have a quantity. */
  countCounts(): number {
    return this.#database.statement<{ counts: number }>('SELECT count(*) AS counts FROM count').get()?.counts ?? 0;
  }

  /** Quantities of this file that are not what is recorded, ascending by item id. */
  *changedCounts(): Generator<ItemCount> {
    const changed = this.#database.statement<{ item_id: string; quantity: number }>(
      `SELECT count.item_id, count.quantity FROM count LEFT JOIN recorded USING (item_id)
       WHERE recorded.quantity IS NULL OR recorded.quantity <> count.quantity ORDER BY count.item_id`,
    );
    for (const { item_id: itemId, quantity } of changed.iterate()) yield { itemId, quantity };
  }

  *products(): Generator<Product> {
    for (const { product } of this.#rows()) yield JSON.parse(product) as Product;
  }

  *prices(): Generator<Price> {
    for (const { prices } of this.#rows()) yield* JSON.parse(prices) as Price[];
  }

  /** What the rows of a style have in common, by handle or parent. */
  styles(): StyleMemory {
    let lastKey: string | null = null;
    let lastStyle: Style | null = null;
    return {
      remember: (key, style) => {
        lastKey = key;
        lastStyle = style;
        this.#database.statement('INSERT OR REPLACE INTO style VALUES (?, ?)').run(key, JSON.stringify(style));
      },
      recall: (key) => {
        // Rows of one style nearly always follow one another.
        if (key === lastKey) return lastStyle;
        const row = this.#database.statement<{ style: string }>('SELECT style FROM style WHERE key = ?').get(key);
        return row ? (JSON.parse(row.style) as Style) : null;
      },
    };
  }

  dispose(): void {
    this.#database.close();
    rmSync(this.#file, { force: true });
  }

  #rows(): IterableIterator<{ product: string; prices: string }> {
    return this.#database.statement<{ product: string; prices: string }>('SELECT product, prices FROM item').iterate();
  }

  #addPrice(price: Price): void {
    const item = this.get(price.itemId);
    // A price without its product cannot be sold; it is not carried on.
    if (!item) return;
    const prices = [...item.prices, price].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    this.put({ ...item, prices });
  }
}

function itemOf(row: ItemRow): ScratchItem {
  return {
    id: row.id,
    product: JSON.parse(row.product) as Product,
    prices: JSON.parse(row.prices) as Price[],
    line: row.line,
  };
}
