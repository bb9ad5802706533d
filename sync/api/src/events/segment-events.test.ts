import { segmentsOf } from '@evertill/journal';
import { exampleJournal } from '@evertill/journal/testing';
import { exampleTypes } from '@evertill/records/testing';
import { expect, test } from 'vitest';
import patterns from '../../events/patterns.json' with { type: 'json' };
import { type LedgerEvent, segmentEvents } from './segment-events.ts';

const records = exampleJournal([20]).map((record) => record.sealed);
const [segment] = [...segmentsOf(records)];
const text = segment?.text ?? '';

type Pattern = { source: string[]; 'detail-type'?: string[]; detail?: { contested: boolean[] } };

/** As EventBridge matches: every field that a pattern names holds one of its values. */
function matches(pattern: Pattern, { Source, DetailType, Detail }: LedgerEvent): boolean {
  const { contested } = JSON.parse(Detail) as { contested: boolean };
  const types = pattern['detail-type'];
  return (
    pattern.source.includes(Source) &&
    (!types || types.includes(DetailType)) &&
    (!pattern.detail || pattern.detail.contested.includes(contested))
  );
}

test('one event a record, under its identity and with its bytes', () => {
  const events = segmentEvents({ text, contested: false });
  expect(events).toHaveLength(records.length);
  const details = events.map(({ Detail }) => JSON.parse(Detail) as { id: string; hash: string; text: string });
  expect(details[4]).toMatchObject({ id: 'berlin-1-r1.1.5', hash: records[4]?.hash, text: records[4]?.text });
  expect(new Set(details.map(({ id }) => id)).size).toBe(records.length);
});

test('every pattern finds its events and nothing else', () => {
  const events = segmentEvents({ text, contested: false });
  const found = (pattern: Pattern) =>
    new Set(events.filter((event) => matches(pattern, event)).map((event) => event.DetailType));
  expect(events.filter((event) => matches(patterns.everyRecord, event))).toHaveLength(records.length);
  expect([...found(patterns.sales)]).toEqual(['TransactionCompleted']);
  expect([...found(patterns.closings)]).toEqual(['ZReportIssued']);
  expect([...found(patterns.contestedEpochs)]).toEqual([]);
  const [opened] = segmentEvents({ text, contested: true });
  expect(opened && matches(patterns.contestedEpochs, opened)).toBe(true);
});

test('patterns name only types that are written', () => {
  const written: readonly string[] = exampleTypes;
  for (const pattern of Object.values<Pattern>(patterns)) {
    for (const type of pattern['detail-type'] ?? []) expect(written).toContain(type);
  }
});

test('what is no segment is a fault', () => {
  expect(() => segmentEvents({ text: 'x', contested: false })).toThrow(RangeError);
});
