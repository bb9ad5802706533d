import type { Cashier } from '../../../apps/register/e2e/harness/cashier.ts';
import type { Counter } from '../../../apps/register/e2e/harness/counter.ts';
import { until } from '../../../apps/register/e2e/harness/waiting.ts';
import type { BenchRow } from '../bench-row.ts';
import { quantile, spread, threeDigits } from '../quantile.ts';
import type { PageProbe } from './page-probe.ts';

const PAINTED_P99_MAX_MS = 33;
const WORK_P99_MAX_MS = 8;
const FIRST_BYTE_P50_MAX_MS = 20;
const FIRST_BYTE_P95_MAX_MS = 60;
const PAPER_DEADLINE_MS = 20_000;
const SAY_EVERY_SALES = 50;

export type SaleSamples = {
  roundTripMs: number[];
  scanToPaintedMs: number[];
  /** From the driver's last byte to the snapshot in the page; the stamp of the driver is of whole milliseconds, rounded down. */
  scanToSnapshotMs: number[];
  /** Script, style and layout of the page for that line. */
  scanPageWorkMs: number[];
  tenderToDurableMs: number[];
  tenderToFirstByteMs: number[];
};

type Selling = {
  cashier: Cashier;
  counter: Counter;
  probe: PageProbe;
  roundTripMs: number[];
  codes: string[];
  sales: number;
  say: (line: string) => void;
};

/** Sells as a quick cashier does: two scans, cash, next. Each sale waits until the receipt before it is cut, so that a first byte is its own. */
export async function sellAndMeasure({ sales, say, ...selling }: Selling): Promise<SaleSamples> {
  const samples: SaleSamples = {
    roundTripMs: selling.roundTripMs,
    scanToPaintedMs: [],
    scanToSnapshotMs: [],
    scanPageWorkMs: [],
    tenderToDurableMs: [],
    tenderToFirstByteMs: [],
  };
  for (let sale = 1; sale <= sales; sale += 1) {
    await scan(selling, samples);
    await scan(selling, samples);
    await tender(selling, samples);
    if (sale % SAY_EVERY_SALES === 0) say(`${sale} of ${sales} sales`);
  }
  return samples;
}

async function scan({ counter, probe, codes }: Omit<Selling, 'sales' | 'say'>, samples: SaleSamples): Promise<void> {
  const code = codes.pop();
  if (code === undefined) throw new Error('too few codes to scan');
  const workBeforeMs = await probe.workMs();
  let lastByteAtMs = Number.NaN;
  const line = await probe.paintedLine(() => {
    lastByteAtMs = counter.scan(code);
  });
  samples.scanPageWorkMs.push((await probe.workMs()) - workBeforeMs);
  samples.scanToPaintedMs.push(line.paintedAtMs - lastByteAtMs);
  samples.scanToSnapshotMs.push(line.snapshotAtMs - line.receivedAtMs);
}

async function tender(
  { cashier, counter, probe }: Omit<Selling, 'sales' | 'say'>,
  samples: SaleSamples,
): Promise<void> {
  const cutsBefore = counter.printer.cuts;
  await cashier.takeCash(await cashier.goToPay());
  const { enterAtMs, completedAtMs } = await probe.tenderTimes();
  samples.tenderToDurableMs.push(completedAtMs - enterAtMs);
  const firstByteAtMs = await until('the receipt', () => counter.firstPrintedAfter(enterAtMs), PAPER_DEADLINE_MS);
  samples.tenderToFirstByteMs.push(firstByteAtMs - enterAtMs);
  await cashier.nextSale();
  await until('the cut receipt', () => counter.printer.cuts > cutsBefore, PAPER_DEADLINE_MS);
}

export function scanRows({ roundTripMs, scanToPaintedMs, scanToSnapshotMs, scanPageWorkMs }: SaleSamples): BenchRow[] {
  const painted = spread(scanToPaintedMs);
  const work = spread(scanToSnapshotMs.map((coreMs, index) => coreMs + (scanPageWorkMs[index] ?? 0)));
  const core = spread(scanToSnapshotMs);
  const page = spread(scanPageWorkMs);
  return [
    {
      id: 'scan-to-painted',
      what: 'last scanner byte → painted line',
      unit: 'ms',
      ...painted,
      ...against(roundTripMs, painted.p50),
      target: `p99 ≤ ${PAINTED_P99_MAX_MS} ms`,
      kind: 'aim',
      holds: painted.p99 <= PAINTED_P99_MAX_MS,
    },
    {
      id: 'scan-work',
      what: `of which core, script and layout (core ${core.p50}/${core.p99}, page ${page.p50}/${page.p99}; the rest waits for a frame)`,
      unit: 'ms',
      ...work,
      ...against(roundTripMs, work.p50),
      target: `p99 ≤ ${WORK_P99_MAX_MS} ms`,
      kind: 'aim',
      holds: work.p99 <= WORK_P99_MAX_MS,
    },
  ];
}

export function tenderRows({ roundTripMs, tenderToDurableMs, tenderToFirstByteMs }: SaleSamples): BenchRow[] {
  const durable = spread(tenderToDurableMs);
  const firstByte = spread(tenderToFirstByteMs);
  const p95 = threeDigits(quantile(tenderToFirstByteMs, 0.95));
  return [
    {
      id: 'tender-to-durable',
      what: 'Enter that pays → page knows that the sale is on disk',
      unit: 'ms',
      ...durable,
      ...against(roundTripMs, durable.p50),
      target: 'none; one fsync lies on this way',
      kind: 'aim',
      holds: true,
    },
    {
      id: 'tender-to-first-byte',
      what: `Enter that pays → first byte of its receipt at the printer's end (p95 ${p95} ms)`,
      unit: 'ms',
      ...firstByte,
      ...against(roundTripMs, firstByte.p50),
      target: `p50 ≤ ${FIRST_BYTE_P50_MAX_MS} ms, p95 ≤ ${FIRST_BYTE_P95_MAX_MS} ms`,
      kind: 'aim',
      holds: firstByte.p50 <= FIRST_BYTE_P50_MAX_MS && p95 <= FIRST_BYTE_P95_MAX_MS,
    },
  ];
}

function against(roundTripMs: readonly number[], p50: number): Pick<BenchRow, 'anchor' | 'anchorP50' | 'ratio'> {
  const anchorP50 = threeDigits(quantile(roundTripMs, 0.5));
  return { anchor: 'bare message, page → core → page', anchorP50, ratio: threeDigits(p50 / anchorP50) };
}
