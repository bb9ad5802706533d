import type { Counter } from '../../../apps/register/e2e/harness/counter.ts';
import type { Stage } from '../../../apps/register/e2e/harness/stage.ts';
import { until } from '../../../apps/register/e2e/harness/waiting.ts';
import type { BenchRow } from '../bench-row.ts';
import { closeRegister, type BenchRegister, setUpBenchCounter, startBenchRegister } from './bench-register.ts';
import { type BenchShop, scanCodesOf } from './bench-shop.ts';
import { type MemoryReadings, memoryRows } from './memory-rows.ts';
import { PageProbe } from './page-probe.ts';
import { bareProcessMemory, processMemory } from './process-memory.ts';
import { type SaleSamples, scanRows, sellAndMeasure, tenderRows } from './scan-and-tender.ts';
import { type Start, startRows } from './start-rows.ts';

const STARTS = 5;
const SALES = 200;
const SCANS_PER_SALE = 2;
const PAPER_DEADLINE_MS = 20_000;
/** Two fifties, five twenties, twenty ones. */
const FLOAT = { 5000: 2, 2000: 5, 100: 20 };

type Say = (line: string) => void;

/** The built application with a printer and a scanner on serial lines: start, scan, tender, memory. */
export async function benchApplication(stage: Stage, shop: BenchShop, say: Say): Promise<BenchRow[]> {
  const counter = await setUpBenchCounter(stage);
  try {
    const codes = await scanCodesOf(shop, STARTS + SALES * SCANS_PER_SALE);
    await firstStart(stage, shop, counter, say);
    const starts: Start[] = [];
    for (let turn = 1; turn < STARTS; turn += 1) {
      say(`start ${turn} of ${STARTS} on a folder with ${shop.items} items`);
      const running = await startBenchRegister(stage, shop, counter);
      starts.push(await toFirstLine(running, counter, codes.pop() ?? '').finally(() => closeRegister(running)));
    }
    say(`start ${STARTS} of ${STARTS}: this one stays`);
    const running = await startBenchRegister(stage, shop, counter);
    const day = await sellingDay(running, counter, codes, say).finally(() => closeRegister(running));
    return [
      ...scanRows(day.samples),
      ...tenderRows(day.samples),
      ...startRows([...starts, day.start]),
      ...memoryRows(day.memory),
    ];
  } finally {
    await counter.dispose();
  }
}

/** Imports the catalog and opens the till; what is measured afterwards finds both. */
async function firstStart(stage: Stage, shop: BenchShop, counter: Counter, say: Say): Promise<void> {
  say('first start of the application, which imports the catalog');
  const first = await startBenchRegister(stage, shop, counter);
  try {
    say(`it took ${Math.round(first.startToSignOnMs / 100) / 10} s until someone could sign on`);
    await first.signOn();
    await first.cashier.openTill(FLOAT);
  } finally {
    await closeRegister(first);
  }
}

async function toFirstLine(running: BenchRegister, counter: Counter, code: string): Promise<Start> {
  const signOnMs = await running.signOn();
  await running.cashier.searchField.waitFor();
  const probe = await PageProbe.open(running.register.page);
  let scannedAtMs = Number.NaN;
  const line = await probe.paintedLine(() => {
    scannedAtMs = counter.scan(code);
  });
  return { startToSignOnMs: running.startToSignOnMs, signOnMs, firstScanMs: line.paintedAtMs - scannedAtMs };
}

/** The last start goes on into a day: the lines of all starts are paid, then the measured sales begin. */
async function sellingDay(
  running: BenchRegister,
  counter: Counter,
  codes: string[],
  say: Say,
): Promise<{ start: Start; samples: SaleSamples; memory: MemoryReadings }> {
  const { register, cashier } = running;
  const corePid = await register.corePid();
  const bare = await bareProcessMemory(register.electron);
  const opened = processMemory(corePid);
  const start = await toFirstLine(running, counter, codes.pop() ?? '');
  const probe = await PageProbe.open(register.page);
  await probe.listenToCore();
  say('the bare way from the page to the core and back');
  const roundTripMs = await probe.roundTrips();
  await cashier.takeCash(await cashier.goToPay());
  await cashier.nextSale();
  await until('the first receipt on paper', () => counter.printer.cuts > 0, PAPER_DEADLINE_MS);
  const samples = await sellAndMeasure({ cashier, counter, probe, roundTripMs, codes, sales: SALES, say });
  return { start, samples, memory: { bare, opened, afterSales: processMemory(corePid), sales: SALES } };
}
