import { z } from 'zod';

/** Ids travel through file names, URLs and SQLite text columns: printable, and no longer than a line of a receipt is wide, doubled. */
const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u, 'an id has no control characters and no white space at its ends');

/** Text that a person reads; one line. */
const text = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .regex(/^\P{Cc}*$/u, 'text has no control characters');

const amountMinor = z.int().nonnegative();
const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code');

/** Brought to the one form `2026-01-31T08:00:00.000Z`, so that instants compare as text. */
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());

/** One sellable item; a variant is an item of its own, held together with its siblings by `styleId`. */
export const productSchema = z.object({
  id,
  sku: text(100),
  /** A valid GTIN as 14 digits, any other code as printed, `''` for none. */
  scanCode: text(100),
  name: text(300).min(1),
  variant: text(300).nullable(),
  brand: text(200).nullable(),
  department: text(200),
  /** Id of a tax document. */
  taxClass: id,
  styleId: id.nullable(),
});

/** Effective-dated: among an item's prices the one with the latest `validFrom` that is not in the future applies. */
export const priceSchema = z.object({
  id,
  itemId: id,
  amountMinor,
  /** The price before a reduction, as shown; null when there is none. */
  compareAtMinor: amountMinor.nullable(),
  currency,
  validFrom: instant,
});

/** A tax class. `ratePpm` is in parts per million: 20 % is 200,000. */
export const taxSchema = z.object({
  id,
  name: text(200),
  rates: z.array(z.object({ rateId: id, name: text(200), ratePpm: z.int().nonnegative().max(10_000_000) })).max(20),
});

export const storeSchema = z.object({
  id,
  name: text(200),
  addressLines: z.array(text(200)).max(10),
  currency,
  /** ISO 3166-1 alpha-2. */
  countryCode: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166 code of two letters'),
  /** BCP 47. */
  locale: text(35).min(2),
  /** A name of the IANA time zone database. */
  timeZone: text(64).min(1),
  /** Whether prices contain the tax. */
  taxIncluded: z.boolean(),
  receiptFooterLines: z.array(text(200)).max(20),
});

export type Product = z.infer<typeof productSchema>;
export type Price = z.infer<typeof priceSchema>;
export type Tax = z.infer<typeof taxSchema>;
export type Store = z.infer<typeof storeSchema>;

export interface PublishedDocuments {
  products: Product;
  prices: Price;
  taxes: Tax;
  stores: Store;
}

export type CollectionName = keyof PublishedDocuments;

export const collectionNames: readonly CollectionName[] = ['products', 'prices', 'taxes', 'stores'];

/** Members that a newer publisher has added are dropped on reading; the objects keep them. */
export const documentSchemas: { readonly [Name in CollectionName]: z.ZodType<PublishedDocuments[Name]> } = {
  products: productSchema,
  prices: priceSchema,
  taxes: taxSchema,
  stores: storeSchema,
};
