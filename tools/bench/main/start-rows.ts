import type { BenchRow } from '../bench-row.ts';
import { quantile, spread } from '../quantile.ts';

const START_MAX_MS = 3_000;

/** One start of the application on a folder that holds a shop, a till that is open and a sale that was begun. */
export type Start = {
  /** From the start of the process until the PIN field has the cursor. */
  startToSignOnMs: number;
  /** What the script took to choose a person and type a PIN; its check alone costs a tenth of a second on purpose. */
  signOnMs: number;
  /** From the last byte of the first scan until its line was painted. */
  firstScanMs: number;
};

export function startRows(starts: readonly Start[]): BenchRow[] {
  const signOnMs = Math.round(
    quantile(
      starts.map((start) => start.signOnMs),
      0.5,
    ),
  );
  return [
    row(
      'start-to-sign-on',
      'start of the process → PIN field ready',
      starts.map((start) => start.startToSignOnMs),
    ),
    row(
      'start-to-first-line',
      `start of the process → first scanned line painted, without the sign-on in between (by script ${signOnMs} ms)`,
      starts.map((start) => start.startToSignOnMs + start.firstScanMs),
    ),
  ];
}

function row(id: string, what: string, samples: readonly number[]): BenchRow {
  const { p50, p99 } = spread(samples);
  return {
    id,
    what,
    unit: 'ms',
    p50,
    p99,
    anchor: null,
    anchorP50: null,
    ratio: null,
    target: `p50 ≤ ${START_MAX_MS} ms`,
    kind: 'aim',
    holds: p50 <= START_MAX_MS,
  };
}
