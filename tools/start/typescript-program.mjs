import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const DEADLINE_MS = 180_000;

/**
 * How a TypeScript program of this repository is started by Node alone: arguments before its own.
 *
 * @param {string} root
 * @param {string} file
 */
export function typeScriptProgram(root, file) {
  const loader = join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  return ['--import', loader, '--disable-warning=ExperimentalWarning', join(root, file)];
}

/**
 * Runs one to its end and answers what it printed; rejects with its last line of complaint.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export async function runTypeScript(args, env) {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: DEADLINE_MS });
    return stdout.trim();
  } catch (error) {
    const { stderr } = /** @type {{ stderr?: string }} */ (error);
    throw new Error(stderr?.trim().split('\n').at(-1) || String(error), { cause: error });
  }
}
