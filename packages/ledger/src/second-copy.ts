import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ChainHead,
  readSealedLine,
  SEALED_LINE_CHARS_MAX,
  type SealedRecord,
  writeSealedLine,
} from '@evertill/journal';
import { readRecord } from '@evertill/records';
import { setAside } from './ledger-file.ts';

/**
 * The second copy of the journal: a plain file of sealed records, one a line, best kept on another disk. It is only ever appended to;
 * what no longer fits the ledger is set aside, never overwritten. The auditor reads it as it is.
 */
export const SECOND_COPY_FILE = 'journal-copy.ndjson';

const CHUNK_BYTES = 256 * 1024;
const LINE_BREAK = 0x0a;

export function secondCopyPath(folder: string): string {
  return join(folder, SECOND_COPY_FILE);
}

/**
 * The head of the copy: its last whole line. Half a line behind it, left by a crash, is cut off. `null` when the copy is empty or
 * absent; 'unreadable' when the last whole line is not a record. Throws what the file system throws.
 */
export function copyHead(folder: string): ChainHead | null | 'unreadable' {
  mkdirSync(folder, { recursive: true });
  const path = secondCopyPath(folder);
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r+');
  try {
    const size = fstatSync(file).size;
    const wholeBytes = endOfLastLine(file, size);
    if (wholeBytes < size) ftruncateSync(file, wholeBytes);
    if (wholeBytes === 0) return null;
    return headOfLine(lastLine(file, wholeBytes));
  } finally {
    closeSync(file);
  }
}

function headOfLine(line: string): ChainHead | 'unreadable' {
  const record = readSealedLine(line);
  if (!record) return 'unreadable';
  try {
    const { epoch, seq } = readRecord(record.text).header;
    return { epoch, seq, hash: record.hash };
  } catch {
    return 'unreadable';
  }
}

/** The length of the file up to and including its last line break. */
function endOfLastLine(file: number, size: number): number {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size));
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - chunk.length);
    readSync(file, chunk, 0, end - start, start);
    const at = chunk.subarray(0, end - start).lastIndexOf(LINE_BREAK);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

function lastLine(file: number, wholeBytes: number): string {
  const start = endOfLastLine(file, wholeBytes - 1);
  const line = Buffer.alloc(wholeBytes - 1 - start);
  readSync(file, line, 0, line.length, start);
  return line.toString('utf8');
}

/**
 * Cuts off what a write that was never confirmed may have left: a power cut can keep the end of it and lose its middle. The last
 * `linesMax` lines are looked at; from the first that does not follow from the one before it, all of them go. Only for a copy whose records
 * the ledger holds: it writes them again. Answers whether anything went.
 */
export function cutTornTail(folder: string, linesMax: number): boolean {
  const file = openSync(secondCopyPath(folder), 'r+');
  try {
    const starts: number[] = [];
    for (let end = fstatSync(file).size; end > 0 && starts.length < linesMax;) {
      end = endOfLastLine(file, end - 1);
      starts.unshift(end);
    }
    let before: string | null = null;
    for (const start of starts) {
      const record = recordAt(file, start);
      if (!record || (before !== null && record.prevHash !== before)) {
        ftruncateSync(file, start);
        return true;
      }
      before = record.hash;
    }
    return false;
  } finally {
    closeSync(file);
  }
}

/** The record on the line that starts there, if its bytes are the ones that its hash was made of. */
function recordAt(file: number, start: number): { hash: string; prevHash: string } | null {
  const [line] = linesOf(file, start);
  const sealed = line === undefined ? null : readSealedLine(line);
  if (!sealed || createHash('sha256').update(sealed.text).digest('hex') !== sealed.hash) return null;
  try {
    return { hash: sealed.hash, prevHash: readRecord(sealed.text).header.prevHash };
  } catch {
    return null;
  }
}

/** Every record of the copy in order, up to the first line that is not one. */
export function* readCopy(folder: string): Generator<SealedRecord> {
  const path = secondCopyPath(folder);
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    for (const line of linesOf(file)) {
      const record = readSealedLine(line);
      if (!record) return;
      yield record;
    }
  } finally {
    closeSync(file);
  }
}

function* linesOf(file: number, from = 0): Generator<string> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let rest: Buffer = Buffer.alloc(0);
  for (let position = from; ;) {
    const length = readSync(file, chunk, 0, CHUNK_BYTES, position);
    if (length === 0) return;
    position += length;
    rest = Buffer.concat([rest, chunk.subarray(0, length)]);
    for (let at = rest.indexOf(LINE_BREAK); at >= 0; at = rest.indexOf(LINE_BREAK)) {
      yield rest.toString('utf8', 0, at);
      rest = rest.subarray(at + 1);
    }
    // Not a copy of ours: do not fill the memory with it.
    if (rest.length > 4 * SEALED_LINE_CHARS_MAX) return;
  }
}

/** Appends records and waits until they are on the disk. Not on the event loop's thread: a sale goes on meanwhile. */
export async function appendToCopy(folder: string, records: readonly SealedRecord[]): Promise<void> {
  const file = await open(secondCopyPath(folder), 'a');
  try {
    await file.write(records.map(writeSealedLine).join(''));
    await file.datasync();
  } finally {
    await file.close();
  }
}

export function setCopyAside(folder: string): string {
  return setAside(secondCopyPath(folder));
}
