import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeCollection } from './collection-writer.ts';
import type { CollectionName, PublishedDocuments } from './documents.ts';
import { replaceFileDurably, syncFolder } from './durable-file.ts';
import { assertScope, headPath, manifestPath, stagingPath } from './layout.ts';
import { contentHashOf, documentCount, openManifest, sealManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { PublishedFault } from './published-fault.ts';
import { readHeadText } from './read-head.ts';
import type { Sign } from './signature.ts';

export interface PublishSnapshotOptions {
  /** The published folder; made when absent. */
  folder: string;
  /** Assortment and price zone, e.g. `store-1`. */
  scope: string;
  /** ISO instant. */
  createdAtIso: string;
  /** Greater than the head's; one more than the head's when left out. */
  version?: number;
  /** Any order; each id once. */
  collections: {
    [Name in CollectionName]: Iterable<PublishedDocuments[Name]> | AsyncIterable<PublishedDocuments[Name]>;
  };
  sign: Sign;
}

export interface PublishResult {
  scope: string;
  version: number;
  contentHash: string;
  /** True when the head already has this content: nothing was written and `version` is the head's. */
  unchanged: boolean;
  documents: { [Name in CollectionName]: number };
}

/**
 * Publishes a snapshot: objects first, then the manifest, then the head, each durable before the next, so that a reader sees the old
 * snapshot or the new one and a crash costs at most the attempt. One publisher per scope at a time.
 *
 * Throws `PublishedFault` (`invalid-document`, `duplicate-id`, `too-large`, `version-not-newer`, `malformed`) and leaves the head alone.
 */
export async function publishSnapshot(options: PublishSnapshotOptions): Promise<PublishResult> {
  const { folder, scope, sign } = options;
  assertScope(scope);
  const head = headOf(folder, scope);
  const version = options.version ?? (head?.version ?? 0) + 1;
  const collections = await writeCollections(options);
  const contentHash = contentHashOf(collections);
  const documents = {
    products: documentCount(collections.products),
    prices: documentCount(collections.prices),
    taxes: documentCount(collections.taxes),
    stores: documentCount(collections.stores),
  };
  if (head?.contentHash === contentHash)
    return { scope, version: head.version, contentHash, unchanged: true, documents };
  if (head && version <= head.version) {
    throw new PublishedFault(
      'version-not-newer',
      `The head of ${scope} has version ${head.version}; ${version} is not newer`,
    );
  }
  const createdAt = new Date(options.createdAtIso).toISOString();
  const manifest: Manifest = {
    format: 'evertill.published',
    v: 1,
    scope,
    version,
    createdAt,
    contentHash,
    collections,
  };
  const text = await sealManifest(manifest, sign);
  syncFolder(join(folder, 'objects'));
  replaceFileDurably(manifestPath(folder, scope, version), text);
  replaceFileDurably(headPath(folder, scope), text);
  return { scope, version, contentHash, unchanged: false, documents };
}

/** The publisher's own head. Its signature is the readers' business; here it only answers "which version, which content". */
function headOf(folder: string, scope: string): Manifest | null {
  const text = readHeadText(folder, scope);
  return text === null ? null : openManifest(text, scope, () => true);
}

async function writeCollections({
  folder,
  scope,
  collections,
}: PublishSnapshotOptions): Promise<Manifest['collections']> {
  const staging = stagingPath(folder, scope);
  // What an earlier, killed attempt left behind.
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  mkdirSync(join(folder, 'objects'), { recursive: true });
  mkdirSync(dirname(headPath(folder, scope)), { recursive: true });
  try {
    return {
      products: await writeCollection(folder, staging, 'products', collections.products),
      prices: await writeCollection(folder, staging, 'prices', collections.prices),
      taxes: await writeCollection(folder, staging, 'taxes', collections.taxes),
      stores: await writeCollection(folder, staging, 'stores', collections.stores),
    };
  } finally {
    rmSync(staging, { recursive: true, force: true });
    if (readdirSync(dirname(staging)).length === 0) rmSync(dirname(staging), { recursive: true, force: true });
  }
}
