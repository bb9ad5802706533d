import { readFile } from 'node:fs/promises';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{ name: string, ok: boolean, elapsedMs: number, tests: Totals | undefined }} StepResult
 */

/**
 * Totals from vitest's JSON report. A file that could not be loaded has no tests but counts as one failure; a report that
 * is not there counts as a failure too.
 *
 * @param {string} file
 * @returns {Promise<Totals>}
 */
export async function readReport(file) {
  try {
    const report = JSON.parse(await readFile(file, 'utf8'));
    /** @type {{ status: string, assertionResults: unknown[] }[]} */
    const suites = report.testResults;
    const unloaded = suites.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * @param {StepResult[]} results
 * @param {string[]} planned the steps there should be; those missing were not started
 * @returns {{ text: string, ok: boolean }} the last line is `N passed, N failed`
 */
export function summary(results, planned) {
  const lines = planned.map((name) => {
    const result = results.find((candidate) => candidate.name === name);
    if (!result) return `– ${name.padEnd(6)} not started`;
    const seconds = `${(result.elapsedMs / 1000).toFixed(1)} s`.padStart(8);
    return `${result.ok ? '✓' : '✗'} ${name.padEnd(6)} ${seconds}${result.tests ? `  ${inWords(result.tests)}` : ''}`;
  });
  const totals = results.reduce(
    (sum, { tests, ok }) => ({
      passed: sum.passed + (tests?.passed ?? 0),
      // A failed step without a failed test (a check, a crash of the runner) is one failure.
      failed: sum.failed + (tests?.failed || (ok ? 0 : 1)),
    }),
    { passed: 0, failed: 0 },
  );
  const ok = results.length === planned.length && totals.failed === 0 && totals.passed > 0;
  return { text: [...lines, `${totals.passed} passed, ${totals.failed} failed`].join('\n'), ok };
}

/** @param {Totals} totals */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
