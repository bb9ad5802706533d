import type { ReadRecord } from '@evertill/records';
import type { Key } from '../keys.ts';

/** A record with its place in the ledger. */
export type LedgerRecord = {
  readonly tenant: string;
  readonly store: string;
  /** `<register>.<epoch>` */
  readonly journal: string;
  readonly seq: number;
  readonly read: ReadRecord;
};

export type Covers = { readonly [journal: string]: number };
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export type DocumentPlace = { readonly collection: string; readonly scope: string; readonly id: string };

/** A document as a projection sees it; period and sequence belong to whoever writes it. */
export type ProjectedDocument = {
  readonly deleted: boolean;
  readonly covers: Covers;
  /** What a reader gets. */
  readonly body: JsonObject;
  /** What only the projection reads. */
  readonly inner: JsonObject;
};

/** What has to be read before a part can be projected. */
export type Need =
  | { readonly kind: 'document'; readonly place: DocumentPlace }
  /** The row of that partition with the greatest sort key that is not beyond `key.sk`. */
  | { readonly kind: 'row-at-or-before'; readonly key: Key };

/** What was found; `null` where there is nothing. */
export type Found = {
  readonly document: (place: DocumentPlace) => ProjectedDocument | null;
  readonly rowAtOrBefore: (key: Key) => JsonObject | null;
};

export type Change =
  | ({ readonly kind: 'document'; readonly place: DocumentPlace } & ProjectedDocument)
  | { readonly kind: 'row'; readonly key: Key; readonly value: JsonObject };

/**
 * Some of a record's consequences: few enough for one transaction, touching nothing that another part of the record touches. Pure: the same
 * finds give the same changes. Cut by the record alone, so that a part number in a cursor keeps its meaning.
 */
export type Part = { readonly needs: readonly Need[]; readonly project: (found: Found) => readonly Change[] };

/** From records, journal by journal in order, to documents. A record that means nothing to it has no parts. */
export type Projection = {
  readonly name: string;
  /** Changes when its documents would: then the view is built anew, in a new period. */
  readonly version: number;
  readonly parts: (record: LedgerRecord) => readonly Part[];
};

/** Most items of one part: each writes a document and a row, and a transaction takes 100 writes with cursor and scope among them. */
export const PART_ITEMS_MAX = 40;

/** The covers of a document that now includes this record; `null` where it did already (I17). */
export function coveringToo(covers: Covers | undefined, { journal, seq }: LedgerRecord): Covers | null {
  if ((covers?.[journal] ?? 0) >= seq) return null;
  return { ...covers, [journal]: seq };
}
