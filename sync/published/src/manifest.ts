import { createHash } from 'node:crypto';
import { canonicalText } from '@evertill/records';
import { z } from 'zod';
import { MANIFEST_BYTES_MAX, OBJECT_BYTES_MAX, SNAPSHOT_BYTES_MAX } from './limits.ts';
import { PublishedFault } from './published-fault.ts';
import type { Sign, Verify } from './signature.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const objectSchema = z.object({
  sha256,
  bytes: z.int().positive().max(OBJECT_BYTES_MAX),
  documents: z.int().positive(),
});

const objectsSchema = z.array(objectSchema).max(4096);

/**
 * What a manifest says. A delta will come as one more member that lists change objects beside the snapshot's: a reader that does not
 * know it takes the snapshot, so no format version is spent on it.
 */
const manifestSchema = z.object({
  format: z.literal('evertill.published'),
  v: z.literal(1),
  scope: z.string(),
  version: z.int().positive(),
  createdAt: z.iso.datetime(),
  /** Hash of the list of objects: equal for equal content, whatever the version and the time. */
  contentHash: sha256,
  /** Collections that this reader does not know stay in the list, because the content hash covers them. */
  collections: z
    .object({
      products: objectsSchema,
      prices: objectsSchema,
      taxes: objectsSchema,
      stores: objectsSchema,
    })
    .catchall(objectsSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestObject = z.infer<typeof objectSchema>;

/** The manifest's text travels as one string, so that the signed bytes are the stored bytes and nothing is made canonical twice. */
const envelopeSchema = z.object({
  manifest: z.string(),
  alg: z.literal('Ed25519'),
  keyId: z.string().min(1).max(200),
  sig: z.base64(),
});

export function contentHashOf(collections: Manifest['collections']): string {
  return createHash('sha256').update(canonicalText(collections)).digest('hex');
}

/** Number of documents in a list of objects. */
export function documentCount(objects: readonly ManifestObject[]): number {
  return objects.reduce((sum, object) => sum + object.documents, 0);
}

/** The first line keeps a signature made for a manifest from passing for anything else the key may sign. */
function signedBytes(manifestText: string): Uint8Array {
  return Buffer.from(`evertill.published.v1\n${manifestText}`, 'utf8');
}

/** The file's text for a manifest. */
export async function sealManifest(manifest: Manifest, sign: Sign): Promise<string> {
  const text = canonicalText(manifest);
  const { keyId, sig } = await sign(signedBytes(text));
  const envelope = JSON.stringify({ manifest: text, alg: 'Ed25519', keyId, sig: Buffer.from(sig).toString('base64') });
  if (Buffer.byteLength(envelope) > MANIFEST_BYTES_MAX) {
    throw new PublishedFault('too-large', `The manifest is larger than ${MANIFEST_BYTES_MAX} bytes`);
  }
  return envelope;
}

/**
 * Reads a manifest's file text: signature first, then scope, shape, limits and the content hash.
 * Throws `PublishedFault` (`malformed`, `bad-signature`, `wrong-scope`, `too-large`, `hash-mismatch`).
 */
export function openManifest(envelopeText: string, scope: string, verify: Verify): Manifest {
  const envelope = parseAs(envelopeSchema, envelopeText, 'manifest file');
  const sig = Buffer.from(envelope.sig, 'base64');
  if (!verify(signedBytes(envelope.manifest), { keyId: envelope.keyId, sig })) {
    throw new PublishedFault(
      'bad-signature',
      `The manifest of ${scope} is not signed by a trusted key (key ${envelope.keyId})`,
    );
  }
  const manifest = parseAs(manifestSchema, envelope.manifest, 'manifest');
  if (manifest.scope !== scope) {
    throw new PublishedFault('wrong-scope', `Asked for ${scope}, found a manifest of ${manifest.scope}`);
  }
  const bytes = Object.values(manifest.collections)
    .flat()
    .reduce((sum, object) => sum + object.bytes, 0);
  if (bytes > SNAPSHOT_BYTES_MAX) throw new PublishedFault('too-large', `The snapshot has ${bytes} bytes`);
  if (contentHashOf(manifest.collections) !== manifest.contentHash) {
    throw new PublishedFault(
      'hash-mismatch',
      `The content hash of ${scope} version ${manifest.version} is not that of its objects`,
    );
  }
  return manifest;
}

function parseAs<T>(schema: z.ZodType<T>, text: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PublishedFault('malformed', `The ${what} is not JSON`, error);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new PublishedFault('malformed', `The ${what} does not fit: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
