import { ROOT } from './folders.mjs';
import { ROOT_SENTENCE } from './electron-launch.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureDisplay } from './ensure-display.mjs';
import { ensureElectron } from './ensure-electron.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { ensureSystemLibraries } from './ensure-system-libraries.mjs';
import { say } from './progress.mjs';

/**
 * Brings a machine that has nothing but Node to where the application can open its window. What is there already costs
 * nothing; each thing that is unlike a shop's machine is said.
 *
 * @param {{ env: NodeJS.ProcessEnv, forTests: boolean }} options
 * @returns {Promise<{ runtime: import('./ensure-electron.mjs').Runtime, display: string | undefined, dispose(): void }>}
 */
export async function prepareApplication({ env, forTests }) {
  await ensureInstalled(ROOT);
  const [runtime] = await Promise.all([
    ensureElectron({ root: ROOT, env }),
    ensureBuilt(ROOT),
    ensureSystemLibraries({ env, forTests }),
  ]);
  say(runtime.sentence);
  const { display, sentence, dispose } = await ensureDisplay({ env });
  if (sentence) say(sentence);
  if (process.getuid?.() === 0) say(ROOT_SENTENCE);
  return { runtime, display, dispose };
}

/**
 * What tests and the demo find in their environment, so that `ensureElectron`, `ensureDisplay` and `electronLaunch` come to
 * the same result there without preparing anything again: `EVERTILL_ELECTRON`, `EVERTILL_RUNTIME_NOTE`, a display, and
 * `EVERTILL_PREPARED` as a sign.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {{ runtime: import('./ensure-electron.mjs').Runtime, display: string | undefined }} prepared
 * @returns {NodeJS.ProcessEnv}
 */
export function preparedEnvironment(env, { runtime, display }) {
  const { ELECTRON_RUN_AS_NODE: _leaked, ...clean } = env;
  return {
    ...clean,
    EVERTILL_ELECTRON: runtime.binary,
    EVERTILL_RUNTIME_NOTE: runtime.note,
    EVERTILL_PREPARED: '1',
    ...(display ? { DISPLAY: display, EVERTILL_VIRTUAL_DISPLAY: '1' } : {}),
  };
}
