import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { serveVirtualScanner, type ServedVirtualScanner } from '@evertill/barcode-scanner/virtual';
import { serveVirtualPrinter, type ServedVirtualPrinter } from '@evertill/receipt-printer/virtual';
import { temporaryFolder } from '@evertill/testkit';
import { HeadlessCore } from './headless-core.ts';
import { HubProcess } from './hub-process.ts';
import { repositoryFolder } from './stage.ts';

export const STORE = { tenant: 'demo', store: 'DUB1' };
export const MANAGER = { staffId: 'staff-cormac', pin: '9999' };

/** A store with its hub: register 1 beside the store's folder, every other one joined through the hub alone. */
export type JoinedStore = {
  readonly folder: string;
  readonly hub: HubProcess;
  /** Starts a register; its code is asked for the first time. Opens signed on, with an open till. */
  openRegister(number: number): Promise<HeadlessCore>;
  /** Opening stock of the store and its neighbours, counted at the seeding, goes to the hub. */
  sendCounts(): Promise<void>;
  /** Runs a command of the web shop, which joins the hub the first time; answers what it printed. */
  webShop(...args: string[]): Promise<string>;
  dispose(): Promise<void>;
};

/** `hubUrl`: by which the registers know the hub, where it is not the hub's own: a proxy between the two. */
export async function openJoinedStore(
  options: { items?: number; hubUrl?: (own: string) => string } = {},
): Promise<JoinedStore> {
  const folder = temporaryFolder('joined-store');
  const hub = new HubProcess(path.join(folder.path, 'hub'));
  await hub.start();
  const codes = new Map<number, string>();
  const cores: HeadlessCore[] = [];
  const devices: (ServedVirtualPrinter | ServedVirtualScanner)[] = [];
  return {
    folder: folder.path,
    hub,
    async openRegister(registerNumber) {
      const printer = await serveVirtualPrinter({ port: 0 });
      const scanner = await serveVirtualScanner({ port: 0 });
      devices.push(printer, scanner);
      const isNew = !codes.has(registerNumber);
      if (isNew) codes.set(registerNumber, hub.code({ ...STORE, register: `DUB1-${registerNumber}` }));
      const core = await HeadlessCore.start({
        folder: folder.path,
        printerPort: printer.port,
        scannerPort: scanner.port,
        registerNumber,
        ...(options.items === undefined ? {} : { demoShopItems: options.items }),
        hub: { url: options.hubUrl?.(hub.url) ?? hub.url, code: isNew ? (codes.get(registerNumber) ?? null) : null },
        joins: registerNumber !== 1,
      });
      cores.push(core);
      // The first register has made the shop; the others find it through the hub.
      if (registerNumber === 1 && isNew) hub.setUp(path.join(folder.path, 'store'));
      await core.ask('signOn', MANAGER);
      if (core.snapshots.till?.state === 'closed') {
        await core.ask('openTill', { counts: [{ denominationMinor: 1000, count: 10 }] });
      }
      return core;
    },
    async sendCounts() {
      const code = hub.code({ ...STORE, register: 'DUB1-importer', role: 'channel' });
      const own = [`--hub=${hub.url}`, `--code=${code}`, `--data=${path.join(folder.path, 'store')}`];
      await runProgram('apps/catalog/src/send-counts-cli.ts', own);
    },
    async webShop(...args) {
      const own = `--folder=${path.join(folder.path, 'web-shop')}`;
      if (!existsSync(path.join(folder.path, 'web-shop', 'hub.json'))) {
        const code = hub.code({ ...STORE, register: 'demo-web', role: 'channel' });
        await runProgram('apps/web-shop/src/cli.ts', ['join', `--hub=${hub.url}`, `--code=${code}`, own]);
      }
      return runProgram('apps/web-shop/src/cli.ts', [...args, own]);
    },
    async dispose() {
      for (const core of cores) await core.end();
      await hub.kill();
      for (const device of devices) await device.dispose();
      folder.dispose();
    },
  };
}

async function runProgram(file: string, args: readonly string[]): Promise<string> {
  const program = ['--import', import.meta.resolve('tsx'), path.join(repositoryFolder, file), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, program, { timeout: 60_000 });
  return stdout;
}

export type SoldItem = { itemId: string; scanCode: string; name: string };

/** Something with a price and a bar code. */
export async function anItem(core: HeadlessCore, text = 'a'): Promise<SoldItem> {
  const found = await core.ask('searchItems', { text, limit: 20 });
  const item = found?.ok
    ? found.value.items.find((one) => one.scanCode !== '' && one.priceMinor !== null && one.priceMinor > 0)
    : undefined;
  if (!item) throw new Error(`nothing to sell is called ${text}`);
  return item;
}

/** One sale of one piece, for exact cash. Answers when it is durable. */
export async function sellOne(core: HeadlessCore, { scanCode }: Pick<SoldItem, 'scanCode'>): Promise<void> {
  const added = await core.ask('addByCode', { code: scanCode });
  if (!added?.ok) throw new Error(`not added: ${JSON.stringify(added)}`);
  const transaction = core.snapshots.transaction;
  if (!transaction) throw new Error('a line opens a transaction');
  const { transactionId, revision, dueMinor } = transaction;
  const paid = await core.ask('tenderCash', { transactionId, revision, amountMinor: dueMinor });
  if (!paid?.ok) throw new Error(`not paid: ${JSON.stringify(paid)}`);
}
