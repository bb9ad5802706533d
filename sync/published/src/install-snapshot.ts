import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFileDurably, syncFolder } from './durable-file.ts';
import { assertScope, headPath, manifestPath, objectPath } from './layout.ts';
import { openManifest } from './manifest.ts';
import type { Manifest, ManifestObject } from './manifest.ts';
import { PublishedFault } from './published-fault.ts';
import { readHeadText } from './read-head.ts';
import type { Verify } from './signature.ts';

export interface InstallSnapshotOptions {
  /** The published folder to put it into; made when absent. */
  folder: string;
  scope: string;
  /** The signed head as its publisher made it. */
  headText: string;
  verify: Verify;
  /** The bytes of one object. What it throws ends the installation; what was fetched until then is kept for the next one. */
  fetchObject: (object: ManifestObject) => Promise<Uint8Array>;
  onProgress?: (bytes: number, totalBytes: number) => void;
}

export type InstallResult = { version: number; changed: boolean };

/**
 * Brings a published snapshot from elsewhere into a folder: every object it lacks, hashed before it is kept, then manifest and head, each
 * durable before the next. An object that is there is not fetched again, so an installation that was cut off goes on where it was.
 *
 * Throws `PublishedFault` (`bad-signature`, `malformed`, `wrong-scope`, `too-large`, `hash-mismatch`, `version-not-newer` for an older
 * head than the one that is there) and leaves the head alone.
 */
export async function installSnapshot(options: InstallSnapshotOptions): Promise<InstallResult> {
  const { folder, scope, headText, verify, fetchObject, onProgress = () => undefined } = options;
  assertScope(scope);
  const manifest = openManifest(headText, scope, verify);
  const { version } = manifest;
  const held = heldHead(folder, scope, verify);
  if (held && held.version > version) {
    throw new PublishedFault('version-not-newer', `${scope} is here in version ${held.version}; ${version} is older`);
  }
  if (held && held.version === version && held.contentHash === manifest.contentHash) return { version, changed: false };
  const objects = Object.values(manifest.collections).flat();
  const totalBytes = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  let doneBytes = 0;
  mkdirSync(dirname(objectPath(folder, '')), { recursive: true });
  mkdirSync(dirname(headPath(folder, scope)), { recursive: true });
  for (const object of objects) {
    if (statSync(objectPath(folder, object.sha256), { throwIfNoEntry: false })?.size !== object.bytes) {
      replaceFileDurably(objectPath(folder, object.sha256), checked(object, await fetchObject(object)));
    }
    doneBytes += object.bytes;
    onProgress(doneBytes, totalBytes);
  }
  syncFolder(dirname(objectPath(folder, '')));
  replaceFileDurably(manifestPath(folder, scope, version), headText);
  replaceFileDurably(headPath(folder, scope), headText);
  return { version, changed: true };
}

/** A head that cannot be read any more is none: the new one takes its place. */
function heldHead(folder: string, scope: string, verify: Verify): Manifest | null {
  const text = readHeadText(folder, scope);
  if (text === null) return null;
  try {
    return openManifest(text, scope, verify);
  } catch (error) {
    if (error instanceof PublishedFault) return null;
    throw error;
  }
}

function checked({ sha256, bytes }: ManifestObject, content: Uint8Array): Uint8Array {
  if (content.byteLength !== bytes) {
    throw new PublishedFault('hash-mismatch', `Object ${sha256} came with ${content.byteLength} bytes, not ${bytes}`);
  }
  if (createHash('sha256').update(content).digest('hex') !== sha256) {
    throw new PublishedFault('hash-mismatch', `Object ${sha256} came with other bytes than its name says`);
  }
  return content;
}
