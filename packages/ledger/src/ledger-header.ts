import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { LedgerFault } from './ledger-fault.ts';
import { APPLICATION_ID, migrations } from './schema.ts';

/** The database header: https://www.sqlite.org/fileformat.html#the_database_header */
const HEADER_BYTES = 100;
const VERSION_AT = 60;
const APPLICATION_AT = 68;

/** The write-ahead log: https://www.sqlite.org/fileformat.html#the_write_ahead_log */
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const LOG_MAGIC = 0x377f0682;
const SALTS_AT = 16;
const FRAME_SALTS_AT = 8;
const SALTS_BYTES = 8;

/**
 * Refuses a foreign or newer file before SQLite touches it. A power cut during a checkpoint can spoil the first page of a ledger; it
 * stands in the write-ahead log too, from which SQLite will mend it, so that is where it is read then.
 *
 * @throws LedgerFault `foreign-file`, `newer-version`, `corrupt`.
 */
export function checkHeader(path: string): void {
  const header = readAt(path, 0, HEADER_BYTES);
  const sound = header && isLedger(header) ? header : loggedHeader(`${path}-wal`);
  if (!sound) {
    if (!header) throw new LedgerFault('corrupt', `${path} is shorter than a header`);
    throw new LedgerFault('foreign-file', `${path} is not a ledger`);
  }
  const version = sound.readUInt32BE(VERSION_AT);
  if (version > migrations.length) {
    throw new LedgerFault('newer-version', `${path} has version ${version}; this program knows ${migrations.length}`);
  }
}

function isLedger(header: Buffer): boolean {
  const isSqlite = header.toString('latin1', 0, 16) === 'SQLite format 3\0';
  return isSqlite && header.readUInt32BE(APPLICATION_AT) === APPLICATION_ID;
}

/** The newest first page of a ledger that the log holds; whether the log is whole is for SQLite to say. */
function loggedHeader(path: string): Buffer | null {
  const log = readAt(path, 0, LOG_HEADER_BYTES);
  // The lowest bit of the magic number tells the byte order of checksums.
  if (!log || (log.readUInt32BE(0) & ~1) >>> 0 !== LOG_MAGIC) return null;
  const pageBytes = log.readUInt32BE(8);
  const salts = log.subarray(SALTS_AT, SALTS_AT + SALTS_BYTES);
  if (pageBytes < 512 || pageBytes > 65_536) return null;
  let newest: Buffer | null = null;
  for (let at = LOG_HEADER_BYTES; ; at += FRAME_HEADER_BYTES + pageBytes) {
    const frame = readAt(path, at, FRAME_HEADER_BYTES + HEADER_BYTES);
    if (!frame?.subarray(FRAME_SALTS_AT, FRAME_SALTS_AT + SALTS_BYTES).equals(salts)) return newest;
    const page = frame.subarray(FRAME_HEADER_BYTES);
    if (frame.readUInt32BE(0) === 1 && isLedger(page)) newest = page;
  }
}

/** `null` where the file is shorter, or not there. */
function readAt(path: string, position: number, length: number): Buffer | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size < position + length) return null;
    const bytes = Buffer.alloc(length);
    return readSync(file, bytes, 0, length, position) === length ? bytes : null;
  } finally {
    closeSync(file);
  }
}
