import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  collectionNames,
  documentCount,
  ed25519Verifier,
  PublishedFault,
  readHead,
  syncFolder,
} from '@evertill/published';
import type { CollectionName, PublishedSnapshot, TrustedKey } from '@evertill/published';
import { IMPORT_PRAGMAS, importRows } from '@evertill/rx-storage-sqlite';
import { openSqlite } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import { publishedSchemas, wordsOfProduct } from './collections.ts';
import { removeSnapshotFile, snapshotFileName } from './snapshot-file.ts';
import type { SnapshotInfo } from './snapshot-file.ts';

/** What an import needs to know; plain values, because it crosses to a worker thread. */
export interface BuildSnapshotTask {
  /** The replica's folder. */
  folder: string;
  publishedFolder: string;
  scope: string;
  verifyKeys: readonly TrustedKey[];
  /** Only a head above this is built; 0 for any. */
  aboveVersion: number;
  /** Written as every document's time, milliseconds. */
  nowMs: number;
}

export interface ImportProgress {
  collection: CollectionName;
  /** Documents imported so far, over all collections, and in the whole snapshot. */
  documents: number;
  total: number;
}

/** Whether a head above the wanted version is published, without reading what it holds. Throws as `buildSnapshot` does. */
export function hasNewerHead(
  task: Pick<BuildSnapshotTask, 'publishedFolder' | 'scope' | 'verifyKeys' | 'aboveVersion'>,
): boolean {
  const head = readHead({ folder: task.publishedFolder, scope: task.scope, verify: ed25519Verifier(task.verifyKeys) });
  return head !== null && head.manifest.version > task.aboveVersion;
}

/**
 * Builds the snapshot file of the published head, every byte verified, and makes it durable. Answers null when there is no head or none above
 * `aboveVersion`. Throws `PublishedFault` or `SqliteFault` and leaves no file.
 */
export async function buildSnapshot(
  task: BuildSnapshotTask,
  onProgress: (progress: ImportProgress) => void,
): Promise<SnapshotInfo | null> {
  const head = readHead({ folder: task.publishedFolder, scope: task.scope, verify: ed25519Verifier(task.verifyKeys) });
  if (!head || head.manifest.version <= task.aboveVersion) return null;
  const { scope, version, contentHash, createdAt, collections } = head.manifest;
  const file = join(task.folder, snapshotFileName({ version, contentHash }));
  // What a killed import of the same version left behind.
  removeSnapshotFile(file);
  try {
    const db = openSqlite({ file, pragmas: IMPORT_PRAGMAS });
    try {
      await importCollections(db, head, task.nowMs, onProgress);
    } finally {
      db.close();
    }
    makeDurable(file);
  } catch (error) {
    removeSnapshotFile(file);
    throw error;
  }
  return { scope, version, contentHash, createdAt, itemCount: documentCount(collections.products) };
}

async function importCollections(
  db: SqliteDatabase,
  head: PublishedSnapshot,
  lwtMs: number,
  onProgress: (progress: ImportProgress) => void,
): Promise<void> {
  const { collections } = head.manifest;
  const total = collectionNames.reduce((sum, name) => sum + documentCount(collections[name]), 0);
  let before = 0;
  const importOne = async <Name extends CollectionName>(name: Name): Promise<void> => {
    const options = {
      db,
      collectionName: name,
      schema: publishedSchemas[name],
      batches: head.readBatches(name),
      lwtMs,
      onProgress: (documents: number) => onProgress({ collection: name, documents: before + documents, total }),
    };
    const imported = await (name === 'products'
      ? importRows({
          ...options,
          schema: publishedSchemas.products,
          batches: head.readBatches('products'),
          textOf: wordsOfProduct,
        })
      : importRows(options));
    if (imported !== documentCount(collections[name])) {
      throw new PublishedFault('malformed', `Imported ${imported} of ${documentCount(collections[name])} ${name}`);
    }
    before += imported;
  };
  for (const name of collectionNames) await importOne(name);
}

/** The import ran without waiting for the disk; from here on the file must survive a power cut. */
function makeDurable(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(file));
}
