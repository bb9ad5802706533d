import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { serveVirtualScanner, type ServedVirtualScanner } from '@evertill/barcode-scanner/virtual';
import { serveVirtualPrinter, type ServedVirtualPrinter } from '@evertill/receipt-printer/virtual';
import { HeadlessCore, type HeadlessSettings } from './headless-core.ts';
import { HubProcess } from './hub-process.ts';
import { repositoryFolder } from './stage.ts';

export const STORE = { tenant: 'demo', store: 'DUB1' };
export const MANAGER = { staffId: 'staff-cormac', pin: '9999' };

/** The hub of a store whose folder lies beside it, and everyone who joins through it. */
export class StoreHub {
  readonly hub: HubProcess;
  readonly #folder: string;
  readonly #codes = new Map<number, string>();
  readonly #cores: HeadlessCore[] = [];
  readonly #devices: (ServedVirtualPrinter | ServedVirtualScanner)[] = [];

  private constructor(folder: string, hub: HubProcess) {
    this.#folder = folder;
    this.hub = hub;
  }

  /** `folder`: everything of this machine; the store's part of it is `store`. */
  static async start(folder: string): Promise<StoreHub> {
    const hub = new HubProcess(path.join(folder, 'hub'));
    await hub.start();
    return new StoreHub(folder, hub);
  }

  /** A one-time code for a register: made the first time, `null` from then on. */
  codeFor(registerNumber: number): string | null {
    if (this.#codes.has(registerNumber)) return null;
    const code = this.hub.code({ ...STORE, register: `DUB1-${registerNumber}` });
    this.#codes.set(registerNumber, code);
    return code;
  }

  /** Takes the store's folder over, so that registers and channels find their store here. */
  setUp(): void {
    this.hub.setUp(path.join(this.#folder, 'store'));
  }

  /** A register without a screen, signed on, with an open till; any but the first joins through the hub alone. */
  async openRegister(
    registerNumber: number,
    settings: Partial<Pick<HeadlessSettings, 'demoShopItems'>> & { hubUrl?: string } = {},
  ): Promise<HeadlessCore> {
    const printer = await serveVirtualPrinter({ port: 0 });
    const scanner = await serveVirtualScanner({ port: 0 });
    this.#devices.push(printer, scanner);
    const { hubUrl = this.hub.url, ...rest } = settings;
    const core = await HeadlessCore.start({
      folder: this.#folder,
      printerPort: printer.port,
      scannerPort: scanner.port,
      registerNumber,
      hub: { url: hubUrl, code: this.codeFor(registerNumber) },
      joins: registerNumber !== 1,
      ...rest,
    });
    this.#cores.push(core);
    await core.ask('signOn', MANAGER);
    if (core.snapshots.till?.state === 'closed') {
      await core.ask('openTill', { counts: [{ denominationMinor: 1000, count: 10 }] });
    }
    return core;
  }

  /** Opening stock of the store and its neighbours, counted at the seeding, goes to the hub. */
  async sendCounts(): Promise<void> {
    const code = this.hub.code({ ...STORE, register: 'DUB1-importer', role: 'channel' });
    const data = `--data=${path.join(this.#folder, 'store')}`;
    await runProgram('apps/catalog/src/send-counts-cli.ts', [`--hub=${this.hub.url}`, `--code=${code}`, data]);
  }

  /** Runs a command of the web shop, which joins the hub the first time; answers what it printed. */
  async webShop(...args: string[]): Promise<string> {
    const folder = path.join(this.#folder, 'web-shop');
    if (!existsSync(path.join(folder, 'hub.json'))) {
      const code = this.hub.code({ ...STORE, register: 'demo-web', role: 'channel' });
      const joining = ['join', `--hub=${this.hub.url}`, `--code=${code}`];
      await runProgram('apps/web-shop/src/cli.ts', [...joining, `--folder=${folder}`]);
    }
    return runProgram('apps/web-shop/src/cli.ts', [...args, `--folder=${folder}`]);
  }

  async dispose(): Promise<void> {
    for (const core of this.#cores) await core.end();
    await this.hub.kill();
    for (const device of this.#devices) await device.dispose();
  }
}

async function runProgram(file: string, args: readonly string[]): Promise<string> {
  const program = ['--import', import.meta.resolve('tsx'), path.join(repositoryFolder, file), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, program, { timeout: 60_000 });
  return stdout;
}
