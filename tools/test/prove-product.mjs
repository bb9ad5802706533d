import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/folders.mjs';
import { preparedEnvironment, prepareApplication } from '../bootstrap/prepare.mjs';
import { runInForeground } from '../bootstrap/run-in-foreground.mjs';
import { readReport, summary } from './summary.mjs';

const OUT = join(ROOT, 'out', 'test');

/** Cheapest first. A failed step does not keep the later ones from running: one run tells everything. */
const VITEST_STEPS = Object.freeze([
  { name: 'unit', projects: ['pure', 'node'] },
  { name: 'e2e', projects: ['e2e'] },
]);

/**
 * Runs everything and prints a summary whose last line is `N passed, N failed`.
 *
 * @param {{ env: NodeJS.ProcessEnv, vitest: string[] }} depth `vitest`: further arguments for it
 * @returns {Promise<number>} exit code; 1 also when a step ran no test at all
 */
export async function proveProduct(depth) {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const prepared = await prepareApplication({ env: depth.env, forTests: true });
  const env = preparedEnvironment(depth.env, prepared);

  /** @type {import('./summary.mjs').StepResult[]} */
  const results = [];
  try {
    results.push(await step('check', [join(ROOT, 'tools', 'check.mjs')], env));
    for (const { name, projects } of VITEST_STEPS) {
      results.push(await vitestStep(name, projects, depth.vitest, env));
    }
  } finally {
    prepared.dispose();
  }
  const { text, ok } = summary(results, ['check', ...VITEST_STEPS.map(({ name }) => name)]);
  process.stdout.write(`\n${text}\n`);
  return ok ? 0 : 1;
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./summary.mjs').StepResult>}
 */
async function step(name, args, env) {
  process.stdout.write(`\n── ${name}\n`);
  const startedMs = Date.now();
  const code = await runInForeground(process.execPath, args, { cwd: ROOT, env });
  return { name, ok: code === 0, elapsedMs: Date.now() - startedMs, tests: undefined };
}

/**
 * @param {string} name
 * @param {readonly string[]} projects
 * @param {readonly string[]} further
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./summary.mjs').StepResult>}
 */
async function vitestStep(name, projects, further, env) {
  const report = join(OUT, `${name}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const args = ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...further];
  const ended = await step(name, [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), ...args], env);
  const tests = await readReport(report);
  return { ...ended, tests, ok: ended.ok && tests.passed > 0 && tests.failed === 0 };
}
