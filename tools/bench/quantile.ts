/** The value below which `share` (0 to 1) of the samples lie, nearest rank. @throws RangeError without samples. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[rank] as number;
}

/** p50 and p99 of samples, to three digits. */
export function spread(samples: readonly number[]): { p50: number; p99: number } {
  return { p50: threeDigits(quantile(samples, 0.5)), p99: threeDigits(quantile(samples, 0.99)) };
}

export function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
