import { join } from 'node:path';
import { PublishedFault } from './published-fault.ts';

/**
 * Where things lie in a published folder; the same paths serve as keys in object storage.
 *
 * ```
 * objects/<sha256>.ndjson            documents, one canonical JSON text a line, ascending by id; never changed
 * manifests/<scope>/<version>.json   signed: which objects make up that version
 * manifests/<scope>/head.json        a copy of the current one; the only file that is ever replaced
 * staging/<scope>/                   work in progress, of no meaning to readers
 * ```
 */
export const objectPath = (folder: string, sha256: string): string => join(folder, 'objects', `${sha256}.ndjson`);

export const manifestPath = (folder: string, scope: string, version: number): string =>
  join(folder, 'manifests', scope, `${version}.json`);

export const headPath = (folder: string, scope: string): string => join(folder, 'manifests', scope, 'head.json');

export const stagingPath = (folder: string, scope: string): string => join(folder, 'staging', scope);

/** A scope becomes a folder name on every operating system: lower case, no dots at its ends, no separators. */
const SCOPE = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;

export function assertScope(scope: string): void {
  if (!SCOPE.test(scope)) throw new PublishedFault('malformed', `Not a scope: ${JSON.stringify(scope)}`);
}
