/** How amounts are written where the register stands. */
export type AmountFormat = {
  readonly locale: string;
  readonly currency: string;
  /** Digits after the decimal mark of the currency (ISO 4217): EUR 2, JPY 0. */
  readonly digits: number;
  /** `123456` → `€1,234.56`. */
  withCurrency(amountMinor: number): string;
  /** `123456` → `1,234.56`. */
  plain(amountMinor: number): string;
  /** As {@link withCurrency}, with a plus or minus for anything but zero. */
  signed(amountMinor: number): string;
  /** As a keyboard types it in this locale: `1234.56`, Latin digits, no groups. */
  typed(amountMinor: number): string;
  /** The sign of the currency alone: `€`. */
  readonly symbol: string;
};

/**
 * Writes integer minor units by the rules of a locale (`Intl`, CLDR). The division is safe: a register's amounts are far below
 * 2^53 minor units, and Intl rounds the quotient back to the digits it came from.
 */
export function createAmountFormat(options: { locale: string; currency: string; digits: number }): AmountFormat {
  const { locale, currency, digits } = options;
  const scale = 10 ** digits;
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const money: Intl.NumberFormatOptions = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...fraction };
  const currencyFormat = new Intl.NumberFormat(locale, money);
  const signedFormat = new Intl.NumberFormat(locale, { ...money, signDisplay: 'exceptZero' });
  const typedFormat = new Intl.NumberFormat(locale, { ...fraction, numberingSystem: 'latn', useGrouping: false });
  const plainFormat = new Intl.NumberFormat(locale, fraction);
  return {
    locale,
    currency,
    digits,
    withCurrency: (amountMinor) => currencyFormat.format(amountMinor / scale),
    plain: (amountMinor) => plainFormat.format(amountMinor / scale),
    typed: (amountMinor) => typedFormat.format(amountMinor / scale),
    signed: (amountMinor) => signedFormat.format(amountMinor / scale),
    symbol: currencyFormat.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency,
  };
}
