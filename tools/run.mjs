// npm run import|demo|bench …: prepares what the command needs and runs its TypeScript as it stands.
import { ensureNodeVersion } from './bootstrap/ensure-node-version.mjs';
ensureNodeVersion();
const { join } = await import('node:path');
const { ensureInstalled } = await import('./bootstrap/ensure-installed.mjs');
const { ROOT, dataFolder, storeFolder } = await import('./bootstrap/folders.mjs');
const { preparedEnvironment, prepareApplication } = await import('./bootstrap/prepare.mjs');
const { say } = await import('./bootstrap/progress.mjs');
const { runInForeground } = await import('./bootstrap/run-in-foreground.mjs');
const { COMMANDS } = await import('./run/commands.mjs');

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) {
  say(`Commands: ${Object.keys(COMMANDS).join(', ')}`);
  process.exit(1);
}

try {
  const machine = dataFolder(process.env);
  /** @type {NodeJS.ProcessEnv} */
  let env = { ...process.env, EVERTILL_DATA: command.folder === 'store' ? storeFolder(machine) : machine };
  let dispose = () => {};
  if (command.needsApplication) {
    const prepared = await prepareApplication({ env, forTests: true });
    dispose = prepared.dispose;
    env = preparedEnvironment(env, prepared);
  } else {
    await ensureInstalled(ROOT);
  }
  const loader = join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const node = ['--import', loader, '--disable-warning=ExperimentalWarning', join(ROOT, command.file), ...args];
  // Relative paths mean what they meant where the command was typed; npm itself moves to the root.
  process.exitCode = await runInForeground(process.execPath, node, {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    env,
  });
  dispose();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
