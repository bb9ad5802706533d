import { chmodSync } from 'node:fs';
import { replaceFileDurably } from '@evertill/published';

/** Writes a file that only its owner may read, from its first byte on. Where the system knows no such modes, its folder protects it. */
export function writePrivateFile(file: string, content: string): void {
  const previousMask = process.umask(0o077);
  try {
    replaceFileDurably(file, content);
  } finally {
    process.umask(previousMask);
  }
  // An older file's temporary twin may have kept wider modes.
  chmodSync(file, 0o600);
}
