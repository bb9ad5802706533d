import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFileDurably } from '@evertill/published';

/** Writes a file that only its owner may read, from its first byte on; its folder is made if need be. Where the system knows no such modes, its folder protects it. */
export function writePrivateFile(file: string, content: string): void {
  const previousMask = process.umask(0o077);
  try {
    mkdirSync(dirname(file), { recursive: true });
    replaceFileDurably(file, content);
  } finally {
    process.umask(previousMask);
  }
  // An older file's temporary twin may have kept wider modes.
  chmodSync(file, 0o600);
}

/** The file's text, or null where there is none. */
export function readPrivateFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
