import { spawn } from 'node:child_process';

const KEPT_OUTPUT_CHARACTERS = 1_000_000;
const KILL_AFTER_MS = 3_000;

/**
 * Runs a program to its end and keeps the last part of what it printed. Never rejects because of the program: a missing
 * program is code 127, a missed deadline `timedOut`.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, deadlineMs: number, shown?: boolean, signal?: AbortSignal }} options
 *   `shown`: what it prints goes to the terminal's stderr as well
 * @returns {Promise<{ code: number, output: string, timedOut: boolean, elapsedMs: number }>}
 */
export function runProgram(file, args, options) {
  const startedMs = Date.now();
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && file === 'npm',
    });
    let output = '';
    let timedOut = false;
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      if (options.shown) process.stderr.write(chunk);
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);

    const stop = () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
    };
    const deadline = setTimeout(() => {
      timedOut = true;
      stop();
    }, options.deadlineMs);
    options.signal?.addEventListener('abort', stop, { once: true });

    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));

    /** @param {number} code */
    function end(code) {
      clearTimeout(deadline);
      options.signal?.removeEventListener('abort', stop);
      resolve({ code, output, timedOut, elapsedMs: Date.now() - startedMs });
    }
  });
}

/**
 * The last lines of a program's output, for an error message.
 *
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 12) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
