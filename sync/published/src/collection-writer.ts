import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { canonicalText } from '@evertill/records';
import type { CanonicalValue } from '@evertill/records';
import { openSqlite, SqliteFault } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import { z } from 'zod';
import { documentSchemas } from './documents.ts';
import type { CollectionName, PublishedDocuments } from './documents.ts';
import { objectPath } from './layout.ts';
import { BATCH_DOCUMENTS, DOCUMENT_BYTES_MAX, OBJECT_BYTES_TARGET } from './limits.ts';
import type { ManifestObject } from './manifest.ts';
import { PublishedFault } from './published-fault.ts';

/**
 * Writes one collection as content-addressed objects and returns their list. Documents may come in any order and any number: they are
 * sorted in a temporary SQLite file, so memory stays flat. The order is that of the ids' UTF-8 bytes.
 */
export async function writeCollection<Name extends CollectionName>(
  folder: string,
  staging: string,
  name: Name,
  documents: Iterable<PublishedDocuments[Name]> | AsyncIterable<PublishedDocuments[Name]>,
): Promise<ManifestObject[]> {
  const sorter = openSqlite({
    file: join(staging, `${name}.db`),
    pragmas: { journal_mode: 'MEMORY', synchronous: 'OFF' },
  });
  try {
    await collectLines(sorter, name, documents);
    return await writeObjects(sorter, folder, join(staging, `${name}.ndjson`));
  } finally {
    sorter.close();
  }
}

async function collectLines<Name extends CollectionName>(
  sorter: SqliteDatabase,
  name: Name,
  documents: Iterable<PublishedDocuments[Name]> | AsyncIterable<PublishedDocuments[Name]>,
): Promise<void> {
  sorter.exec('CREATE TABLE line (id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID');
  const insert = sorter.statement('INSERT INTO line VALUES (?, ?)');
  let batch: { id: string; text: string }[] = [];
  const flush = (): void =>
    sorter.transaction(() => {
      for (const { id, text } of batch) insertOnce(() => insert.run(id, text), name, id);
      batch = [];
    });
  for await (const document of documents) {
    batch.push(lineOf(name, document));
    if (batch.length === BATCH_DOCUMENTS) {
      flush();
      await setImmediate();
    }
  }
  flush();
}

function insertOnce(insert: () => void, name: CollectionName, id: string): void {
  try {
    insert();
  } catch (error) {
    if (!(error instanceof SqliteFault) || error.code !== 'constraint') throw error;
    throw new PublishedFault('duplicate-id', `Two documents of ${name} have the id ${id}`, error);
  }
}

function lineOf<Name extends CollectionName>(
  name: Name,
  document: PublishedDocuments[Name],
): { id: string; text: string } {
  const parsed = documentSchemas[name].safeParse(document);
  if (!parsed.success) {
    throw new PublishedFault('invalid-document', `${name} ${document.id}: ${z.prettifyError(parsed.error)}`);
  }
  const { id } = parsed.data;
  const text = `${canonicalDocument(name, id, parsed.data)}\n`;
  if (Buffer.byteLength(text) > DOCUMENT_BYTES_MAX) throw new PublishedFault('too-large', `${name} ${id} is too large`);
  return { id, text };
}

function canonicalDocument(name: CollectionName, id: string, document: unknown): string {
  try {
    return canonicalText(document as CanonicalValue);
  } catch (error) {
    throw new PublishedFault('invalid-document', `${name} ${id} has no canonical form`, error);
  }
}

async function writeObjects(sorter: SqliteDatabase, folder: string, stagingFile: string): Promise<ManifestObject[]> {
  const objects: ManifestObject[] = [];
  let chunks: Buffer[] = [];
  let bytes = 0;
  const close = (): void => {
    if (chunks.length === 0) return;
    objects.push(storeObject(folder, stagingFile, chunks, bytes));
    chunks = [];
    bytes = 0;
  };
  for (const { text } of sorter.statement<{ text: string }>('SELECT text FROM line ORDER BY id').iterate()) {
    const chunk = Buffer.from(text, 'utf8');
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= OBJECT_BYTES_TARGET) {
      close();
      await setImmediate();
    }
  }
  close();
  return objects;
}

/** Writes, fsyncs and renames; an object that is already there has, by its name, the same bytes. */
function storeObject(folder: string, stagingFile: string, chunks: readonly Buffer[], bytes: number): ManifestObject {
  const content = Buffer.concat(chunks, bytes);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = objectPath(folder, sha256);
  if (!existsSync(file)) {
    const descriptor = openSync(stagingFile, 'w');
    try {
      for (let at = 0; at < bytes;) at += writeSync(descriptor, content, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(stagingFile, file);
  }
  return { sha256, bytes, documents: chunks.length };
}
