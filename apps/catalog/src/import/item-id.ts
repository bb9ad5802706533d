import { createHash } from 'node:crypto';
import type { ItemIdentity } from './item-candidate.ts';

/** Leaves room in the 80 characters of a record's id for what is appended to an item's id. */
const READABLE_LENGTH_MAX = 44;
const READABLE = /^[A-Za-z0-9._+-]+$/;

/**
 * The id of an item, the same in every import: from the SKU where there is one, else from the style and its options.
 * Readable where the SKU allows it; otherwise 96 bits of its SHA-256. The forms have different prefixes and never meet.
 */
export function itemIdOf(identity: ItemIdentity): string {
  if ('sku' in identity) return readableId('sku', identity.sku);
  return `opt:${digest(`${identity.style}\n${identity.options}`)}`;
}

/** The id that the variants of one style share. */
export function styleIdOf(styleKey: string): string {
  return readableId('style', styleKey);
}

function readableId(kind: string, key: string): string {
  const readable = key.length <= READABLE_LENGTH_MAX && READABLE.test(key);
  return readable ? `${kind}:${key}` : `${kind}-h:${digest(key)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 24);
}
