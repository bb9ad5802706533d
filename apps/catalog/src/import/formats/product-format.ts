import type { ItemCandidate, StyleMemory } from '../item-candidate.ts';
import { FileRefused } from '../problem.ts';
import type { FieldColumns, ReadingContext, RowReader } from '../row-reader.ts';

export type FormatName = 'shopify' | 'woocommerce' | 'evertill';

/** Why a row says nothing to a till: it is part of a file and no fault. */
export type PassedOver = 'image' | 'style' | 'draft' | 'gift-card' | 'not-sold-singly';

/** What a row turned out to be. A rejected row's problem is in its reader. */
export type RowReading =
  | { kind: 'item'; item: ItemCandidate }
  | { kind: 'passed-over'; why: PassedOver }
  | { kind: 'rejected' };

/** One kind of product file: its columns under all the names they have had, and how a row of it is read. */
export type ProductFormat<Field extends string = string> = {
  name: FormatName;
  title: string;
  /** Every name a column goes by; the first is the one messages use. Compared without regard to case. */
  columns: { readonly [Name in Field]: readonly string[] };
  required: readonly Field[];
  /** Fields of which one alone tells this format from the others. */
  telltale: readonly Field[];
  read(row: RowReader<Field>, styles: StyleMemory, context: ReadingContext): RowReading;
};

/** A format with its columns found in one file. */
export type FileLayout = { format: ProductFormat; columns: FieldColumns<string> };

/** Keeps the field names of one format in its types, and hands it out as one among others. */
export function defineFormat<Field extends string>(format: ProductFormat<Field>): ProductFormat {
  return format as unknown as ProductFormat;
}

/**
 * Finds a format's columns in a header.
 * @throws FileRefused `column-missing`, or `column-twice` where it would be a guess which one counts.
 */
export function layOut(format: ProductFormat, header: readonly string[]): FileLayout {
  const columns: FieldColumns<string> = {};
  for (const [field, names] of Object.entries(format.columns)) {
    const indices = indicesOf(header, names);
    const [index] = indices;
    if (index === undefined) continue;
    if (indices.length > 1) {
      throw new FileRefused('column-twice', `The column "${header[index]}" is in the file ${indices.length} times.`);
    }
    columns[field] = { index, name: header[index] ?? '' };
  }
  const missing = format.required.filter((field) => columns[field] === undefined);
  if (missing.length > 0) throw new FileRefused('column-missing', missingColumns(format, missing));
  return { format, columns };
}

/** Whether a header has one of the columns by which the format is known. */
export function isToldBy(format: ProductFormat, header: readonly string[]): boolean {
  return format.telltale.some((field) => indicesOf(header, format.columns[field] ?? []).length > 0);
}

function indicesOf(header: readonly string[], names: readonly string[]): number[] {
  const wanted = names.map((name) => name.toLowerCase());
  return header.flatMap((name, index) => (wanted.includes(name.toLowerCase()) ? [index] : []));
}

function missingColumns(format: ProductFormat, fields: readonly string[]): string {
  const named = fields.map((field) => (format.columns[field] ?? []).map((name) => `"${name}"`).join(' or '));
  return `This is a ${format.title} file without the column ${named.join(' and ')}. Nothing was imported.`;
}
