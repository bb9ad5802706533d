import { publishSnapshot } from '@evertill/published';
import type { Price, Product, PublishResult, Store, Tax } from '@evertill/published';
import type { DataFolder } from './data-folder.ts';
import { openPublisherKey } from './publisher-key.ts';

/** Everything a scope's snapshot holds. Products and prices may stream, in any order. */
export type Catalog = {
  products: Iterable<Product> | AsyncIterable<Product>;
  prices: Iterable<Price> | AsyncIterable<Price>;
  taxes: readonly Tax[];
  stores: readonly Store[];
};

/**
 * The one way a catalog is published, by the import and by the generator: signed with the data folder's key, as the scope's next
 * version, visible to registers only when all of it is on disk. Throws `PublishedFault` and leaves the head alone.
 */
export function publishCatalog(options: {
  folder: DataFolder;
  scope: string;
  createdAtIso: string;
  catalog: Catalog;
}): Promise<PublishResult> {
  const { folder, scope, createdAtIso, catalog } = options;
  const { sign } = openPublisherKey(folder);
  return publishSnapshot({ folder: folder.published, scope, createdAtIso, collections: catalog, sign });
}
