import { readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, chromium, type Browser, type ElectronApplication, type Page } from 'playwright-core';
// @boundaries-ignore tests start the application exactly as `npm start` does
import { electronLaunch } from '../../../../tools/bootstrap/electron-launch.mjs';
import { appFolder, type Stage } from './stage.ts';
import { until } from './waiting.ts';

const LAUNCH_DEADLINE_MS = 30_000;
const PAGE_DEADLINE_MS = 60_000;
const PROCESS_DEADLINE_MS = 10_000;
const LOG_LINES_MAX = 400;
const REGISTER_PAGE = '/index.html';

export type RegisterOptions = {
  dataFolder: string;
  demoShopItems: number;
  /** Further arguments, e.g. `--printer=serial:…`. */
  args: readonly string[];
  onLog?: (line: string) => void;
};

/** The real application, running. */
export class RunningRegister {
  readonly electron: ElectronApplication;
  readonly #dataFolder: string;
  readonly #lines: string[] = [];
  #page: Page | null = null;

  constructor(electron: ElectronApplication, options: Pick<RegisterOptions, 'dataFolder' | 'onLog'>) {
    this.electron = electron;
    this.#dataFolder = options.dataFolder;
    electron.process().stderr?.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        this.#lines.push(line);
        if (this.#lines.length > LOG_LINES_MAX) this.#lines.shift();
        options.onLog?.(line);
      }
    });
  }

  async untilOpen(): Promise<void> {
    this.#page = await this.#windowNamed(REGISTER_PAGE);
  }

  /** The page of the register. Ask for it each time: after its process was killed it is another object. */
  get page(): Page {
    if (!this.#page) throw new Error('the register is not open yet');
    return this.#page;
  }

  bench(): Promise<Page> {
    return this.#windowNamed('/bench.html');
  }

  /** The last lines that the application wrote, for whoever reads a failure. */
  log(): string[] {
    return [...this.#lines];
  }

  corePid(): Promise<number> {
    const find = (): Promise<number | undefined> =>
      this.electron.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'evertill-core')?.pid);
    return until('the core process', find, PROCESS_DEADLINE_MS);
  }

  async killPage(): Promise<void> {
    const crashed = this.page.waitForEvent('crash', { timeout: PROCESS_DEADLINE_MS });
    process.kill(await this.#pagePid(), 'SIGKILL');
    await crashed;
    // Playwright gives a crashed page up for good, even when the application has loaded it again: a second connection sees it.
    const second = await secondConnection(this.#dataFolder);
    this.#page = await until('the page again', () => pageOf(second, REGISTER_PAGE), PAGE_DEADLINE_MS);
  }

  async killMain(): Promise<void> {
    const { pid } = this.electron.process();
    if (pid === undefined) throw new Error('the application has no process');
    const ended = this.electron.waitForEvent('close', { timeout: LAUNCH_DEADLINE_MS });
    process.kill(pid, 'SIGKILL');
    await ended;
  }

  /** Ends it from inside, as a person closing the window does: what it holds is flushed. */
  async close(): Promise<void> {
    const ended = this.electron.waitForEvent('close', { timeout: LAUNCH_DEADLINE_MS });
    await this.electron.evaluate(({ app }) => app.quit()).catch(() => undefined);
    await ended;
  }

  #pagePid(): Promise<number> {
    const find = (): Promise<number | undefined> =>
      this.electron.evaluate(
        ({ webContents }, page) =>
          webContents
            .getAllWebContents()
            .find((contents) => contents.getURL().endsWith(page))
            ?.getOSProcessId(),
        REGISTER_PAGE,
      );
    return until('the page process', find, PROCESS_DEADLINE_MS);
  }

  #windowNamed(ending: string): Promise<Page> {
    return until(
      `the window ${ending}`,
      () => this.electron.windows().find((page) => page.url().endsWith(ending)),
      PAGE_DEADLINE_MS,
      () => this.#lines.slice(-20).join('\n'),
    );
  }
}

/** Starts the application on a data folder and waits until its window has its page. */
export async function startRegister(stage: Stage, options: RegisterOptions): Promise<RunningRegister> {
  const launch = electronLaunch(stage.runtime, {
    appFolder,
    args: [`--data=${options.dataFolder}`, `--demo-shop=${options.demoShopItems}`, ...options.args],
    env: process.env,
    display: stage.display,
  });
  const electron = await attach({
    executablePath: launch.file,
    args: launch.args,
    env: launch.env,
    cwd: stage.folder,
    timeout: LAUNCH_DEADLINE_MS,
  });
  const register = new RunningRegister(electron, options);
  await register.untilOpen();
  return register;
}

/**
 * Launches and attaches two debuggers. On a machine that is busy with other things the second sometimes never comes; Playwright has killed the
 * application by then, so that a second try starts afresh. It is said aloud.
 */
async function attach(launch: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  try {
    return await _electron.launch(launch);
  } catch (cause) {
    process.stderr.write(`The application could not be attached to, once more: ${String(cause)}\n`);
    return _electron.launch(launch);
  }
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
