import { spawn } from 'node:child_process';

const READY_DEADLINE_MS = 15_000;
const SCREEN = '1440x900x24';

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function needsVirtualDisplay(env, platform) {
  return platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
}

/**
 * Starts Xvfb when there is no screen. The server itself picks a free display number and tells it, so any number of
 * these can start at once.
 *
 * @param {{ env: NodeJS.ProcessEnv, platform?: NodeJS.Platform }} options
 * @returns {Promise<{ display: string | undefined, sentence: string, dispose(): void }>}
 *   `display`: the value for DISPLAY, undefined when the machine has a screen of its own
 */
export async function ensureDisplay({ env, platform = process.platform }) {
  if (!needsVirtualDisplay(env, platform)) return { display: undefined, sentence: '', dispose() {} };

  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const stop = () => void server.kill('SIGTERM');
  process.once('exit', stop);
  const dispose = () => {
    process.removeListener('exit', stop);
    stop();
  };
  try {
    const number = await displayNumber(server);
    server.unref();
    return { display: `:${number}`, sentence: `Display: none here, so a virtual one (:${number}, ${SCREEN})`, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
function displayNumber(server) {
  const report = /** @type {import('node:net').Socket} */ (server.stdio[3]);
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('Xvfb did not become ready.')), READY_DEADLINE_MS);
    server.once('error', (error) => reject(new Error(`Xvfb cannot be started: ${error.message}`)));
    server.once('exit', (code) => reject(new Error(`Xvfb ended at once (code ${code}).`)));
    let text = '';
    report.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(deadline);
      report.unref();
      resolve(Number(text));
    });
  });
}
