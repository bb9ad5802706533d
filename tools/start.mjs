// npm start [-- options of the application]: opens the register with a seeded shop and virtual devices.
import { ensureNodeVersion } from './bootstrap/ensure-node-version.mjs';
ensureNodeVersion();
const { join } = await import('node:path');
const { electronLaunch } = await import('./bootstrap/electron-launch.mjs');
const { ROOT, dataFolder } = await import('./bootstrap/folders.mjs');
const { prepareApplication } = await import('./bootstrap/prepare.mjs');
const { say } = await import('./bootstrap/progress.mjs');
const { runInForeground } = await import('./bootstrap/run-in-foreground.mjs');
const { demoStaffSentence } = await import('./start/demo-staff.mjs');
const { startEmbeddedHub } = await import('./start/embedded-hub.mjs');
const { ensureDemoShop } = await import('./start/ensure-demo-shop.mjs');
const { startArguments, valueOf } = await import('./start/start-arguments.mjs');

try {
  const args = startArguments(process.argv.slice(2), dataFolder(process.env));
  const { runtime, display, dispose } = await prepareApplication({ env: process.env, forTests: false });
  const folder = valueOf(args, 'data') ?? '';
  const registerNumber = Number(valueOf(args, 'register') ?? '1');
  say(`Data: ${folder}`);
  say(demoStaffSentence());
  const ownHub = !args.some((argument) => argument === '--no-hub' || argument.startsWith('--hub='));
  const where = { root: ROOT, dataFolder: folder, env: process.env, say };
  if (ownHub) await ensureDemoShop({ ...where, args });
  const hub = ownHub ? await startEmbeddedHub({ ...where, registerNumber }) : null;
  const appFolder = join(ROOT, 'apps', 'register');
  const launch = electronLaunch(runtime, {
    appFolder,
    args: [...args, ...(hub?.args ?? [])],
    env: process.env,
    display,
  });
  process.exitCode = await runInForeground(launch.file, launch.args, { cwd: ROOT, env: launch.env });
  hub?.dispose();
  dispose();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
