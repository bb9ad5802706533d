import { closeSync, openSync, readSync } from 'node:fs';
import type { FiledRecord } from '../chain-verifier.ts';
import { readSealedLine, SEALED_LINE_CHARS_MAX } from '../sealed-line.ts';
import { readLedgerFile } from './ledger-file.ts';
import { UnusableFile } from './unusable-file.ts';

const SQLITE_MAGIC = 'SQLite format 3\0';
const CHUNK_BYTES = 256 * 1024;
const LINE_BREAK = 0x0a;

/**
 * The records of a ledger or an export, in their order, without changing the file. A line of an export that is no sealed record comes as one
 * with empty parts: the verifier names it.
 *
 * @throws UnusableFile when it is neither.
 */
export function* recordsOfFile(path: string): Generator<FiledRecord> {
  const start = startOfFile(path);
  if (start.toString('latin1').startsWith(SQLITE_MAGIC)) yield* readLedgerFile(path);
  else yield* readExport(path);
}

function startOfFile(path: string): Buffer {
  const start = Buffer.alloc(SQLITE_MAGIC.length);
  const file = openForReading(path);
  try {
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } catch (error) {
    throw new UnusableFile(`${path} cannot be read: ${String(error)}`, { cause: error });
  } finally {
    closeSync(file);
  }
}

function openForReading(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw new UnusableFile(`${path} cannot be opened: ${String(error)}`, { cause: error });
  }
}

function* readExport(path: string): Generator<FiledRecord> {
  let isFirst = true;
  for (const line of linesOf(path)) {
    const record = readSealedLine(line);
    if (!record && isFirst) throw new UnusableFile(`${path} is neither a ledger nor an export of one`);
    isFirst = false;
    yield record ?? { text: line, hash: '', alg: 'Ed25519', keyId: '', sig: '' };
  }
}

function* linesOf(path: string): Generator<string> {
  const file = openForReading(path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const length = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) break;
      rest = Buffer.concat([rest, chunk.subarray(0, length)]);
      for (let at = rest.indexOf(LINE_BREAK); at >= 0; at = rest.indexOf(LINE_BREAK)) {
        yield rest.toString('utf8', 0, at);
        rest = rest.subarray(at + 1);
      }
      if (rest.length > 4 * SEALED_LINE_CHARS_MAX) throw new UnusableFile(`${path} has a line longer than any record`);
    }
    // A last line without its break was cut off by a crash or by somebody: the verifier shall see it.
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    closeSync(file);
  }
}
