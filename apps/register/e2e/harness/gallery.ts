import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { build, preview } from 'vite';
// @boundaries-ignore tests start the application exactly as `npm start` does
import { electronLaunch } from '../../../../tools/bootstrap/electron-launch.mjs';
import { repositoryFolder, type Stage } from './stage.ts';
import { until } from './waiting.ts';

const LAUNCH_DEADLINE_MS = 60_000;
const uiFolder = path.join(repositoryFolder, 'apps/register/src/ui');
const windowFolder = path.join(repositoryFolder, 'apps/register/e2e/harness/gallery-window');

/** The gallery of all screens, in windows of the runtime that shops have, without an application behind it. */
export type Gallery = {
  pages: Page[];
  /** Of `gallery.html`; what it takes is said in `src/ui/gallery/main.tsx`. */
  url: string;
  dispose(): Promise<void>;
};

/** Builds the gallery as the pages are built, into the stage's folder, and serves it on this machine only. */
export async function openGallery(stage: Stage, windows: number): Promise<Gallery> {
  const outDir = path.join(stage.folder, 'gallery');
  mkdirSync(outDir);
  const common = { configFile: false, root: uiFolder, logLevel: 'error', publicDir: false } as const;
  await build({
    ...common,
    build: {
      target: 'chrome114',
      outDir,
      assetsInlineLimit: 0,
      modulePreload: false,
      chunkSizeWarningLimit: 4_000,
      minify: false,
      rolldownOptions: { input: path.join(uiFolder, 'gallery.html') },
    },
  });
  const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the gallery has no port');

  const launch = electronLaunch(stage.runtime, {
    appFolder: windowFolder,
    args: [`--windows=${windows}`, `--user-data-dir=${path.join(stage.folder, 'gallery-window')}`],
    env: process.env,
    display: stage.display,
  });
  const electron = await _electron
    .launch({
      executablePath: launch.file,
      args: launch.args,
      env: launch.env,
      cwd: stage.folder,
      timeout: LAUNCH_DEADLINE_MS,
      bypassCSP: true,
    })
    .catch(async (cause: unknown) => {
      await server.close();
      throw cause;
    });
  await until('the windows of the gallery', () => electron.windows().length === windows, LAUNCH_DEADLINE_MS);
  return {
    pages: electron.windows(),
    url: `http://127.0.0.1:${address.port}/gallery.html`,
    dispose: async () => {
      await electron.close();
      await server.close();
    },
  };
}
