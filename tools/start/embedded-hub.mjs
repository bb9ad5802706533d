import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_STORE, registerId } from './demo-shop.mjs';
import { runTypeScript, typeScriptProgram } from './typescript-program.mjs';

/** A hub that has not said where it is by then is left alone: a register sells without one. */
const START_DEADLINE_MS = 20_000;

/**
 * @typedef {object} EmbeddedHubOptions
 * @property {string} root
 * @property {string} dataFolder everything of this machine
 * @property {number} registerNumber the register that is being started
 * @property {NodeJS.ProcessEnv} env
 * @property {(line: string) => void} say
 */

/**
 * Starts the hub beside the register: one process, one folder below the data folder, loopback only, the same port every time, because a
 * register knows its hub by its address. The store below the data folder is set up in it, so that further registers and the web shop
 * find it there.
 *
 * @param {EmbeddedHubOptions} options
 * @returns {Promise<{ args: string[], settled: Promise<void>, dispose: () => void }>} what the register is told, when the store is all
 *   there, and how the hub is ended
 */
export async function startEmbeddedHub(options) {
  const { root, dataFolder, registerNumber, env, say } = options;
  const folder = join(dataFolder, 'hub');
  const portFile = join(folder, 'port');
  mkdirSync(folder, { recursive: true });
  const port = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim() : '0';
  const served = await alreadyServing(port);
  const child = served === null ? startHub(options, folder, port) : null;
  const dispose = () => void child?.kill('SIGTERM');
  const url = served ?? (child && (await urlOf(child)));
  if (url === null) {
    dispose();
    say('The hub did not start; the register sells without it and keeps every record for later.');
    return { args: [], settled: Promise.resolve(), dispose };
  }
  writeFileSync(portFile, new URL(url).port);
  say(`Hub: ${url}${child ? '' : ' (already running)'}`);
  const hub = hubCommands({ root, folder, env });
  const args = [`--hub=${url}`];
  const settingUp = setUpStore({ root, dataFolder, env, say }, hub, url);
  if (!existsSync(join(dataFolder, `register-${registerNumber}`, 'hub.json'))) {
    // A register that has no folder of the store takes enrolment and catalog from the hub: they must be there first.
    if (registerNumber !== 1) await settingUp.published;
    args.push(`--hub-code=${await hub.code(registerId(registerNumber), 'register')}`);
  }
  return { args, settled: settingUp.done, dispose };
}

/**
 * What a hub has to know of the demonstration store, step by step; each is done once, or again where something is newer. Nothing of it
 * holds up the register: what fails is said, and tried again at the next start.
 *
 * @param {Pick<EmbeddedHubOptions, 'root' | 'dataFolder' | 'env' | 'say'>} options
 * @param {ReturnType<typeof hubCommands>} hub
 * @param {string} url
 */
function setUpStore({ root, dataFolder, env, say }, hub, url) {
  const store = join(dataFolder, 'store');
  const webShop = join(dataFolder, 'web-shop');
  const storeEnv = { ...env, EVERTILL_DATA: store };
  const published = hub.setUp(store);
  const rest = async () => {
    await published;
    if (!existsSync(join(store, 'keys', 'importer.hub.json'))) {
      const code = await hub.code(`${DEMO_STORE.store}-importer`, 'channel');
      const program = typeScriptProgram(root, 'apps/catalog/src/send-counts-cli.ts');
      await runTypeScript([...program, `--hub=${url}`, `--code=${code}`], storeEnv);
      say('Opening stock of the store and its neighbours is at the hub.');
    }
    if (!existsSync(join(webShop, 'hub.json'))) {
      const code = await hub.code(`${DEMO_STORE.tenant}-web`, 'channel');
      const program = typeScriptProgram(root, 'apps/web-shop/src/cli.ts');
      await runTypeScript([...program, 'join', `--hub=${url}`, `--code=${code}`, `--folder=${webShop}`], env);
      say('The web shop has joined: npm run web-shop -- stock …');
    }
  };
  const done = rest().catch((/** @type {unknown} */ error) => {
    say(`The hub does not know the whole store yet: ${error instanceof Error ? error.message : String(error)}`);
  });
  published.catch(() => undefined);
  return { published, done };
}

/**
 * @param {EmbeddedHubOptions} options
 * @param {string} folder
 * @param {string} port
 */
function startHub({ root, env }, folder, port) {
  const program = typeScriptProgram(root, 'apps/hub/src/main.ts');
  return spawn(process.execPath, [...program, 'serve', '--folder', folder, '--port', port], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** @param {{ root: string, folder: string, env: NodeJS.ProcessEnv }} where */
function hubCommands({ root, folder, env }) {
  const program = typeScriptProgram(root, 'apps/hub/src/main.ts');
  const { tenant, store } = DEMO_STORE;
  return {
    /**
     * @param {string} author
     * @param {'register' | 'channel'} role
     */
    code: (author, role) =>
      runTypeScript(
        [
          ...program,
          'enroll',
          '--folder',
          folder,
          '--tenant',
          tenant,
          '--store',
          store,
          '--register',
          author,
          '--role',
          role,
        ],
        env,
      ),
    /** @param {string} storeFolder */
    setUp: (storeFolder) =>
      runTypeScript([...program, 'set-up', '--folder', folder, '--store-folder', storeFolder], env),
  };
}

/** @param {string} port */
async function alreadyServing(port) {
  if (port === '0') return null;
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  return answer?.ok ? url : null;
}

/**
 * The one line that the hub prints for whoever started it; `null` when it ends or stays silent instead.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string | null>}
 */
function urlOf(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), START_DEADLINE_MS);
    /** @param {string | null} url */
    const settle = (url) => {
      clearTimeout(timer);
      resolve(url);
    };
    child.once('exit', () => settle(null));
    child.once('error', () => settle(null));
    child.stdout?.once('data', (chunk) => {
      try {
        settle(JSON.parse(String(chunk)).url);
      } catch {
        settle(null);
      }
    });
  });
}
