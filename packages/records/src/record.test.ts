import { describe, expect, test } from 'vitest';
import { canonicalText, type CanonicalValue } from './canonical-text.ts';
import { PAYLOAD_DEPTH_MAX, RECORD_BYTES_MAX } from './limits.ts';
import { readRecord, utf8Length, writeRecord } from './record.ts';
import { exampleFacts, exampleHeader } from './testing/example-facts.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'accepted';
};
const header = exampleHeader('SignedOn');
const foreign = (members: { [key: string]: CanonicalValue | undefined }) =>
  canonicalText({ ...header, ...members } as CanonicalValue);

describe('writing a record', () => {
  test('refuses a header that does not fit', () => {
    const wrong = { ...header, at: '2026-03-02 08:15' };
    expect(codeOf(() => writeRecord(wrong, exampleFacts.SignedOn))).toBe('record-shape');
  });

  test('refuses a payload that does not fit', () => {
    expect(codeOf(() => writeRecord(header, { staffId: '', role: 'cashier' }))).toBe('record-shape');
  });

  test('refuses a version that it would have to invent', () => {
    expect(codeOf(() => writeRecord({ ...header, typeV: 2 }, exampleFacts.SignedOn))).toBe('record-shape');
  });

  test('leaves out what the schema does not name, so that nothing unreviewed is signed', () => {
    const payload = { ...exampleFacts.SignedOn, pin: '1234' };
    expect(writeRecord(header, payload)).not.toContain('1234');
  });

  test('refuses a record beyond its limit in bytes', () => {
    const line = exampleFacts.TransactionCompleted.lines[0]!;
    const lines = Array.from({ length: 400 }, () => ({ ...line, name: '東'.repeat(200) }));
    const payload = { ...exampleFacts.TransactionCompleted, lines };
    expect(codeOf(() => writeRecord(exampleHeader('TransactionCompleted'), payload))).toBe('record-too-large');
  });
});

describe('reading a record', () => {
  test.each([
    ['nothing', '', 'record-not-json'],
    ['half a record', writeRecord(header, exampleFacts.SignedOn).slice(0, -1), 'record-not-json'],
    ['a list', '[]', 'record-not-json'],
    ['a number', '1', 'record-not-json'],
    ['no header', '{"payload":{}}', 'record-shape'],
    ['an unknown header version', foreign({ v: 2, payload: {} }), 'record-shape'],
    ['white space', ` ${writeRecord(header, exampleFacts.SignedOn)}`, 'record-not-canonical'],
    [
      'a key twice',
      writeRecord(header, exampleFacts.SignedOn).replace('{', '{"actor":"staff-8",'),
      'record-not-canonical',
    ],
    [
      'a fraction',
      foreign({ type: 'NewThing', payload: null }).replace('"payload":null', '"payload":0.5'),
      'record-value',
    ],
    [
      'an exponent',
      foreign({ type: 'NewThing', payload: 100 }).replace('"payload":100', '"payload":1e2'),
      'record-not-canonical',
    ],
    ['a known type with another payload', foreign({ payload: { staffId: 'staff-7' } }), 'record-shape'],
    ['too deep', `{"payload":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'record-shape'],
    ['too large', `"${'x'.repeat(RECORD_BYTES_MAX)}"`, 'record-too-large'],
  ])('refuses %s', (_what, text, code) => {
    expect(codeOf(() => readRecord(text))).toBe(code);
  });

  test('refuses depth behind a sound header', () => {
    const levels = PAYLOAD_DEPTH_MAX + 2;
    const deep = `"payload":${'['.repeat(levels)}${']'.repeat(levels)}`;
    const text = foreign({ type: 'NewThing', payload: null }).replace('"payload":null', deep);
    expect(codeOf(() => readRecord(text))).toBe('record-too-deep');
  });

  test('[I17] keeps a type it does not know, with every byte and every field', () => {
    const payload = { later: ['text', 7, { deep: null }], __proto__x: 1 };
    const text = foreign({ type: 'GiftCardSold', typeV: 3, payload, futureHeader: 'kept' });
    const read = readRecord(text);
    expect(read).toMatchObject({ known: false, type: 'GiftCardSold', writtenTypeV: 3, payload });
    expect(canonicalText({ ...read.header, payload: read.payload } as CanonicalValue)).toBe(text);
  });

  test('keeps a newer version of a known type without reading it', () => {
    const text = foreign({ typeV: 2, payload: { staffId: 5 } });
    expect(readRecord(text)).toMatchObject({ known: false, type: 'SignedOn', payload: { staffId: 5 } });
  });

  test('a type named like a member of Object is unknown, not a crash', () => {
    const text = foreign({ type: 'HasOwnProperty', payload: {} });
    expect(readRecord(text).known).toBe(false);
  });
});

describe('utf8Length', () => {
  test.each(['', 'abc', 'é', '€', '😀', 'a😀é€'])('counts %j as TextEncoder does', (text) => {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
  });
});
