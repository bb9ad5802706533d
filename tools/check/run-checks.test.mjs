import { expect, test } from 'vitest';
import { CHECKS } from './checks.mjs';
import { complaint, runCheck } from './run-checks.mjs';

const check = {
  name: 'x',
  script: 'x',
  args: [],
  seen: (/** @type {string} */ output) => Number(/on (\d+) files/.exec(output)?.[1] ?? 0),
  atLeast: 100,
  advice: 'do this',
};
/** @param {number} code @param {string} output */
const prints = (code, output) => async () => ({ code, output, timedOut: false, elapsedMs: 1 });

test('a tick over nothing is a failure', async () => {
  const result = await runCheck('/root', check, prints(0, 'All fine on 0 files'));
  expect(result.ok).toBe(false);
  expect(complaint(result)).toContain('looked at 0 files');
});

test('enough files and code 0 is a pass; either missing is not', async () => {
  expect((await runCheck('/root', check, prints(0, 'on 100 files'))).ok).toBe(true);
  expect((await runCheck('/root', check, prints(0, 'on 99 files'))).ok).toBe(false);
  expect((await runCheck('/root', check, prints(1, 'on 100 files'))).ok).toBe(false);
});

test('each check counts what it saw and expects more than a handful in all', () => {
  expect(CHECKS.every(({ atLeast }) => atLeast > 0)).toBe(true);
  expect(CHECKS.filter(({ atLeast }) => atLeast >= 100).length).toBeGreaterThanOrEqual(5);
});
