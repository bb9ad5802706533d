import { createHash } from 'node:crypto';
import { plainItem } from '../sources/plain-value.ts';
import type { Tables } from '../tables/tables.ts';

/** Where a document stands in the order of changes depends on how journals were interleaved; what it says must not. */
const PLACE_ATTRIBUTES: readonly string[] = ['period', 'seq', 'settledSeq', 'change'];

/**
 * SHA-256 over everything that projections have written, but for its place in the order of changes. Equal ledgers give equal hashes,
 * however often, in what order of journals and in what batches they were read (I10, I18, I21).
 */
export function viewHash(tables: Tables): string {
  const hash = createHash('sha256');
  for (const item of tables.items('views')) {
    const { pk, sk, ...rest } = plainItem(item);
    if (pk === '#view' || String(pk).includes('#published')) continue;
    // A cursor's sequence is content, a document's is place.
    const isCursor = String(pk).includes('#cursor#');
    const content = Object.entries(rest)
      .filter(([name]) => isCursor || !PLACE_ATTRIBUTES.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`${JSON.stringify([pk, sk, content])}\n`);
  }
  return hash.digest('hex');
}
