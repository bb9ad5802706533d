import { createHash } from 'node:crypto';
import type { CollectionName, Price, Product, PublishedDocuments, Store, Tax } from '@evertill/published';
import { RXDB_VERSION } from 'rxdb';
import type { RxJsonSchema } from 'rxdb';

const id = { type: 'string', maxLength: 100 } as const;
const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const integer = { type: 'integer' } as const;
const texts = { type: 'array', items: text } as const;

const products: RxJsonSchema<Product> = {
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

const prices: RxJsonSchema<Price> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    itemId: id,
    amountMinor: integer,
    compareAtMinor: { type: ['integer', 'null'] },
    currency: text,
    validFrom: text,
  },
  required: ['id', 'itemId', 'amountMinor', 'currency', 'validFrom'],
  indexes: ['itemId'],
};

const taxes: RxJsonSchema<Tax> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    name: text,
    rates: { type: 'array', items: { type: 'object', properties: { rateId: text, name: text, ratePpm: integer } } },
  },
  required: ['id', 'name', 'rates'],
};

const stores: RxJsonSchema<Store> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    name: text,
    addressLines: texts,
    currency: text,
    countryCode: text,
    locale: text,
    timeZone: text,
    taxIncluded: { type: 'boolean' },
    receiptFooterLines: texts,
  },
  required: ['id', 'name', 'currency', 'countryCode', 'locale', 'timeZone', 'taxIncluded'],
};

/** The published lane as RxDB collections: four of the thirteen that RxDB's free edition allows. */
export const publishedSchemas: { readonly [Name in CollectionName]: RxJsonSchema<PublishedDocuments[Name]> } = {
  products,
  prices,
  taxes,
  stores,
};

/** The words by which an item is found: name, variant, brand, SKU, scan code. */
export function wordsOfProduct({ name, variant, brand, sku, scanCode }: Product): string {
  return [name, variant ?? '', brand ?? '', sku, ...formsOfScanCode(scanCode)].join(' ');
}

/** A GTIN is stored with 14 digits, but printed on the article, and typed, with 8, 12 or 13. */
function formsOfScanCode(scanCode: string): string[] {
  if (!/^\d{14}$/.test(scanCode)) return [scanCode];
  const shorter = [13, 12, 8]
    .map((digits) => scanCode.slice(-digits))
    .filter((form) => Number(form) === Number(scanCode));
  return [scanCode, ...shorter];
}

/** Raised when `wordsOfProduct` changes; a change of the schemas is noticed by itself. */
const WORDS_VERSION = 1;

/**
 * Names the shape of the files this program reads: schemas, words, and the major version of RxDB, which refuses files of another. A file of
 * another shape is not migrated but imported again.
 */
export const snapshotFormat = createHash('sha256')
  .update(JSON.stringify([publishedSchemas, WORDS_VERSION, RXDB_VERSION.split('.')[0]]))
  .digest('hex')
  .slice(0, 8);
