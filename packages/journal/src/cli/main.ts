import { closeSync, openSync, writeSync } from 'node:fs';
import { readRecord, RecordFault, type ReadRecord } from '@evertill/records';
import { placeText } from '../chain-fault.ts';
import { createChainVerifier, type FiledRecord, type Verification } from '../chain-verifier.ts';
import { writeSealedLine } from '../sealed-line.ts';
import { type CliArguments, readArguments, USAGE } from './arguments.ts';
import { recordsOfFile } from './journal-file.ts';
import { progressOf } from './progress.ts';
import { printable, recordWords } from './record-words.ts';
import { UnusableFile } from './unusable-file.ts';

export const EXIT = { sound: 0, broken: 1, unusable: 2 } as const;

export type CliSurroundings = {
  out(text: string): void;
  err(text: string): void;
  nowMs(): number;
};

/** Runs one command and answers the exit status. */
export function main(args: readonly string[], surroundings: CliSurroundings): number {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    surroundings.out(USAGE);
    return args.length === 0 ? EXIT.unusable : EXIT.sound;
  }
  const given = readArguments(args);
  if (typeof given === 'string') {
    surroundings.err(`evertill-journal: ${given}\n\n${USAGE}`);
    return EXIT.unusable;
  }
  try {
    if (given.command === 'verify') return verify(given, surroundings);
    return given.command === 'show' ? show(given, surroundings) : exportRecords(given, surroundings);
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    surroundings.err(`evertill-journal: ${error.message}\n`);
    return EXIT.unusable;
  }
}

function verify(given: CliArguments, { out, err, nowMs }: CliSurroundings): number {
  const progress = progressOf('verified', err, nowMs);
  const verifier = createChainVerifier(given);
  for (const record of recordsOfFile(given.file)) {
    if (verifier.take(record)) break;
    progress();
  }
  const result = verifier.end();
  out(given.json ? `${JSON.stringify({ file: given.file, ...result })}\n` : verificationWords(given, result));
  return result.ok ? EXIT.sound : EXIT.broken;
}

function verificationWords({ file, expectedHead }: CliArguments, { fault, head, records, keys }: Verification): string {
  const lines: string[] = [];
  if (fault) {
    const where = fault.at ? `record ${placeText(fault.at)}` : 'the journal';
    lines.push(
      `BROKEN  ${file}`,
      `  ${where}: ${fault.detail} (${fault.code})`,
      `  ${records} records before it are sound.`,
    );
  } else {
    lines.push(`SOUND  ${file}`, `  ${records} records in ${keys.length} ${keys.length === 1 ? 'epoch' : 'epochs'}.`);
  }
  if (head) lines.push(`  Head: ${placeText(head)}/${head.hash}`);
  for (const key of new Map(keys.map((entry) => [entry.publicKey, entry])).values()) {
    const trust =
      key.trust === 'pinned'
        ? 'known to be this register’s'
        : 'trusted because it came first; name it with --pin to be sure';
    lines.push(`  Key ${key.keyId} (${key.publicKey}): ${trust}`);
  }
  if (!fault && !expectedHead) lines.push('  Whether records are missing at the end cannot be told without --head.');
  return `${lines.join('\n')}\n`;
}

function show(given: CliArguments, { out, err, nowMs }: CliSurroundings): number {
  const progress = progressOf('read', err, nowMs);
  let unreadable = 0;
  for (const record of recordsOfFile(given.file)) {
    progress();
    const read = readOrNull(record);
    if (!read) {
      unreadable += 1;
      err(`evertill-journal: a record cannot be read: ${printable(record.text.slice(0, 60))}\n`);
    } else if (isWanted(read, given)) {
      const { header, payload, known } = read;
      out(
        given.json ? `${JSON.stringify({ known, ...header, payload, hash: record.hash })}\n` : `${recordWords(read)}\n`,
      );
    }
  }
  return unreadable === 0 ? EXIT.sound : EXIT.broken;
}

function readOrNull(record: FiledRecord): ReadRecord | null {
  try {
    return readRecord(record.text);
  } catch (error) {
    if (error instanceof RecordFault) return null;
    throw error;
  }
}

function isWanted({ header }: ReadRecord, { types, from, to }: CliArguments): boolean {
  if (types.length > 0 && !types.includes(header.type)) return false;
  const isBefore = from !== undefined && compareWhere(header, from) < 0;
  const isAfter = to !== undefined && compareWhere(header, to) > 0;
  return !isBefore && !isAfter;
}

/** Negative when the record is before `where`, a business date or a place. What has no business date is before every one. */
function compareWhere(header: ReadRecord['header'], where: string): number {
  if (where.includes('-')) {
    const date = header.businessDate ?? '';
    return date < where ? -1 : Number(date > where);
  }
  const [epoch = 0, seq = 0] = where.split('/').map(Number);
  return header.epoch - epoch || header.seq - seq;
}

function exportRecords(given: CliArguments, { out, err, nowMs }: CliSurroundings): number {
  const progress = progressOf('exported', err, nowMs);
  const file = given.out === undefined ? null : openForWriting(given.out);
  try {
    for (const record of recordsOfFile(given.file)) {
      const line = writeSealedLine(record);
      if (file === null) out(line);
      else writeSync(file, line);
      progress();
    }
  } finally {
    if (file !== null) closeSync(file);
  }
  return EXIT.sound;
}

function openForWriting(path: string): number {
  try {
    // Never over a file that is there: it may be the journal itself.
    return openSync(path, 'wx');
  } catch (error) {
    throw new UnusableFile(`${path} cannot be written: ${String(error)}`, { cause: error });
  }
}
