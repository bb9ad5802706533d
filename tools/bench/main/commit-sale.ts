import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from '../bench-row.ts';
import { quantile, spread, threeDigits } from '../quantile.ts';

const run = promisify(execFile);
const child = path.join(path.dirname(fileURLToPath(import.meta.url)), 'commit-sale-child.ts');
const COMMITS = 1_000;
const COMMITS_SLOW = 200;
const FSYNC_DELAY_US = 10_000;
const CPU_OVER_RAW_MAX_MS = 0.5;

type Samples = { cpuMs: number[]; wallMs: number[] };
type Measured = { ledger: Samples; raw: Samples };

/** What a sale's commit costs over the same rows in bare SQLite with the same durability: on this disk, and on one 10 ms slower per fsync. */
export async function benchCommitSale(say: (line: string) => void): Promise<BenchRow[]> {
  say(`committing ${COMMITS} sales, in turns with bare rows`);
  const plain = await measure(process.execPath, [], COMMITS);
  const rows = [cpuRow(plain), wallRow('commit-sale-wall', 'commitSale, until it is on this disk', plain)];
  say(`the same ${COMMITS_SLOW} times with ${FSYNC_DELAY_US / 1000} ms more for each fsync`);
  const inject = [
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    'trace=fsync,fdatasync',
    '-e',
    `inject=fsync,fdatasync:delay_exit=${FSYNC_DELAY_US}`,
    process.execPath,
  ];
  try {
    const slow = await measure('strace', inject, COMMITS_SLOW);
    rows.push(wallRow('commit-sale-slow-disk', 'commitSale with 10 ms injected into fsync', slow));
  } catch (fault) {
    if (!(fault instanceof Error) || !('code' in fault) || fault.code !== 'ENOENT') throw fault;
    say('strace is not installed: the slow disk was not measured');
  }
  return rows;
}

async function measure(file: string, before: string[], commits: number): Promise<Measured> {
  const args = [
    ...before,
    '--import',
    import.meta.resolve('tsx'),
    '--disable-warning=ExperimentalWarning',
    child,
    String(commits),
  ];
  const { stdout } = await run(file, args, { maxBuffer: 64 * 2 ** 20, timeout: 300_000 });
  return JSON.parse(stdout) as Measured;
}

function cpuRow({ ledger, raw }: Measured): BenchRow {
  // In pairs, so that a slow moment of the machine is in both.
  const over = ledger.cpuMs.map((spent, index) => spent - (raw.cpuMs[index] ?? 0));
  const anchorP50 = threeDigits(quantile(raw.cpuMs, 0.5));
  const { p50, p99 } = spread(over);
  return {
    id: 'commit-sale-cpu',
    what: 'commitSale, processor time over the same rows in raw SQLite FULL',
    unit: 'ms',
    p50,
    p99,
    anchor: 'raw rows',
    anchorP50,
    ratio: threeDigits(quantile(ledger.cpuMs, 0.5) / quantile(raw.cpuMs, 0.5)),
    target: `p50 ≤ ${CPU_OVER_RAW_MAX_MS} ms`,
    kind: 'aim',
    holds: p50 <= CPU_OVER_RAW_MAX_MS,
  };
}

/** One fsync on the path: a sale may not take longer than the bare rows by more than what it computes, however slow the disk. */
function wallRow(id: string, what: string, { ledger, raw }: Measured): BenchRow {
  const ratio = threeDigits(quantile(ledger.wallMs, 0.5) / quantile(raw.wallMs, 0.5));
  const overMs = quantile(ledger.wallMs, 0.5) - quantile(raw.wallMs, 0.5);
  return {
    id,
    what,
    unit: 'ms',
    ...spread(ledger.wallMs),
    anchor: 'raw rows',
    anchorP50: threeDigits(quantile(raw.wallMs, 0.5)),
    ratio,
    target: 'p50 ≤ raw rows + 2 ms',
    kind: 'aim',
    holds: overMs <= 2,
  };
}
