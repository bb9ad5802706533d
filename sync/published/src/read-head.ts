import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { documentSchemas } from './documents.ts';
import type { CollectionName, PublishedDocuments } from './documents.ts';
import { assertScope, headPath, objectPath } from './layout.ts';
import { BATCH_DOCUMENTS, DOCUMENT_BYTES_MAX, MANIFEST_BYTES_MAX } from './limits.ts';
import { openManifest } from './manifest.ts';
import type { Manifest, ManifestObject } from './manifest.ts';
import { PublishedFault } from './published-fault.ts';
import type { Verify } from './signature.ts';

/** A snapshot whose manifest is verified; its objects are verified as they are read. */
export interface PublishedSnapshot {
  manifest: Manifest;
  /**
   * Documents of a collection, ascending by id, in batches of at most 200. An object is hashed before its first document is
   * handed out. Throws `PublishedFault`; what was read until then must not be used.
   */
  readBatches<Name extends CollectionName>(name: Name): AsyncGenerator<PublishedDocuments[Name][], void, undefined>;
}

export interface ReadHeadOptions {
  folder: string;
  scope: string;
  verify: Verify;
}

/** The current snapshot of a scope, or null when nothing has been published. Throws `PublishedFault`. */
export function readHead({ folder, scope, verify }: ReadHeadOptions): PublishedSnapshot | null {
  const text = readHeadText(folder, scope);
  if (text === null) return null;
  const manifest = openManifest(text, scope, verify);
  return { manifest, readBatches: (name) => readBatches(folder, name, manifest.collections[name]) };
}

export function readHeadText(folder: string, scope: string): string | null {
  assertScope(scope);
  const file = headPath(folder, scope);
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  if (size > MANIFEST_BYTES_MAX) throw new PublishedFault('too-large', `The head of ${scope} has ${size} bytes`);
  return readFileSync(file, 'utf8');
}

async function* readBatches<Name extends CollectionName>(
  folder: string,
  name: Name,
  objects: readonly ManifestObject[],
): AsyncGenerator<PublishedDocuments[Name][], void, undefined> {
  let previousId = '';
  for (const object of objects) {
    const lines = await readObject(folder, object);
    for (let at = 0; at < lines.length; at += BATCH_DOCUMENTS) {
      const batch = lines.slice(at, at + BATCH_DOCUMENTS).map((line) => parseLine(name, line));
      for (const { id } of batch) {
        if (Buffer.compare(Buffer.from(previousId), Buffer.from(id)) >= 0) {
          throw new PublishedFault('malformed', `${name} are not in ascending order of id at ${id}`);
        }
        previousId = id;
      }
      yield batch;
      await setImmediate();
    }
  }
}

async function readObject(folder: string, object: ManifestObject): Promise<string[]> {
  const file = objectPath(folder, object.sha256);
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new PublishedFault('object-missing', `Object ${object.sha256} is not there`);
  // Before reading, so that a swollen file costs nothing.
  if (size !== object.bytes)
    throw new PublishedFault('hash-mismatch', `Object ${object.sha256} has ${size} bytes, not ${object.bytes}`);
  const content = await readFile(file);
  if (createHash('sha256').update(content).digest('hex') !== object.sha256) {
    throw new PublishedFault('hash-mismatch', `Object ${object.sha256} has other bytes than its name says`);
  }
  const lines = content.toString('utf8').split('\n');
  if (lines.pop() !== '' || lines.length !== object.documents) {
    throw new PublishedFault('malformed', `Object ${object.sha256} has not the ${object.documents} lines it should`);
  }
  return lines;
}

function parseLine<Name extends CollectionName>(name: Name, line: string): PublishedDocuments[Name] {
  if (line.length > DOCUMENT_BYTES_MAX) throw new PublishedFault('too-large', `A document of ${name} is too large`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new PublishedFault('malformed', `A line of ${name} is not JSON`, error);
  }
  const parsed = documentSchemas[name].safeParse(value);
  if (!parsed.success) throw new PublishedFault('invalid-document', `${name}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as PublishedDocuments[Name];
}
