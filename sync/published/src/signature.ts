import { createHash, createPublicKey, createPrivateKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export interface Signature {
  keyId: string;
  sig: Uint8Array;
}

/** Signs bytes; may be remote (a key management service), hence the promise. */
export type Sign = (bytes: Uint8Array) => Signature | Promise<Signature>;

/** Whether a trusted key made this signature over these bytes; false for a key that is not known. */
export type Verify = (bytes: Uint8Array, signature: Signature) => boolean;

/** A key as a register holds it, out of its enrolment. PEM, SubjectPublicKeyInfo. */
export interface TrustedKey {
  keyId: string;
  publicKeyPem: string;
}

/** A name for a public key that anyone can derive: the first 16 hex digits of the SHA-256 of its DER form. */
export function keyIdOf(publicKeyPem: string): string {
  const der = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** Signs with an Ed25519 private key (PEM, PKCS #8). Without `keyId` the key's derived name is used. */
export function ed25519Signer(privateKeyPem: string, keyId?: string): Sign {
  const key = createPrivateKey(privateKeyPem);
  assertEd25519(key);
  const publicKeyPem = createPublicKey(key).export({ type: 'spki', format: 'pem' });
  const name = keyId ?? keyIdOf(publicKeyPem.toString());
  return (bytes) => ({ keyId: name, sig: sign(null, bytes, key) });
}

/** Accepts signatures of the given keys only. */
export function ed25519Verifier(keys: readonly TrustedKey[]): Verify {
  const trusted = new Map(keys.map(({ keyId, publicKeyPem }) => [keyId, createPublicKey(publicKeyPem)]));
  for (const key of trusted.values()) assertEd25519(key);
  return (bytes, { keyId, sig }) => {
    const key = trusted.get(keyId);
    return key !== undefined && verify(null, bytes, key, sig);
  };
}

function assertEd25519(key: KeyObject): void {
  // sign(null, …) would take an RSA key too, and the format has one algorithm.
  if (key.asymmetricKeyType !== 'ed25519')
    throw new TypeError(`An Ed25519 key is needed, not ${key.asymmetricKeyType}`);
}
