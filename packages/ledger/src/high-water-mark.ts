import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChainHead } from '@evertill/journal';
import { syncFolder } from './sync-folder.ts';

/**
 * The last head that this register is known to have reached, kept where a restored or copied ledger does not carry it along. It is written
 * after the commit that it tells of, never before (I13), and lags by a second at most.
 */
export type HighWaterMark = {
  /** `null` when there never was one. Throws when there is one that cannot be read. */
  read(): ChainHead | null;
  write(mark: ChainHead): void;
};

/** A mark in a file of its own, outside the ledger's folder: written beside, synced, renamed. */
export function fileHighWaterMark(path: string): HighWaterMark {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
      return parseMark(text);
    },
    write({ epoch, seq, hash }) {
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(`${path}.new`, 'w');
      try {
        writeSync(file, `${JSON.stringify({ epoch, seq, hash })}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${path}.new`, path);
      syncFolder(dirname(path));
    },
  };
}

function parseMark(text: string): ChainHead {
  const { epoch, seq, hash } = JSON.parse(text) as Partial<ChainHead>;
  const isMark = Number.isSafeInteger(epoch) && Number.isSafeInteger(seq) && typeof hash === 'string';
  if (!isMark) throw new Error('the high-water mark is not one');
  return { epoch, seq, hash } as ChainHead;
}

/** A mark that lasts as long as the process: for tests, and for training folders that nobody restores. */
export function memoryHighWaterMark(initial: ChainHead | null = null): HighWaterMark {
  let mark = initial;
  return {
    read: () => mark,
    write: (written) => {
      mark = written;
    },
  };
}
