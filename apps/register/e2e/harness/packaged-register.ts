import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
// @boundaries-ignore tests start the application exactly as `npm start` does
import { electronLaunch } from '../../../../tools/bootstrap/electron-launch.mjs';
import type { RegisterOptions } from './running-register.ts';
import type { Stage } from './stage.ts';
import { until } from './waiting.ts';

const START_DEADLINE_MS = 60_000;
const CONNECT_DEADLINE_MS = 15_000;
const CONNECT_ATTEMPTS_MAX = 4;
const END_DEADLINE_MS = 15_000;
const LOG_CHARACTERS_MAX = 20_000;

/** The packaged application, running. */
export type PackagedRegister = {
  readonly page: Page;
  log(): string;
  /** Ends it as a person closing the window does; answers with the exit code. */
  close(): Promise<number | null>;
};

/**
 * Starts a packaged binary. Its fuses refuse `--inspect`, by which Playwright starts an Electron of its own, so it is driven as any Chromium is: it
 * listens on a free port of this machine and writes down which.
 */
export async function startPackaged(stage: Stage, binary: string, options: RegisterOptions): Promise<PackagedRegister> {
  const launch = electronLaunch(
    { binary, note: stage.runtime.note },
    {
      appFolder: '--remote-debugging-port=0',
      args: [`--data=${options.dataFolder}`, `--demo-shop=${options.demoShopItems}`, ...options.args],
      env: process.env,
      display: stage.display,
    },
  );
  const child = spawn(launch.file, launch.args, {
    env: launch.env,
    cwd: stage.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LOG_CHARACTERS_MAX);
  });
  try {
    const portFile = path.join(options.dataFolder, 'electron-1', 'DevToolsActivePort');
    const port = await until(
      'the port of the packaged application',
      () => {
        if (child.exitCode !== null) throw new Error(`the packaged application ended with ${child.exitCode}: ${log}`);
        return existsSync(portFile) && readFileSync(portFile, 'utf8').split('\n')[0];
      },
      START_DEADLINE_MS,
      () => log,
    );
    const browser = await connected(`http://127.0.0.1:${port}`);
    const page = await until(
      'the window of the packaged application',
      () =>
        browser
          .contexts()
          .flatMap((context) => context.pages())
          .find((each) => each.url().endsWith('/index.html')),
      START_DEADLINE_MS,
      () => log,
    );
    return {
      page,
      log: () => log,
      close: async () => {
        const timer = setTimeout(() => child.kill('SIGKILL'), END_DEADLINE_MS);
        await page.close();
        const [code] = await exited;
        clearTimeout(timer);
        return code;
      },
    };
  } catch (cause) {
    child.kill('SIGKILL');
    throw cause;
  }
}

/** Who connects while the first window is being made may never hear of it, and waits for nothing: then it is asked anew. */
async function connected(url: string): Promise<Browser> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await chromium.connectOverCDP(url, { noDefaults: true, timeout: CONNECT_DEADLINE_MS });
    } catch (fault) {
      if (attempt === CONNECT_ATTEMPTS_MAX) throw fault;
    }
  }
}
