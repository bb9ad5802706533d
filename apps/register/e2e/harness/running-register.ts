import { readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, chromium, type Browser, type ElectronApplication, type Page } from 'playwright-core';
// @boundaries-ignore tests start the application exactly as `npm start` does
import { electronLaunch } from '../../../../tools/bootstrap/electron-launch.mjs';
import { appFolder, type Stage } from './stage.ts';
import { until } from './waiting.ts';

const LAUNCH_DEADLINE_MS = 60_000;
const PAGE_DEADLINE_MS = 60_000;
const LOG_LINES_MAX = 400;

export type RegisterOptions = {
  dataFolder: string;
  demoShopItems: number;
  /** Further arguments, e.g. `--printer=serial:…`. */
  args: readonly string[];
  onLog?: (line: string) => void;
};

/** The real application, running. */
export type RunningRegister = {
  readonly electron: ElectronApplication;
  /** The page of the register. Ask for it each time: after its process was killed it is another object. */
  readonly page: Page;
  bench(): Promise<Page>;
  /** The last lines that the application wrote, for whoever reads a failure. */
  log(): string[];
  mainPid(): number;
  corePid(): Promise<number>;
  pagePid(): Promise<number>;
  killPage(): Promise<void>;
  killCore(): Promise<void>;
  killMain(): Promise<void>;
  /** Ends it as a person closing the window does. */
  close(): Promise<void>;
};

/** Starts the application on a data folder and waits until its page has a connection to the core. */
export async function startRegister(stage: Stage, options: RegisterOptions): Promise<RunningRegister> {
  const launch = electronLaunch(stage.runtime, {
    appFolder,
    args: [`--data=${options.dataFolder}`, `--demo-shop=${options.demoShopItems}`, ...options.args],
    env: process.env,
    display: stage.display,
  });
  const lines: string[] = [];
  const electron = await _electron.launch({
    executablePath: launch.file,
    args: launch.args,
    env: launch.env,
    cwd: stage.folder,
    timeout: LAUNCH_DEADLINE_MS,
  });
  const child = electron.process();
  child.stderr?.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      lines.push(line);
      if (lines.length > LOG_LINES_MAX) lines.shift();
      options.onLog?.(line);
    }
  });
  const windowNamed = (name: string): Promise<Page> =>
    until(
      `the window ${name}`,
      () => electron.windows().find((page) => page.url().endsWith(name)),
      PAGE_DEADLINE_MS,
      () => lines.slice(-20).join('\n'),
    );
  let page = await windowNamed('/index.html');

  const pidOf = (what: string, find: () => Promise<number | undefined>): Promise<number> => until(what, find, 10_000);
  const corePid = (): Promise<number> =>
    pidOf('the core process', () =>
      electron.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'evertill-core')?.pid),
    );
  const pagePid = (): Promise<number> =>
    pidOf('the page process', () =>
      electron.evaluate(({ webContents }) =>
        webContents
          .getAllWebContents()
          .find((contents) => contents.getURL().endsWith('/index.html'))
          ?.getOSProcessId(),
      ),
    );
  const mainPid = (): number => {
    if (child.pid === undefined) throw new Error('the application has no process');
    return child.pid;
  };
  return {
    electron,
    get page() {
      return page;
    },
    bench: () => windowNamed('/bench.html'),
    log: () => [...lines],
    mainPid,
    corePid,
    pagePid,
    killPage: async () => {
      const crashed = new Promise((resolve) => page.once('crash', resolve));
      process.kill(await pagePid(), 'SIGKILL');
      await crashed;
      // Playwright gives a crashed page up for good, even when the application has loaded it again: a second connection sees it.
      const second = await secondConnection(options.dataFolder);

      page = await until('the page again', () => pageOf(second, '/index.html'), PAGE_DEADLINE_MS);
    },
    killCore: async () => void process.kill(await corePid(), 'SIGKILL'),
    killMain: async () => {
      const ended = electron.waitForEvent('close', { timeout: LAUNCH_DEADLINE_MS });
      process.kill(mainPid(), 'SIGKILL');
      await ended;
    },
    close: async () => {
      // Ended from inside: the register flushes what it holds, as when a person closes its window.
      const ended = electron.waitForEvent('close', { timeout: LAUNCH_DEADLINE_MS });
      await electron.evaluate(({ app }) => app.quit()).catch(() => undefined);
      await ended;
    },
  };
}

/** Chromium writes down where it listens, in the folder of its own data. */
function secondConnection(dataFolder: string): Promise<Browser> {
  const [port] = readFileSync(path.join(dataFolder, 'electron-1', 'DevToolsActivePort'), 'utf8').split('\n');
  return chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true, timeout: LAUNCH_DEADLINE_MS });
}

function pageOf(browser: Browser, ending: string): Page | undefined {
  return browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((page) => page.url().endsWith(ending));
}

/** The ledger that the application writes, for the oracle. */
export const ledgerFileIn = (dataFolder: string, registerNumber = 1): string =>
  path.join(dataFolder, `register-${registerNumber}`, 'ledger', 'ledger.db');
