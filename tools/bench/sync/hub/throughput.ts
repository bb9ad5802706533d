import type { BenchRow } from '../../bench-row.ts';
import { quantile, spread, threeDigits } from '../../quantile.ts';
import { startBenchHub } from './bench-hub.ts';
import { openJournals } from './push-segment.ts';
import { steadyLoad, type LoadMeasured } from './steady-load.ts';

const REGISTERS = 500;
const SALES_PER_SECOND = Number(process.env['EVERTILL_BENCH_RATE'] ?? 1_000);
/** The issue asks for 60: `EVERTILL_BENCH_SECONDS=60`. */
const SECONDS = Number(process.env['EVERTILL_BENCH_SECONDS'] ?? 20);
/** Compiling what runs hot, growing the heap: a hub runs for months. */
const WARM_UP_SECONDS = 8;
const SALES_AIM = 5_000;
const LAG_MAX_MS = 5_000;
/** Of the last third over the one before it: what grows with the sales would grow by more. */
const MEMORY_GROWTH_MAX = 1.1;
/** What is on its way at the end is a little more or less than at the beginning. */
const RATE_SHARE_MIN = 0.98;

/** A chain's worth of registers that sell at the same time and listen for hints: does the hub keep up, and what does it weigh? */
export async function benchThroughput(say: (line: string) => void): Promise<BenchRow[]> {
  const hub = await startBenchHub(REGISTERS);
  try {
    await openJournals(hub);
    const sales = SALES_PER_SECOND * (WARM_UP_SECONDS + SECONDS);
    say(`sealing ${sales} sales of ${REGISTERS} registers`);
    for (const { selling } of hub.registers) selling.sell(Math.ceil(sales / REGISTERS));
    say(`${SALES_PER_SECOND} sales a second for ${WARM_UP_SECONDS} + ${SECONDS} s`);
    const load = { salesPerSecond: SALES_PER_SECOND, warmUpSeconds: WARM_UP_SECONDS, seconds: SECONDS };
    return rowsOf(await steadyLoad(hub, load));
  } finally {
    await hub.dispose();
  }
}

const without = { anchor: null, anchorP50: null, ratio: null } as const;

function rowsOf({ sockets, failures, salesPerSecond: rate, pushMs, hintMs, memoryMb }: LoadMeasured): BenchRow[] {
  const holdsRate = rate >= SALES_PER_SECOND * RATE_SHARE_MIN;
  const load = `${SALES_PER_SECOND} sales/s for ${SECONDS} s`;
  const third = Math.floor(memoryMb.length / 3);
  const middleMb = quantile(memoryMb.slice(third, 2 * third), 0.5);
  const lastMb = quantile(memoryMb.slice(2 * third), 0.5);
  const lag = spread(hintMs);
  const lagMaxMs = threeDigits(quantile(hintMs, 1));
  return [
    {
      ...without,
      id: 'sync.throughput',
      what: `sales/s that the hub takes from ${REGISTERS} registers, ${SALES_PER_SECOND} made`,
      unit: 'count',
      p50: threeDigits(rate),
      p99: threeDigits(rate),
      target: `${SALES_PER_SECOND} for ${SECONDS} s; aim ${SALES_AIM}`,
      kind: 'gate',
      holds: holdsRate,
    },
    {
      ...without,
      id: 'sync.throughput-push',
      what: `sale → confirmed by the hub, at ${load}; requests sent again: ${failures}`,
      unit: 'ms',
      ...spread(pushMs),
      target: 'none',
      kind: 'aim',
      holds: true,
    },
    {
      ...without,
      id: 'sync.projection-lag',
      what: `confirmed → in the view, and heard of by ${sockets} sockets of its store's registers (longest: ${lagMaxMs} ms), at ${load}`,
      unit: 'ms',
      ...lag,
      target: `≤ ${LAG_MAX_MS} ms`,
      kind: 'gate',
      holds: lagMaxMs <= LAG_MAX_MS,
    },
    {
      id: 'sync.hub-memory',
      what: `resident memory of the hub in the last third of ${load}`,
      unit: 'MB',
      p50: threeDigits(lastMb),
      p99: threeDigits(quantile(memoryMb, 1)),
      anchor: 'the third before',
      anchorP50: threeDigits(middleMb),
      ratio: threeDigits(lastMb / middleMb),
      target: `≤ ${MEMORY_GROWTH_MAX} × the third before`,
      kind: 'gate',
      holds: lastMb <= middleMb * MEMORY_GROWTH_MAX,
    },
  ];
}
