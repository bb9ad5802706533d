import { scaleAmount } from '../money/scale-amount.ts';
import { shareOut } from '../money/share-out.ts';

/** A rate in parts per million: 20 % is 200000. */
export type TaxRate = { rateId: string; name: string; ratePpm: number };
export type LineTax = { rateId: string; ratePpm: number; taxableMinor: number; taxMinor: number };

const PPM = 1_000_000;

/**
 * The taxes of one line, one per rate, rounded per line (T1), and what the customer pays for it.
 *
 * @param amountMinor the line after modifiers: with the tax inside where `taxIncluded`, else without
 */
export function taxLine(
  amountMinor: number,
  rates: readonly TaxRate[],
  taxIncluded: boolean,
): { taxes: LineTax[]; totalMinor: number } {
  return taxIncluded ? taxInside(amountMinor, rates) : taxOnTop(amountMinor, rates);
}

function taxOnTop(netMinor: number, rates: readonly TaxRate[]): { taxes: LineTax[]; totalMinor: number } {
  const taxes = rates.map(({ rateId, ratePpm }) => ({
    rateId,
    ratePpm,
    taxableMinor: netMinor,
    taxMinor: scaleAmount(netMinor, ratePpm, PPM),
  }));
  return { taxes, totalMinor: taxes.reduce((sum, tax) => sum + tax.taxMinor, netMinor) };
}

function taxInside(grossMinor: number, rates: readonly TaxRate[]): { taxes: LineTax[]; totalMinor: number } {
  const allPpm = rates.reduce((sum, rate) => sum + rate.ratePpm, 0);
  const taxMinor = scaleAmount(grossMinor, allPpm, PPM + allPpm);
  const shares = shareOut(
    taxMinor,
    rates.map((rate) => rate.ratePpm),
  );
  const taxes = rates.map(({ rateId, ratePpm }, index) => ({
    rateId,
    ratePpm,
    taxableMinor: grossMinor - taxMinor,
    taxMinor: shares[index] ?? 0,
  }));
  return { taxes, totalMinor: grossMinor };
}
