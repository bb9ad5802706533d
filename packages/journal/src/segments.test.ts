import { canonicalText, RECORD_BYTES_MAX, utf8Length } from '@evertill/records';
import { exampleHeader } from '@evertill/records/testing';
import { describe, expect, test } from 'vitest';
import { sealRecord } from './seal.ts';
import { readSealedLine, writeSealedLine } from './sealed-line.ts';
import { readSegment, SEGMENT_BYTES_MAX, segmentsOf } from './segments.ts';
import { exampleJournal, exampleKey } from './testing/example-journal.ts';

const journal = exampleJournal([120, 3]);
const sealed = journal.map((record) => record.sealed);

/** A record of an unknown type whose text has exactly this many bytes, most of them quotes: the worst case for JSON strings. */
function recordOfBytes(bytes: number) {
  const textWith = (filler: string) => canonicalText({ ...exampleHeader('SignedOn'), type: 'Filler', payload: filler });
  const room = bytes - utf8Length(textWith(''));
  return sealRecord(textWith('"'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2)), exampleKey(1));
}

describe('segments', () => {
  test('[I1] hold every record once, in order, 50 at most, and never cross an epoch', () => {
    const segments = [...segmentsOf(sealed)];
    expect(segments.map((segment) => segment.records.length)).toEqual([50, 50, 21, 4]);
    expect(segments.flatMap((segment) => segment.records)).toEqual(sealed);
    expect(segments.map((segment) => segment.first)).toEqual([
      { epoch: 1, seq: 1 },
      { epoch: 1, seq: 51 },
      { epoch: 1, seq: 101 },
      { epoch: 2, seq: 1 },
    ]);
    expect(segments[3]!.head).toEqual(journal[journal.length - 1]!.head);
  });

  test('[I3] carry the exact bytes', () => {
    for (const segment of segmentsOf(sealed)) {
      expect(segment.bytes).toBe(utf8Length(segment.text));
      expect(readSegment(segment.text)).toEqual(segment.records);
    }
  });

  test('stay within their bytes, with the largest records allowed too', () => {
    const large = [RECORD_BYTES_MAX, RECORD_BYTES_MAX, 40_000, 1000].map(recordOfBytes);
    const segments = [...segmentsOf(large)];
    expect(segments.map((segment) => segment.records.length)).toEqual([1, 3]);
    for (const segment of segments) expect(segment.bytes).toBeLessThanOrEqual(SEGMENT_BYTES_MAX);
    expect(segments.flatMap((segment) => readSegment(segment.text))).toEqual(large);
  });

  test.each([
    ['nothing', ''],
    ['half a segment', [...segmentsOf(sealed)][0]!.text.slice(0, -1)],
    ['an odd line', '{}\n'],
    ['no seal', 'x\ny\n'],
    ['too many records', [...segmentsOf(sealed)].map((segment) => segment.text).join('')],
  ])('refuse to read %s', (_what, text) => {
    expect(readSegment(text)).toBeNull();
  });
});

describe('lines of an export', () => {
  test('[I3] carry the exact bytes', () => {
    for (const record of [...sealed.slice(0, 5), recordOfBytes(RECORD_BYTES_MAX)]) {
      const line = writeSealedLine(record);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(readSealedLine(line.trimEnd())).toEqual(record);
    }
  });

  test.each(['', 'x', 'null', '[]', '{"text":1}', '{"text":"a","hash":"b","alg":"c","keyId":"d"}'])(
    '%j is not a record',
    (line) => {
      expect(readSealedLine(line)).toBeNull();
    },
  );
});
