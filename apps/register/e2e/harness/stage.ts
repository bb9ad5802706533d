import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
// @boundaries-ignore tests start the application exactly as `npm start` does
import { ensureDisplay } from '../../../../tools/bootstrap/ensure-display.mjs';
// @boundaries-ignore tests start the application exactly as `npm start` does
import { ensureElectron } from '../../../../tools/bootstrap/ensure-electron.mjs';

export const repositoryFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
/** The built application; EVERTILL_APP names another build of it. */
export const appFolder = process.env['EVERTILL_APP'] ?? path.join(repositoryFolder, 'apps/register');

/** Where an application can be started: a runtime, a display, a folder that goes away again. */
export type Stage = {
  runtime: { binary: string; note: string; kind: string };
  display: string | undefined;
  /** Of this stage alone; everything that the application writes lies below it. */
  folder: string;
  dispose(): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const runtime = await ensureElectron({ root: repositoryFolder, env: process.env });
  const display = await ensureDisplay({ env: process.env });
  const folder = mkdtempSync(path.join(tmpdir(), 'evertill-stage-'));
  return {
    runtime,
    display: display.display,
    folder,
    dispose: async () => {
      display.dispose();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
