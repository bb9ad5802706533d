import { readRecord, utf8Length } from '@evertill/records';
import type { ChainHead, Place } from './chain-fault.ts';
import type { SealedRecord } from './seal.ts';

export const SEGMENT_RECORDS_MAX = 50;
export const SEGMENT_BYTES_MAX = 300 * 1024;

/** What goes up in one request: neighbours of one epoch, with the head that they lead to. */
export type Segment = {
  readonly records: readonly SealedRecord[];
  /** The exact bytes (UTF-8): per record one line with the seal and one with the text as it is. */
  readonly text: string;
  readonly bytes: number;
  readonly first: Place;
  readonly head: ChainHead;
};

/**
 * Cuts a journal into segments of at most {@link SEGMENT_RECORDS_MAX} records and {@link SEGMENT_BYTES_MAX} bytes. A segment never
 * crosses an epoch, so that one key signs all of it. Texts are carried raw, not as JSON strings: the largest record allowed still fits.
 */
export function* segmentsOf(records: Iterable<SealedRecord>): Generator<Segment> {
  let open: { record: SealedRecord; place: Place; lines: string }[] = [];
  let bytes = 0;
  for (const record of records) {
    const { epoch, seq } = readRecord(record.text).header;
    const lines = segmentLines(record);
    const size = utf8Length(lines);
    const isFull =
      open.length === SEGMENT_RECORDS_MAX || bytes + size > SEGMENT_BYTES_MAX || open[0]?.place.epoch !== epoch;
    if (open.length > 0 && isFull) {
      yield closeSegment(open, bytes);
      open = [];
      bytes = 0;
    }
    open.push({ record, place: { epoch, seq }, lines });
    bytes += size;
  }
  if (open.length > 0) yield closeSegment(open, bytes);
}

function segmentLines({ text, hash, alg, keyId, sig }: SealedRecord): string {
  return `${JSON.stringify({ hash, alg, keyId, sig })}\n${text}\n`;
}

function closeSegment(open: readonly { record: SealedRecord; place: Place; lines: string }[], bytes: number): Segment {
  const first = open[0];
  const last = open[open.length - 1];
  if (!first || !last) throw new Error('a segment holds at least one record');
  return {
    records: open.map((entry) => entry.record),
    text: open.map((entry) => entry.lines).join(''),
    bytes,
    first: first.place,
    head: { ...last.place, hash: last.record.hash },
  };
}

/**
 * The records of a segment's text, bytes as sent; `null` when the text is not a segment or exceeds its limits. Says nothing about
 * hashes and signatures.
 */
export function readSegment(text: string): SealedRecord[] | null {
  if (utf8Length(text) > SEGMENT_BYTES_MAX || !text.endsWith('\n')) return null;
  const lines = text.slice(0, -1).split('\n');
  if (lines.length % 2 !== 0 || lines.length / 2 > SEGMENT_RECORDS_MAX) return null;
  const records: SealedRecord[] = [];
  for (let index = 0; index < lines.length; index += 2) {
    const seal = readSeal(lines[index] ?? '');
    if (!seal) return null;
    records.push({ text: lines[index + 1] ?? '', ...seal });
  }
  return records;
}

function readSeal(line: string): Omit<SealedRecord, 'text'> | null {
  try {
    const { hash, alg, keyId, sig } = JSON.parse(line) as Record<string, unknown>;
    const areTexts = [hash, alg, keyId, sig].every((part) => typeof part === 'string');
    return areTexts ? ({ hash, alg, keyId, sig } as Omit<SealedRecord, 'text'>) : null;
  } catch {
    return null;
  }
}
