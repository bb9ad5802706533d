import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRecord, writeRecord } from './record.ts';
import { recordTypes, type PayloadOf, type RecordType } from './record-types.ts';
import { exampleFacts, exampleHeader, exampleTypes } from './testing/example-facts.ts';

const folder = fileURLToPath(new URL('../golden/', import.meta.url));
const goldenText = (type: RecordType, typeV: number) => readFileSync(`${folder}${type}.v${typeV}.json`, 'utf8');
const writeExample = <T extends RecordType>(type: T) =>
  writeRecord(exampleHeader(type), exampleFacts[type] as PayloadOf<T>);

/** Golden bytes are the promise to every journal already written: a change here is a new `typeV` with an upcaster, never an edit. */
describe('golden bytes', () => {
  test.each(exampleTypes)('[I3] %s: today’s writer makes exactly these bytes', (type) => {
    expect(writeExample(type)).toBe(goldenText(type, recordTypes[type].typeV));
  });

  test.each(readdirSync(folder))('[I3] %s: today’s reader reads these bytes', (file) => {
    const read = readRecord(readFileSync(folder + file, 'utf8'));
    expect(`${read.type}.v${read.writtenTypeV}.json`).toBe(file);
    expect(read.known).toBe(true);
    expect(read.payload).toEqual(exampleFacts[read.type as RecordType]);
  });

  test('every type has golden bytes for each of its versions, and nothing else lies there', () => {
    const expected = exampleTypes.flatMap((type) =>
      Array.from({ length: recordTypes[type].typeV }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(readdirSync(folder).sort()).toEqual(expected.sort());
  });
});
