import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RejectedRow } from './problem.ts';

/** All rejected rows of one import as a JSON array in a file, written as they are found. */
export type RejectedFile = {
  add(row: RejectedRow): void;
  /** Completes the file and returns its path; null, and no file, when nothing was rejected. */
  finish(): string | null;
  /** Removes what has been written. */
  discard(): void;
};

const BYTES_PER_WRITE = 64 * 1024;

export function openRejectedFile(path: string): RejectedFile {
  let descriptor: number | null = null;
  let pending = '';

  function write(): void {
    if (descriptor === null) {
      mkdirSync(dirname(path), { recursive: true });
      descriptor = openSync(path, 'w');
    }
    writeSync(descriptor, pending);
    pending = '';
  }

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  return {
    add(row) {
      const isFirst = descriptor === null && pending === '';
      pending += `${isFirst ? '[\n' : ',\n'}${JSON.stringify(row)}`;
      if (pending.length > BYTES_PER_WRITE) write();
    },
    finish() {
      if (descriptor === null && pending === '') return null;
      pending += '\n]\n';
      write();
      close();
      return path;
    },
    discard() {
      close();
      rmSync(path, { force: true });
    },
  };
}

/** For a dry run: nothing is written. */
export function noRejectedFile(): RejectedFile {
  return { add: () => undefined, finish: () => null, discard: () => undefined };
}
