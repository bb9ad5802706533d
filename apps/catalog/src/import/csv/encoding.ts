import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { FileRefused } from '../problem.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What one reading of the file's bytes tells. */
export type FileReading = { encoding: TextEncoding; bytes: number };

const BINARY_SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a workbook or an archive (xlsx, ods, zip)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (xls)'],
  [[0x1f, 0x8b], 'a compressed file (gzip)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
];

/** A few zero bytes are damage in a text file, and their rows are rejected one by one; many are another kind of file. */
const STRAY_ZEROS_MAX = 8;
const ZERO_SHARE_MAX = 0.001;

/**
 * Reads the file once and says how its bytes are to be read. A byte order mark decides; without one UTF-16 is known by its
 * zero bytes; then UTF-8 unless more of its non-ASCII characters are broken than sound, which is what a Windows-1252 file looks like.
 * Where both occur the file counts as UTF-8 and the rows with broken characters are rejected one by one.
 *
 * @throws FileRefused `cannot-read`, `empty-file`, or `not-text` (a workbook, an archive, full of zero bytes).
 */
export async function readEncoding(file: string): Promise<FileReading> {
  const decoder = new TextDecoder('utf-8');
  let head = Buffer.alloc(0);
  let bytes = 0;
  let sound = 0;
  let broken = 0;
  let zeros = 0;
  const count = (text: string) => {
    broken += occurrences(text, /\uFFFD/g);
    sound += occurrences(text, /[^\0-\x7F\uFFFD]/g);
    zeros += occurrences(text, /\0/g);
  };
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (head.length < 512) head = Buffer.concat([head, chunk.subarray(0, 512)]);
      count(decoder.decode(chunk, { stream: true }));
    }
  } catch (cause) {
    throw new FileRefused('cannot-read', `The file cannot be read: ${reasonOf(cause)}`, { cause });
  }
  // A character cut off by the end of the file is no sign of another encoding, so the decoder's flush is not counted.
  if (bytes === 0) throw new FileRefused('empty-file', 'The file is empty.');
  refuseBinary(head);
  const utf16 = utf16Of(head);
  if (utf16) return { encoding: utf16, bytes };
  if (zeros > STRAY_ZEROS_MAX && zeros > bytes * ZERO_SHARE_MAX)
    throw new FileRefused('not-text', 'The file is full of zero bytes: it is not a text file.');
  return { encoding: broken > sound ? 'windows-1252' : 'utf-8', bytes };
}

function refuseBinary(head: Buffer): void {
  for (const [signature, what] of BINARY_SIGNATURES) {
    if (signature.every((byte, index) => head[index] === byte)) {
      throw new FileRefused('not-text', `The file is ${what}, not CSV. Save it as "CSV UTF-8" and import that.`);
    }
  }
}

/** Latin text in UTF-16 has a zero in every second byte; the first column names are always Latin enough. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(head.length / 2);
  if (pairs < 2) return null;
  let zerosFirst = 0;
  let zerosSecond = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (head[pair * 2] === 0) zerosFirst += 1;
    if (head[pair * 2 + 1] === 0) zerosSecond += 1;
  }
  if (zerosSecond > pairs * 0.8 && zerosFirst === 0) return 'utf-16le';
  if (zerosFirst > pairs * 0.8 && zerosSecond === 0) return 'utf-16be';
  return null;
}

function occurrences(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it.';
  return cause instanceof Error ? cause.message : String(cause);
}
