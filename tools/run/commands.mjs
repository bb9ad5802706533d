/**
 * The TypeScript programs that `npm run <name>` starts. They get EVERTILL_DATA, the folder of the shop; those that drive
 * the application also EVERTILL_ELECTRON, EVERTILL_RUNTIME_NOTE and a display.
 *
 * @type {Readonly<Record<string, { file: string, needsApplication: boolean }>>}
 */
export const COMMANDS = Object.freeze({
  import: { file: 'apps/catalog/src/cli.ts', needsApplication: false },
  demo: { file: 'tools/demo/demo.ts', needsApplication: true },
  bench: { file: 'tools/bench/bench.ts', needsApplication: true },
});
