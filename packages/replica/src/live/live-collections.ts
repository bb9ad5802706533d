import type { RxJsonSchema } from 'rxdb';

/** The collections of the replica lane: three of the thirteen that RxDB's free edition allows, beside the catalog's four. */
export const liveCollections = ['orders', 'stock', 'suspended'] as const;
export type LiveCollection = (typeof liveCollections)[number];

/** A document as the server stated it, with what this register needs to find it and to know when it is out of date. */
export type LiveDocument = {
  /** `<scope>/<id>`: an item has stock in several stores. */
  key: string;
  scope: string;
  id: string;
  /** By journal, `<register>.<epoch>`: the document includes every record up to this sequence that touches it. */
  covers: Record<string, number>;
  /** The reading of the feed that last brought it; of an earlier one than the feed's own it is not confirmed. */
  reading: number;
  /** Instant of an order, to show the newest first; '' where a document has none. */
  at: string;
  body: Record<string, unknown>;
};

/** Two ids and a slash. */
const KEY_LENGTH_MAX = 281;
const INSTANT_LENGTH_MAX = 40;

/** Unknown fields of a body survive: a newer server may know more than this register. */
export const liveSchema: RxJsonSchema<LiveDocument> = {
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: {
    key: { type: 'string', maxLength: KEY_LENGTH_MAX },
    scope: { type: 'string' },
    id: { type: 'string', maxLength: 200 },
    covers: { type: 'object', additionalProperties: true },
    reading: { type: 'integer' },
    at: { type: 'string', maxLength: INSTANT_LENGTH_MAX },
    body: { type: 'object', additionalProperties: true },
  },
  required: ['key', 'scope', 'id', 'covers', 'reading', 'at', 'body'],
  indexes: ['at', 'id'],
};

export function keyOf(scope: string, id: string): string {
  return `${scope}/${id}`;
}

/** The words by which an order is found: its number, whole, in its parts and without leading zeros, and the blind keys of its customer. */
export function wordsOfOrder({ body }: LiveDocument): string {
  const number = textAt(body, 'number');
  const last = /(\d+)$/.exec(number)?.[1]?.replace(/^0+/, '') ?? '';
  return [number, number.replaceAll('-', ''), last, ...blindKeysOf(body)].join(' ');
}

export function blindKeysOf(body: Record<string, unknown>): string[] {
  const { findBy } = body;
  if (typeof findBy !== 'object' || findBy === null) return [];
  const { mail, phone, name } = findBy as Record<string, unknown>;
  return [mail, phone, ...(Array.isArray(name) ? (name as unknown[]) : [])].filter((key) => typeof key === 'string');
}

export function textAt(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
