// npm run package [-- --dir [--electron-dist FOLDER]]: makes the installers of this system, or an unpacked folder.
import { ensureNodeVersion } from './bootstrap/ensure-node-version.mjs';
ensureNodeVersion();
const { ensureBuilt } = await import('./bootstrap/ensure-built.mjs');
const { ensureInstalled } = await import('./bootstrap/ensure-installed.mjs');
const { ROOT } = await import('./bootstrap/folders.mjs');
const { say } = await import('./bootstrap/progress.mjs');
const { readPackageOptions } = await import('./package/package-options.mjs');

try {
  const options = readPackageOptions(process.argv.slice(2));
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  const { packageApplication } = await import('./package/package-application.mjs');
  for (const file of await packageApplication(ROOT, options)) process.stdout.write(`${file}\n`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
