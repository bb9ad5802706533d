/**
 * The TypeScript programs that `npm run <name>` starts. They find their folder in EVERTILL_DATA; those that drive the
 * application also find what `preparedEnvironment` says.
 *
 * @typedef {object} Command
 * @property {string} file
 * @property {boolean} needsApplication built, with a runtime and a display
 * @property {'machine' | 'store'} folder `machine`: all that the application keeps; `store`: the shop's part of it
 */

/** @type {Readonly<Record<string, Command>>} */
export const COMMANDS = Object.freeze({
  import: { file: 'apps/catalog/src/cli.ts', needsApplication: false, folder: 'store' },
  seed: { file: 'apps/catalog/src/seed-cli.ts', needsApplication: false, folder: 'store' },
  'send-counts': { file: 'apps/catalog/src/send-counts-cli.ts', needsApplication: false, folder: 'store' },
  hub: { file: 'apps/hub/src/main.ts', needsApplication: false, folder: 'machine' },
  'web-shop': { file: 'apps/web-shop/src/cli.ts', needsApplication: false, folder: 'machine' },
  demo: { file: 'tools/demo/demo.ts', needsApplication: true, folder: 'machine' },
  screens: { file: 'tools/screens/screens.ts', needsApplication: true, folder: 'machine' },
  bench: { file: 'tools/bench/bench.ts', needsApplication: true, folder: 'machine' },
});
