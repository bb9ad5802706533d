/**
 * Everything that is built, and where it comes from. Paths are relative to `apps/register`.
 *
 * Each script becomes one self-contained CommonJS file for Node 18: nothing to resolve at run time except Electron, Node's
 * own modules and the two native packages. The sandboxed preload script may not load any other file at all.
 *
 * @typedef {{ name: string, entry: string, maySee: 'electron' | 'node' }} Script
 * @type {readonly Script[]}
 */
export const SCRIPTS = Object.freeze([
  { name: 'main', entry: 'src/main/main.ts', maySee: 'electron' },
  { name: 'preload', entry: 'src/preload/preload.ts', maySee: 'electron' },
  { name: 'core', entry: 'src/core/utility-entry.ts', maySee: 'node' },
  { name: 'headless', entry: 'src/core/headless-entry.ts', maySee: 'node' },
  { name: 'twins', entry: 'src/twins/utility-entry.ts', maySee: 'node' },
  { name: 'import-worker', entry: '../../packages/replica/src/import-worker.ts', maySee: 'node' },
]);

/** Each page is a window of its own; all are built together and share chunks, in `dist/ui`. */
export const PAGES = Object.freeze(['src/ui/index.html', 'src/ui/bench.html']);

/** Packages with compiled code: they find their binary next to themselves and cannot be bundled. */
export const NATIVE_PACKAGES = Object.freeze(['@photostructure/sqlite', '@serialport/bindings-cpp']);
