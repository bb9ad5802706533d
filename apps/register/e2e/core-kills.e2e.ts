import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serveVirtualScanner, type ServedVirtualScanner } from '@evertill/barcode-scanner/virtual';
import { serveVirtualPrinter, type ServedVirtualPrinter } from '@evertill/receipt-printer/virtual';
import type { TransactionView } from '@evertill/register';
import { fuzzRounds, seededRandom, temporaryFolder, withPrintedSeed, type SeededRandom } from '@evertill/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeadlessCore } from './harness/headless-core.ts';
import { pause, until } from './harness/waiting.ts';
import { judge, readJournalFile, type Acknowledged } from './harness/oracle.ts';

/** RELIABILITY's default is 50 kills of a real process and file; the ledger's own test does the other half without devices. */
const KILLS = fuzzRounds(15);
const CHECKOUT_MS = 260;
const MANAGER = { staffId: 'staff-cormac', pin: '9999' };

describe('the core under SIGKILL at random moments of a checkout', () => {
  const folder = temporaryFolder('core-kills');
  const logFile = path.join(folder.path, 'printer.bin');
  let printer: ServedVirtualPrinter;
  let scanner: ServedVirtualScanner;

  beforeAll(async () => {
    printer = await serveVirtualPrinter({ port: 0, logFile });
    scanner = await serveVirtualScanner({ port: 0 });
  });
  afterAll(async () => {
    await printer.dispose();
    await scanner.dispose();
    folder.dispose();
  });

  it(`[I1] [I5] [I14] [I25] [CA-32] loses, doubles and halves nothing in ${KILLS} kills`, async () => {
    await withPrintedSeed(async (seed) => {
      const random = seededRandom(String(seed));
      const settings = { folder: folder.path, printerPort: printer.port, scannerPort: scanner.port };
      const acknowledged: Acknowledged[] = [];
      let core = await openedTill(settings);
      const codes = await goods(core);
      for (let kill = 0; kill < KILLS; kill += 1) {
        const seen = { lines: 0, tendered: false };
        const dies = pause(random.int(CHECKOUT_MS)).then(() => core.kill());
        await checkouts(core, random, codes, acknowledged, seen);
        await dies;
        core = await HeadlessCore.start(settings);
        await core.ask('signOn', MANAGER);
        restoredWhole(core.snapshots.transaction ?? null, seen);
      }
      await finish(core, codes);
      await until('the paper', () => printer.printer.buffered === 0 && nothingPrints(core), 30_000);
      await core.end();

      const verdict = judge({
        rows: readJournalFile(path.join(folder.path, 'register-1/ledger/ledger.db')),
        printerBytes: readFileSync(logFile),
        acknowledged,
      });
      expect(verdict.findings).toEqual([]);
      expect(verdict.counts.sales).toBeGreaterThanOrEqual(acknowledged.length);
      expect(acknowledged.length).toBeGreaterThan(KILLS / 4);
    });
  });
});

async function openedTill(settings: Parameters<typeof HeadlessCore.start>[0]): Promise<HeadlessCore> {
  const core = await HeadlessCore.start(settings);
  expect(await core.ask('signOn', MANAGER)).toMatchObject({ ok: true });
  expect(await core.ask('openTill', { counts: [{ denominationMinor: 1000, count: 10 }] })).toMatchObject({ ok: true });
  return core;
}

async function goods(core: HeadlessCore): Promise<string[]> {
  const found = await core.ask('searchItems', { text: 'a', limit: 50 });
  const codes = found?.ok ? found.value.items.filter((item) => item.scanCode !== '').map((item) => item.scanCode) : [];
  expect(codes.length).toBeGreaterThan(5);
  return codes;
}

/** Sells as fast as it can until the core is gone, and notes what was acknowledged. */
async function checkouts(
  core: HeadlessCore,
  random: SeededRandom,
  codes: readonly string[],
  acknowledged: Acknowledged[],
  seen: { lines: number; tendered: boolean },
): Promise<void> {
  for (;;) {
    for (let line = 1 + random.int(3); line > 0; line -= 1) {
      if (!(await core.ask('addByCode', { code: random.pick(codes) }))) return;
      seen.lines = core.snapshots.transaction?.lines.length ?? 0;
    }
    const transaction = core.snapshots.transaction;
    if (!transaction) continue;
    const { transactionId, revision, dueMinor } = transaction;
    if (random.chance(0.3)) {
      const partly = await core.ask('tenderCash', {
        transactionId,
        revision,
        amountMinor: Math.max(1, Math.floor(dueMinor / 2)),
      });
      if (!partly) return;
      seen.tendered = partly.ok && !partly.value.completed;
    }
    const open = core.snapshots.transaction;
    if (!open) continue;
    const paid = await core.ask('tenderCash', { transactionId, revision: open.revision, amountMinor: open.dueMinor });
    if (!paid) return;
    const sale = core.snapshots.lastSale;
    if (!paid.ok || !sale) throw new Error(`the sale was refused: ${JSON.stringify(paid)}`);
    acknowledged.push({ receiptLabel: sale.receiptLabel, totalMinor: sale.totalMinor });
    Object.assign(seen, { lines: 0, tendered: false });
  }
}

/** What is there again is a transaction that adds up; one that held money holds it still. */
function restoredWhole(transaction: TransactionView | null, seen: { lines: number; tendered: boolean }): void {
  if (!transaction) return;
  const sum = transaction.lines.reduce((total, line) => total + line.totalMinor, 0);
  expect(sum).toBe(transaction.totalMinor);
  expect(transaction.dueMinor).toBe(transaction.totalMinor - transaction.tenderedMinor);
  // At most the command in flight and the last 50 ms of scanning may be missing; what was tendered is never.
  if (seen.tendered) expect(transaction.status).toBe('tendering');
}

async function finish(core: HeadlessCore, codes: readonly string[]): Promise<void> {
  if (!core.snapshots.transaction) await core.ask('addByCode', { code: codes[0] ?? '' });
  const open = core.snapshots.transaction;
  if (!open) throw new Error('there is no transaction to finish');
  const { transactionId, revision, dueMinor } = open;
  expect(await core.ask('tenderCash', { transactionId, revision, amountMinor: dueMinor })).toMatchObject({ ok: true });
}

function nothingPrints(core: HeadlessCore): boolean {
  const jobs = core.snapshots.devices?.jobs ?? [];
  return jobs.every((job) => job.state === 'printed' || job.state === 'discarded');
}
