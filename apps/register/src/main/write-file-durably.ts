import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Writes a file so that after a power cut it is the old one or the new one, whole: temporary file, fsync, rename, fsync of the folder. */
export function writeFileDurably(file: string, text: string, options: { mode: number }): void {
  const temporary = `${file}.new`;
  const handle = openSync(temporary, 'w', options.mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  if (process.platform === 'win32') return; // a folder cannot be opened for fsync there
  const folder = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
