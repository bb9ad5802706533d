import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519Signer, keyIdOf, replaceFileDurably } from '@evertill/published';
import type { Sign, TrustedKey } from '@evertill/published';
import type { DataFolder } from './data-folder.ts';
import { readPrivateFile, writePrivateFile } from '@evertill/author/files';

/** The key that signs snapshots, and what registers need to check them. */
export type PublisherKey = { sign: Sign; trusted: TrustedKey };

const PRIVATE_KEY_FILE = 'publisher.pem';
const PUBLIC_KEY_FILE = 'publisher.pub.pem';

/**
 * The publisher's Ed25519 key of a data folder, made on first use: `keys/publisher.pem` (readable by its owner only) and
 * `keys/publisher.pub.pem`, which goes to registers with their enrolment.
 *
 * The key is drawn from the operating system, never from a seed: a key that can be repeated is no key.
 */
export function openPublisherKey({ keys: folder }: DataFolder): PublisherKey {
  const privateKeyPem = readPrivateFile(join(folder, PRIVATE_KEY_FILE)) ?? createKey(folder);
  const publicKeyPem = readFileSync(join(folder, PUBLIC_KEY_FILE), 'utf8');
  return { sign: ed25519Signer(privateKeyPem), trusted: { keyId: keyIdOf(publicKeyPem), publicKeyPem } };
}

function createKey(folder: string): string {
  const pair = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  // The private key last: where it exists, its public half is there too, whenever the power fails.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  replaceFileDurably(join(folder, PUBLIC_KEY_FILE), pair.publicKey);
  writePrivateFile(join(folder, PRIVATE_KEY_FILE), pair.privateKey);
  return pair.privateKey;
}
