import * as currencies from 'dinero.js/currencies';

type Currency = { code: string; base: number | readonly number[]; exponent: number };
const byCode = new Map<string, Currency>(
  Object.values(currencies as Record<string, Currency>).map((one) => [one.code, one]),
);

/**
 * The ISO 4217 currency of a code as dinero.js lists it.
 *
 * @throws RangeError for a code that ISO 4217 does not have: no amount can be read without its digits.
 */
export function currencyOf(code: string): Currency {
  const currency = byCode.get(code);
  if (!currency) throw new RangeError(`${code} is no ISO 4217 currency`);
  return currency;
}

/** Digits after the decimal mark (M2): EUR 2, JPY 0, KWD 3. */
export function currencyDigits(code: string): number {
  const { base, exponent } = currencyOf(code);
  // Ariary and ouguiya count five to one and are written with two digits all the same (ISO 4217 minor unit 2).
  return base === 10 ? exponent : 2;
}
