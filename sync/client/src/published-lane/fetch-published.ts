import {
  installSnapshot,
  type InstallResult,
  type ManifestObject,
  PublishedFault,
  type PublishedFaultCode,
  type Verify,
} from '@evertill/published';
import type { ApiError } from '../api/api-error.ts';
import { createCallApi } from '../api/call-api.ts';
import { publishedManifest } from '../api/query-operations.ts';
import { OBJECT_TIMEOUT_MS } from '../limits.ts';
import type { TokenSource } from '../needs.ts';

export type PublishedSource = {
  /** The server's address without a path; objects lie below `/published/objects/`. */
  readonly serverUrl: string;
  /** Assortment and price zone. */
  readonly scope: string;
  /** The published folder that the catalog is brought into. */
  readonly folder: string;
  /** Whose signature on a catalog is believed. */
  readonly verify: Verify;
  readonly token: TokenSource;
  readonly fetch: typeof fetch;
  readonly onProgress?: (bytes: number, totalBytes: number) => void;
};

export type FetchOutcome =
  | ({ readonly ok: true } & InstallResult)
  /** There is none yet. */
  | { readonly ok: true; readonly version: null; readonly changed: false }
  | { readonly ok: false; readonly error: ApiError | { readonly code: PublishedFaultCode; readonly detail: string } };

/**
 * The published lane, once: asks which catalog is current, and brings what is missing of it into the folder, every byte checked against its
 * signed manifest. Whatever goes wrong is data, and the catalog that was there stays.
 */
export async function fetchPublished(source: PublishedSource, signal?: AbortSignal): Promise<FetchOutcome> {
  const { serverUrl, scope, folder, verify, onProgress } = source;
  const call = createCallApi({ url: `${serverUrl}/graphql`, token: source.token, fetch: source.fetch });
  const manifest = await call(publishedManifest, { scope }, signal);
  if (!manifest.ok) return manifest;
  if (!manifest.value) return { ok: true, version: null, changed: false };
  try {
    const installed = await installSnapshot({
      folder,
      scope,
      headText: manifest.value.text,
      verify,
      fetchObject: (object) => fetchObject(source, object, signal),
      ...(onProgress ? { onProgress } : {}),
    });
    return { ok: true, ...installed };
  } catch (thrown) {
    if (thrown instanceof PublishedFault) {
      return { ok: false, error: { code: thrown.code, detail: thrown.message } };
    }
    if (thrown instanceof ObjectUnreachable) return { ok: false, error: { code: 'unreachable', sign: 'silence' } };
    throw thrown;
  }
}

/** The line broke, or somebody else answered. */
class ObjectUnreachable extends Error {
  override readonly name = 'ObjectUnreachable';
}

async function fetchObject(
  source: PublishedSource,
  object: ManifestObject,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const first = await ask(source, object, false, signal);
  const response = first.status === 401 ? await ask(source, object, true, signal) : first;
  if (response.status === 404) throw new PublishedFault('object-missing', `The server lacks ${object.sha256}`);
  if (response.status !== 200 || !response.body) throw new ObjectUnreachable(`status ${response.status}`);
  return readAtMost(response.body, object.bytes);
}

async function ask(
  { serverUrl, token, fetch: send }: PublishedSource,
  { sha256 }: ManifestObject,
  renew: boolean,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  // Not AbortSignal.any: the oldest runtime that this runs on lacks it.
  for (const cause of [AbortSignal.timeout(OBJECT_TIMEOUT_MS), signal]) {
    cause?.addEventListener('abort', end, { once: true });
  }
  try {
    return await send(`${serverUrl}/published/objects/${sha256}`, {
      headers: { authorization: await token({ renew }) },
      // Following a redirect would show the token to a stranger.
      redirect: 'manual',
      signal: ended.signal,
    });
  } catch (thrown) {
    throw new ObjectUnreachable(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  }
}

/** One byte more than there should be, and the rest is not read. */
async function readAtMost(body: ReadableStream<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks);
      bytes += value.byteLength;
      chunks.push(value);
      if (bytes > bytesMax) {
        await reader.cancel();
        return Buffer.concat(chunks);
      }
    }
  } catch (thrown) {
    throw new ObjectUnreachable(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  }
}
