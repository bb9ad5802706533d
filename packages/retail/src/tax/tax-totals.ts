export type TaxTotal = { rateId: string; name: string; ratePpm: number; taxableMinor: number; taxMinor: number };

/** Sums taxes per rate, in order of rate id and percentage (T1, T4). The name is the first one met. */
export function sumTaxes(taxes: Iterable<TaxTotal>): TaxTotal[] {
  const byRate = new Map<string, TaxTotal>();
  for (const tax of taxes) {
    const key = `${tax.rateId}\n${tax.ratePpm}`;
    const sum = byRate.get(key);
    if (!sum) byRate.set(key, { ...tax });
    else {
      sum.taxableMinor += tax.taxableMinor;
      sum.taxMinor += tax.taxMinor;
    }
  }
  return [...byRate.values()].sort((a, b) =>
    a.rateId < b.rateId ? -1 : a.rateId > b.rateId ? 1 : a.ratePpm - b.ratePpm,
  );
}
