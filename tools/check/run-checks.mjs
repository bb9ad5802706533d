import { availableParallelism } from 'node:os';
import { runProgram } from '../bootstrap/run-program.mjs';
import { programOf } from './checks.mjs';

const CHECK_DEADLINE_MS = 5 * 60_000;

/**
 * @typedef {object} CheckResult
 * @property {import('./checks.mjs').Check} check
 * @property {boolean} ok
 * @property {number} files how many it looked at
 * @property {number} elapsedMs
 * @property {string} output
 */

/**
 * Runs the checks side by side, as many at a time as there are processors.
 *
 * @param {string} root
 * @param {readonly import('./checks.mjs').Check[]} checks
 * @param {(result: CheckResult) => void} onResult called as each ends
 * @param {typeof runProgram} [run]
 * @returns {Promise<CheckResult[]>}
 */
export async function runChecks(root, checks, onResult, run = runProgram) {
  const waiting = [...checks];
  /** @type {CheckResult[]} */
  const results = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(root, check, run);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return results;
}

/**
 * @param {string} root
 * @param {import('./checks.mjs').Check} check
 * @param {typeof runProgram} [run]
 * @returns {Promise<CheckResult>}
 */
export async function runCheck(root, check, run = runProgram) {
  const ended = await run(process.execPath, [programOf(root, check), ...check.args], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    deadlineMs: CHECK_DEADLINE_MS,
  });
  const files = check.seen(ended.output);
  const ok = ended.code === 0 && !ended.timedOut && files >= check.atLeast;
  return { check, ok, files, elapsedMs: ended.elapsedMs, output: ended.output };
}

/**
 * What to print about a failed check: what it said itself, without lists of files and timings.
 *
 * @param {CheckResult} result
 */
export function complaint({ check, files, output }) {
  const said = output
    .split('\n')
    .filter((line) => !/^(\/|[A-Z]:\\)\S+$/.test(line) && !line.startsWith('npm warn'))
    .join('\n')
    .split('\nName ')[0];
  const tooFew = files < check.atLeast ? `It looked at ${files} files; at least ${check.atLeast} were expected.\n` : '';
  return `${said?.trim()}\n${tooFew}→ ${check.advice}`;
}
