// npm run build: builds the register into apps/register/dist, from Turborepo's cache where nothing changed.
import { ensureNodeVersion } from './bootstrap/ensure-node-version.mjs';
ensureNodeVersion();
const { ensureBuilt } = await import('./bootstrap/ensure-built.mjs');
const { ensureInstalled } = await import('./bootstrap/ensure-installed.mjs');
const { ROOT } = await import('./bootstrap/folders.mjs');
const { say } = await import('./bootstrap/progress.mjs');

try {
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT, { shown: true });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
