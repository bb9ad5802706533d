import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file so that after a power cut it is the old one or the new one, never a part: temporary file, fsync, rename, fsync of
 * the folder. The temporary name is fixed, so what a crash leaves behind is overwritten by the next attempt.
 */
export function replaceFileDurably(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.tmp`;
  const descriptor = openSync(temporary, 'w');
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

/** Makes the names in a folder durable. Windows cannot open a folder for this, and its file systems journal names themselves. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
