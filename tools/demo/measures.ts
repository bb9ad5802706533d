export type Percentiles = { count: number; p50: number; p99: number };

/** Nearest rank; with few samples p99 is the largest. Rounded to a tenth of a millisecond. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = samples.filter(Number.isFinite).sort((left, right) => left - right);
  const at = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    return value === undefined ? Number.NaN : Math.round(value * 10) / 10;
  };
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
}
