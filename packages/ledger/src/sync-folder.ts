import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes renames in a folder durable. Windows has no such call and needs none: NTFS journals its directories. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
