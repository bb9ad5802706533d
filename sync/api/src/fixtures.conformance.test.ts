import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { changeOf, documentKey, enrolmentKey, findKey, headKey, publishedKey, scopeKey, segmentKey } from './keys.ts';
import { type Evaluated, evaluateCode, type Evaluation } from './testing/evaluate-code.ts';

type Fixture = Evaluation & { readonly name: string; readonly expected: Evaluated };

const FOLDER = fileURLToPath(new URL('../fixtures/', import.meta.url));
const fixturesOf = (file: string) => JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')) as Fixture[];
const files = readdirSync(FOLDER);

describe.each(files)('%s', (file) => {
  test.each(fixturesOf(file).map((fixture) => [`${fixture.function}: ${fixture.name}`, fixture] as const))(
    '%s',
    (_, { expected, ...evaluation }) => {
      expect(evaluateCode(evaluation)).toEqual(expected);
    },
  );
});

test('every resolver has its fixtures; authorise has a test of its own', () => {
  const resolvers = readdirSync(fileURLToPath(new URL('../resolvers/', import.meta.url)));
  const expected = resolvers.filter((name) => name.endsWith('.js') && name !== 'authorise.js');
  expect(files.slice().sort()).toEqual(expected.map((name) => name.replace(/\.js$/, '.json')).sort());
});

describe('resolvers and handlers mean the same keys', () => {
  const resultOf = (file: string, name: string): string => {
    const fixture = fixturesOf(file).find((candidate) => candidate.name === name);
    return JSON.stringify(fixture?.expected.evaluationResult);
  };

  test.each([
    ['append-read-head.json', 'one consistent query for enrolment and heads', enrolmentKey('acme', 'berlin-1-r1').pk],
    ['head-read.json', 'one epoch', headKey('acme', 'berlin-1-r1', 12).sk],
    ['record-hash-read.json', 'the segment that holds a sequence', segmentKey('acme', 'berlin-1-r1', 2, 5).sk],
    [
      'append-commit.json',
      'segment and head in one transaction, the head only from where it was',
      segmentKey('acme', 'berlin-1-r1', 2, 5).sk,
    ],
    ['pull-read-scope.json', 'from the start', scopeKey('acme', 'orders', 'berlin-1').sk],
    ['pull-read-changes.json', 'after a checkpoint', changeOf('p2', 8)],
    ['find-keys.json', 'by number', findKey('acme', 'NUMBER', 'W-1001', { at: '', scope: '', id: '' }).pk],
    ['find-documents.json', 'each where it is', documentKey('acme', 'orders', 'paris-1', 'r.1.3').pk],
    ['manifest-read.json', 'the head of a scope', publishedKey('acme', 'berlin-1').pk],
  ])('%s: %s', (file, name, key) => {
    expect(resultOf(file, name)).toContain(`"${key}"`);
  });
});
