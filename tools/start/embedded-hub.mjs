import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEMO_REGISTER } from './demo-shop.mjs';

/** A hub that has not said where it is by then is left alone: a register sells without one. */
const START_DEADLINE_MS = 20_000;

/**
 * Starts the hub beside the register: one process, one folder below the data folder, loopback only, the same port every time, because a
 * register knows its hub by its address.
 *
 * @param {{ root: string, dataFolder: string, env: NodeJS.ProcessEnv, say: (line: string) => void }} options
 * @returns {Promise<{ args: string[], dispose: () => void }>} what the register is told, and how the hub is ended
 */
export async function startEmbeddedHub({ root, dataFolder, env, say }) {
  const folder = join(dataFolder, 'hub');
  const portFile = join(folder, 'port');
  mkdirSync(folder, { recursive: true });
  const port = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim() : '0';
  const program = hubProgram(root);
  const child = spawn(process.execPath, [...program, 'serve', '--folder', folder, '--port', port], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const dispose = () => void child.kill('SIGTERM');
  // A hub that outlived its register, because the terminal was killed, serves on: two on one folder are refused.
  const url = (await urlOf(child)) ?? (await alreadyServing(port));
  if (url === null) {
    dispose();
    say('The hub did not start; the register sells without it and keeps every record for later.');
    return { args: [], dispose };
  }
  writeFileSync(portFile, new URL(url).port);
  say(`Hub: ${url}`);
  const args = [`--hub=${url}`];
  if (!existsSync(join(dataFolder, 'register-1', 'hub.json')))
    args.push(`--hub-code=${await codeFrom(program, folder)}`);
  return { args, dispose };
}

/** @param {string} port */
async function alreadyServing(port) {
  if (port === '0') return null;
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  return answer?.ok ? url : null;
}

/** @param {string} root */
function hubProgram(root) {
  const loader = join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  return ['--import', loader, '--disable-warning=ExperimentalWarning', join(root, 'apps', 'hub', 'src', 'main.ts')];
}

/**
 * @param {string[]} program
 * @param {string} folder
 */
async function codeFrom(program, folder) {
  const { tenant, store, register } = DEMO_REGISTER;
  const args = ['enroll', '--folder', folder, '--tenant', tenant, '--store', store, '--register', register];
  const { stdout } = await promisify(execFile)(process.execPath, [...program, ...args]);
  return stdout.trim();
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
