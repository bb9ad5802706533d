import path from 'node:path';
import { serveVirtualScanner, type ServedVirtualScanner } from '@evertill/barcode-scanner/virtual';
import { serveVirtualPrinter, type ServedVirtualPrinter } from '@evertill/receipt-printer/virtual';
import { temporaryFolder } from '@evertill/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeadlessCore } from './harness/headless-core.ts';
import { HubProcess } from './harness/hub-process.ts';
import { until } from './harness/waiting.ts';

const MANAGER = { staffId: 'staff-cormac', pin: '9999' };
const STORE = { tenant: 'demo', store: 'DUB1' };
const DRAINS_WITHIN_MS = 60_000;

describe('a register and its hub', () => {
  const folder = temporaryFolder('hub-sync');
  const hub = new HubProcess(path.join(folder.path, 'hub'));
  let printer: ServedVirtualPrinter;
  let scanner: ServedVirtualScanner;
  let core: HeadlessCore;

  const open = (code: string | null) =>
    HeadlessCore.start({
      folder: folder.path,
      printerPort: printer.port,
      scannerPort: scanner.port,
      hub: { url: hub.url, code },
    });
  const waiting = () => {
    const server = core.snapshots.server;
    return server && server.state !== 'none' ? server.waitingRecords : null;
  };
  /** The register says that all is there, and the hub's file shows each sale as exactly one order. */
  const drained = async (sales: number) => {
    await until(
      'every record at the hub',
      () => waiting() === 0,
      DRAINS_WITHIN_MS,
      () => `${waiting()} wait`,
    );
    const orders = () => hub.ordersOf(STORE);
    await until(
      'an order for each sale',
      () => orders() >= sales,
      DRAINS_WITHIN_MS,
      () => `${orders()} orders`,
    );
    expect(orders()).toBe(sales);
  };

  beforeAll(async () => {
    printer = await serveVirtualPrinter({ port: 0 });
    scanner = await serveVirtualScanner({ port: 0 });
    await hub.start();
  });
  afterAll(async () => {
    await core?.end();
    await hub.kill();
    await printer.dispose();
    await scanner.dispose();
    folder.dispose();
  });

  it('[IT-01] [I1] [PF-01] joins with a one-time code; each sale is one order in the unified view', async () => {
    core = await open(hub.code({ ...STORE, register: 'DUB1-1' }));
    await core.ask('signOn', MANAGER);
    await core.ask('openTill', { counts: [{ denominationMinor: 1000, count: 10 }] });
    await sell(core, 3);
    await drained(3);
  });

  it('[PF-05] sells on while the hub is gone, says how many records wait, and drains once when it is back', async () => {
    await hub.kill();
    await sell(core, 4);
    await until('records wait', () => (waiting() ?? 0) >= 4, DRAINS_WITHIN_MS);
    await hub.start();
    await drained(7);
  });

  it('[I17] is the same register after SIGKILL on both sides, without another code', async () => {
    await sell(core, 2);
    await Promise.all([core.kill(), hub.kill()]);
    await hub.start();
    core = await open(null);
    await core.ask('signOn', MANAGER);
    await sell(core, 1);
    await drained(10);
    expect(core.snapshots.safety?.salesOnDisk).toBe(10);
  });
});

async function sell(core: HeadlessCore, sales: number): Promise<void> {
  const found = await core.ask('searchItems', { text: 'a', limit: 20 });
  const item = found?.ok ? found.value.items.find((one) => one.scanCode !== '') : undefined;
  for (let sale = 0; sale < sales; sale += 1) {
    expect(await core.ask('addByCode', { code: item?.scanCode ?? '' })).toMatchObject({ ok: true });
    const { transactionId, revision, dueMinor } = core.snapshots.transaction ?? {
      transactionId: '',
      revision: 0,
      dueMinor: 0,
    };
    expect(await core.ask('tenderCash', { transactionId, revision, amountMinor: dueMinor })).toMatchObject({
      ok: true,
    });
  }
}
