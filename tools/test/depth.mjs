/**
 * How deep the randomised tests dig. `npm test` runs the counts that the tests name, within ten minutes on two cores; `npm run
 * test:deep` ten times as many and kills five hundred registers. Whoever sets the variables wants other counts and gets them.
 *
 * @param {string[]} args of the command line
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ env: NodeJS.ProcessEnv, vitest: string[] }} the environment of the tests, and arguments for their runner
 */
export function chosenDepth(args, environment) {
  const unknown = args.filter((argument) => argument !== '--deep');
  if (unknown.length > 0) throw new Error(`npm test takes no ${unknown.join(' ')}; for one test: npx vitest run FILE`);
  if (!args.includes('--deep')) return { env: environment, vitest: [] };
  return {
    env: { EVERTILL_FUZZ: '10', EVERTILL_KILLS: '500', ...environment },
    // Most tests have one deadline, whatever the count.
    vitest: ['--testTimeout=1200000'],
  };
}
