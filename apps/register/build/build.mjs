// Builds the register into `dist/`. `--only main,core` or `--only ui` builds a part, for a quick look.
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { NATIVE_PACKAGES, PAGES, SCRIPTS } from './bundles.mjs';

const APP = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(APP, 'dist');
const STARTED_MS = Date.now();

const only = chosenParts(process.argv.slice(2));
const scripts = SCRIPTS.filter(({ name }) => !only || only.includes(name));
const withPages = !only || only.includes('ui');

refuseMissingEntries();
await Promise.all([...scripts.map(buildScript), ...(withPages ? [buildPages()] : [])]);
scripts.forEach(refuseElectronOutsideMain);
if (!only) removeWhatIsOlder(DIST);

const built = [...scripts.map(({ name }) => `${name}.cjs`), ...(withPages ? ['ui'] : [])];
process.stdout.write(`Built ${built.join(', ')} in ${((Date.now() - STARTED_MS) / 1000).toFixed(1)} s\n`);

/** @param {string[]} args */
function chosenParts(args) {
  const position = args.indexOf('--only');
  return position < 0 ? undefined : (args[position + 1] ?? '').split(',');
}

/** An entry that is not there is a mistake in the list or in the tree, never a reason to build less. */
function refuseMissingEntries() {
  const known = [...SCRIPTS.map(({ name }) => name), 'ui'];
  const unknown = only?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`--only knows ${known.join(', ')}; not ${unknown.join(', ')}`);
  const entries = [...scripts.map(({ entry }) => entry), ...(withPages ? PAGES : [])];
  const missing = entries.filter((entry) => !existsSync(resolve(APP, entry)));
  if (missing.length > 0) throw new Error(`These entries of build/bundles.mjs do not exist: ${missing.join(', ')}`);
}

/** @param {import('./bundles.mjs').Script} script */
async function buildScript({ name, entry, maySee }) {
  await build({
    configFile: false,
    root: APP,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['node', 'import', 'module', 'default'] },
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: resolve(APP, entry),
      target: 'node18',
      outDir: DIST,
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: [/^node:/, ...(maySee === 'electron' ? ['electron'] : []), ...NATIVE_PACKAGES],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  });
}

async function buildPages() {
  const root = join(APP, 'src', 'ui');
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    build: {
      target: 'chrome114',
      outDir: join(DIST, 'ui'),
      emptyOutDir: false,
      sourcemap: true,
      // The content security policy allows no data: addresses and no inline script.
      assetsInlineLimit: 0,
      modulePreload: false,
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: {
        input: PAGES.map((page) => resolve(APP, page)),
        onLog(level, log, report) {
          // Component libraries mark their files for React's server renderer; here everything is a client.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  });
}

/**
 * The core runs in a plain Node too. If Electron got into its bundle by some import, this is where it is seen.
 *
 * @param {import('./bundles.mjs').Script} script
 */
function refuseElectronOutsideMain({ name, maySee }) {
  if (maySee === 'electron') return;
  const text = readFileSync(join(DIST, `${name}.cjs`), 'utf8');
  if (/require\(["']electron["']\)/.test(text)) throw new Error(`${name}.cjs asks for electron`);
}

/**
 * Files of an earlier build go when the new ones are there, so that an application that is just starting finds either.
 *
 * @param {string} folder
 */
function removeWhatIsOlder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && statSync(file).mtimeMs < STARTED_MS - 1) rmSync(file);
  }
}
