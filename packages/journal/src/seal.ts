import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** A record as stored, sent and exported: its canonical text, and around it what proves who wrote these very bytes. */
export type SealedRecord = {
  readonly text: string;
  /** SHA-256 of the UTF-8 bytes of `text`, 64 lower-case hex digits. */
  readonly hash: string;
  readonly alg: 'Ed25519';
  readonly keyId: string;
  /** Ed25519 (RFC 8032) over the ASCII bytes of `evertill-record/1:<hash>`, base64url without padding. */
  readonly sig: string;
};

/** The private half of a register's key, wherever it lives. `sign` answers with the 64 bytes of an Ed25519 signature. */
export type SigningKey = {
  readonly keyId: string;
  /** Raw 32 bytes, hex: the form that EpochOpened carries. */
  readonly publicKey: string;
  sign(message: Uint8Array): Uint8Array;
};

// The prefix keeps a signature made for a record from being passed off as one made for anything else, and the reverse.
const SIGNED_PREFIX = 'evertill-record/1:';
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_KEY_BYTES = 32;

/** SHA-256 of the UTF-8 bytes of a text, hex. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Hashes and signs a record's canonical text; the text itself stays as it is. */
export function sealRecord(text: string, key: SigningKey): SealedRecord {
  const hash = hashText(text);
  const signature = key.sign(signedMessage(hash));
  return { text, hash, alg: 'Ed25519', keyId: key.keyId, sig: Buffer.from(signature).toString('base64url') };
}

/** Whether `sig` is this key's signature over `hash`. Says nothing about whether `hash` is that of the text. */
export function verifySignature(record: Pick<SealedRecord, 'hash' | 'sig'>, publicKey: KeyObject): boolean {
  const signature = Buffer.from(record.sig, 'base64url');
  // Node decodes base64url leniently: a second spelling of the same bytes would be an edit that nobody sees.
  if (signature.toString('base64url') !== record.sig) return false;
  return verify(null, signedMessage(record.hash), publicKey, signature);
}

function signedMessage(hash: string): Buffer {
  return Buffer.from(SIGNED_PREFIX + hash, 'ascii');
}

/** The key whose Ed25519 seed (RFC 8032, the 32 private bytes) is given: what a key store keeps. */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  if (seed.length !== RAW_KEY_BYTES)
    throw new RangeError(`an Ed25519 seed has ${RAW_KEY_BYTES} bytes, not ${seed.length}`);
  return signingKeyOf(createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' }));
}

/** A key nobody had before. `seed` is the secret to keep. */
export function generateSigningKey(): { key: SigningKey; seed: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_ED25519.length);
  return { key: signingKeyOf(privateKey), seed: new Uint8Array(seed) };
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
    .export({ format: 'der', type: 'spki' })
    .subarray(SPKI_ED25519.length)
    .toString('hex');
  return { keyId: keyIdOf(publicKey), publicKey, sign: (message) => sign(null, message, privateKey) };
}

/** The name of a key: the first 64 bits of the SHA-256 of its raw public half. A name, not a proof: keys are compared whole. */
export function keyIdOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
  return `ed25519:${digest.slice(0, 16)}`;
}

/** Making one costs as much as verifying with it, and a hub verifies with the same few hundred keys all day. */
const KEYS_KEPT_MAX = 1_000;
const keysKept = new Map<string, KeyObject>();

/** The public half, from its 32 raw bytes in hex. */
export function readPublicKey(publicKey: string): KeyObject {
  const kept = keysKept.get(publicKey);
  if (kept) return kept;
  if (!/^[0-9a-f]{64}$/.test(publicKey)) throw new RangeError('a public key is 64 lower-case hex digits');
  const key = createPublicKey({
    key: Buffer.concat([SPKI_ED25519, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  });
  if (keysKept.size >= KEYS_KEPT_MAX) keysKept.clear();
  keysKept.set(publicKey, key);
  return key;
}
