import type { BenchRow } from '../bench-row.ts';
import { threeDigits } from '../quantile.ts';
import type { ProcessMemory } from './process-memory.ts';

const RSS_MAX_MB = 220;

export type MemoryReadings = {
  /** A process that does nothing. */
  bare: ProcessMemory;
  opened: ProcessMemory;
  afterSales: ProcessMemory;
  sales: number;
};

export function memoryRows({ bare, opened, afterSales, sales }: MemoryReadings): BenchRow[] {
  return [
    row('memory-open', `core's resident memory when open`, opened.rssMb, bare.rssMb),
    row('memory-after-sales', `core's resident memory after ${sales} sales`, afterSales.rssMb, bare.rssMb),
    row('memory-after-sales-pss', `the same, shared pages divided (PSS)`, afterSales.pssMb, bare.pssMb),
  ];
}

function row(id: string, what: string, megabytes: number, bareMb: number): BenchRow {
  return {
    id,
    what,
    unit: 'MB',
    p50: megabytes,
    p99: megabytes,
    anchor: 'a utility process that does nothing',
    anchorP50: bareMb,
    ratio: threeDigits(megabytes / bareMb),
    target: `≤ ${RSS_MAX_MB} MB`,
    kind: 'aim',
    holds: megabytes <= RSS_MAX_MB,
  };
}
