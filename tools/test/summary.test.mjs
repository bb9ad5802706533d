import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReport, summary } from './summary.mjs';

/** @param {string} name @param {Partial<import('./summary.mjs').StepResult>} given */
const step = (name, given = {}) => ({
  name,
  ok: true,
  elapsedMs: 1_234,
  tests: { passed: 3, failed: 0, skipped: 0 },
  ...given,
});

test('the last line is the total over all steps, alone', () => {
  const { text, ok } = summary(
    [step('check', { tests: undefined }), step('unit'), step('e2e')],
    ['check', 'unit', 'e2e'],
  );
  expect(text.split('\n').at(-1)).toBe('6 passed, 0 failed');
  expect(ok).toBe(true);
});

test('a failed check is a failure even if all tests pass', () => {
  const { text, ok } = summary([step('check', { ok: false, tests: undefined }), step('unit')], ['check', 'unit']);
  expect(text.split('\n').at(-1)).toBe('3 passed, 1 failed');
  expect(ok).toBe(false);
});

test('a step that was not started is said and is not a success', () => {
  const { text, ok } = summary([step('unit')], ['unit', 'e2e']);
  expect(text).toContain('e2e    not started');
  expect(ok).toBe(false);
});

test('no test at all is not a success', () => {
  expect(summary([step('unit', { tests: { passed: 0, failed: 0, skipped: 0 } })], ['unit']).ok).toBe(false);
});

test('a test file that does not load is a failure, and so is a report that is not there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-report-'));
  const file = join(folder, 'report.json');
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}, {}] },
    ],
  };
  await writeFile(file, JSON.stringify(report));
  expect(await readReport(file)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  expect(await readReport(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  await rm(folder, { recursive: true });
});
