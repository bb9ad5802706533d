/** One figure of a benchmark, held against an anchor of the same run: machines differ, ratios less so. Times in `unit`. */
export type BenchRow = {
  id: string;
  what: string;
  unit: 'ms' | 'MB' | 'ratio' | 'count';
  p50: number;
  p99: number;
  /** What the figure is compared with, measured in the same run; `null` where there is nothing to compare with. */
  anchor: string | null;
  anchorP50: number | null;
  ratio: number | null;
  /** The target in words, e.g. `p99 ≤ 33 ms`. */
  target: string;
  /** A missed gate makes the command fail; a missed aim is said. */
  kind: 'gate' | 'aim';
  holds: boolean;
};

export type BenchReport = {
  machine: {
    cpus: number;
    model: string;
    memoryGb: number;
    platform: string;
    /** What other programs took of all processors during the run, in percent; `null` where that cannot be known. */
    othersPercent: number | null;
    /** Of the run, as `nice` counts: below 0 it went before other programs. */
    niceness: number;
  };
  runtime: string;
  at: string;
  rows: BenchRow[];
};

/** A benchmark says what it is doing and returns its rows. `only` names the one part that is wanted; `runtime` is what was measured on. */
export type Bench = (
  say: (line: string) => void,
  only: string | null,
) => Promise<{ runtime: string; rows: BenchRow[] }>;
