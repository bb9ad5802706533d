import * as currencies from 'dinero.js/currencies';

/** Decimal digits of a currency by ISO 4217, or null for a code that is not in the list: 2 for EUR, 0 for JPY, 3 for KWD. */
export function fractionDigitsOf(currencyCode: string): number | null {
  const table: Record<string, { code: string; exponent: number }> = currencies;
  return table[currencyCode]?.exponent ?? null;
}
