import { join } from 'node:path';
import { withProgress } from './progress.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { withLock } from './with-lock.mjs';

const BUILD_DEADLINE_MS = 10 * 60_000;

/**
 * Builds what has changed. Turborepo hashes the sources of every workspace that the application is made of and puts the
 * outputs back from its cache when nothing changed (about half a second).
 *
 * @param {string} root
 * @param {{ run?: typeof runProgram, shown?: boolean }} [options] `shown`: print the build's own output
 */
export async function ensureBuilt(root, options = {}) {
  const run = options.run ?? runProgram;
  const build = async () => {
    const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
    const args = [turbo, 'run', 'build', '--ui=stream', '--output-logs=new-only', '--no-update-notifier'];
    const ended = await run(process.execPath, args, {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
      deadlineMs: BUILD_DEADLINE_MS,
      shown: options.shown ?? false,
    });
    if (ended.code !== 0) throw new Error(`The build failed (code ${ended.code}):\n${lastLines(ended.output, 40)}`);
  };
  // Two builds at once would write the same files.
  const lock = join(root, '.cache', 'build.lock');
  await withProgress('Building the register', () => withLock(lock, BUILD_DEADLINE_MS, build));
}
