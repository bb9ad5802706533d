import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateSigningKey } from '@evertill/journal';
import { z } from 'zod';
import { writeFileDurably } from './write-file-durably.ts';

/** What of the operating system's key store is needed; Electron's `safeStorage` fits, with its plain-text backend refused. */
export type Sealer = {
  /** False where the system offers no key store, or only one that keeps secrets in plain text. */
  available(): boolean;
  seal(text: string): Buffer;
  open(sealed: Buffer): string;
};

export type RegisterKey = {
  keyId: string;
  /** The Ed25519 seed (RFC 8032), 64 hex digits. Made on this machine, never sent anywhere but to this machine's core. */
  seedHex: string;
  /** True: the key lies readable in a file. Allowed for development and demonstration, and said in the window. */
  development: boolean;
};

const keyFileSchema = z.object({
  v: z.literal(1),
  keyId: z.string(),
  kind: z.enum(['sealed', 'development']),
  value: z.string(),
});

/** The key is there but cannot be opened: the machine's key store was changed or belongs to another user. */
export class RegisterKeyFault extends Error {
  readonly code = 'key-not-readable';
}

/**
 * Opens the register's signing key, or makes it on the first start. Once sealed it is never replaced by a development key: a journal
 * whose key is lost needs a person, not a guess.
 *
 * @throws RegisterKeyFault
 */
export function openRegisterKey(folder: string, sealer: Sealer): RegisterKey {
  const file = path.join(folder, 'register-key.json');
  return existsSync(file) ? readKey(file, sealer) : makeKey(file, sealer);
}

function readKey(file: string, sealer: Sealer): RegisterKey {
  const parsed = keyFileSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new RegisterKeyFault(`${file} is not a key file`);
  const { kind, keyId, value } = parsed.data;
  if (kind === 'development') return { keyId, seedHex: value, development: true };
  if (!sealer.available()) throw new RegisterKeyFault('the key store of this computer is not available');
  try {
    return { keyId, seedHex: sealer.open(Buffer.from(value, 'base64')), development: false };
  } catch (cause) {
    throw new RegisterKeyFault('the key was sealed by another user or computer', { cause });
  }
}

function makeKey(file: string, sealer: Sealer): RegisterKey {
  const made = generateSigningKey();
  const { keyId } = made.key;
  const seedHex = Buffer.from(made.seed).toString('hex');
  const development = !sealer.available();
  const value = development ? seedHex : sealer.seal(seedHex).toString('base64');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const kind = development ? 'development' : 'sealed';
  writeFileDurably(file, JSON.stringify({ v: 1, keyId, kind, value }), { mode: 0o600 });
  return { keyId, seedHex, development };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
