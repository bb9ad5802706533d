/** Numbers and instants as a store's customers read them. */
export type Formats = {
  /** With the currency: totals. */
  money(amountMinor: number): string;
  /** Without the currency: amounts in a column. */
  amount(amountMinor: number): string;
  /** Grams as kilograms with three decimals. */
  kilograms(grams: number): string;
  count(value: number): string;
  /** Parts per million as a percentage with no more decimals than it has. */
  percent(ratePpm: number): string;
  /** The register's own local time. */
  instant(at: string, tzOffsetMin: number): string;
  /** A business date, which has no time zone. */
  date(isoDate: string): string;
};

const MS_PER_MINUTE = 60_000;
const PPM = 1_000_000;

/** Making the formatters of one language costs as much as fifty receipts; a register prints in one or two. */
const KEPT_MAX = 4;
const kept = new Map<string, Formats>();

/** `locale` is BCP 47, `currency` ISO 4217. An unknown locale falls back to English: a receipt must print. */
export function formatsFor(locale: string, currency: string): Formats {
  const key = `${locale} ${currency}`;
  const formats = kept.get(key) ?? makeFormats(locale, currency);
  if (!kept.has(key) && kept.size >= KEPT_MAX) kept.clear();
  kept.set(key, formats);
  return formats;
}

function makeFormats(locale: string, currency: string): Formats {
  const known = knownLocale(locale);
  const money = new Intl.NumberFormat(known, { style: 'currency', currency });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  const scale = 10 ** digits;
  const amount = new Intl.NumberFormat(known, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const kilograms = new Intl.NumberFormat(known, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const count = new Intl.NumberFormat(known);
  const percent = new Intl.NumberFormat(known, { style: 'percent', maximumFractionDigits: 4 });
  // The register's offset is added by hand, so that the formatter must not add one of its own.
  const instant = new Intl.DateTimeFormat(known, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(known, { dateStyle: 'full', timeZone: 'UTC' });
  return {
    // Plus zero: nothing taken off is 0.00, never -0.00.
    money: (amountMinor) => money.format(amountMinor / scale + 0),
    amount: (amountMinor) => amount.format(amountMinor / scale + 0),
    kilograms: (grams) => `${kilograms.format(grams / 1000)} kg`,
    count: (value) => count.format(value),
    percent: (ratePpm) => percent.format(ratePpm / PPM),
    instant: (at, tzOffsetMin) => instant.format(Date.parse(at) + tzOffsetMin * MS_PER_MINUTE),
    date: (isoDate) => date.format(Date.parse(`${isoDate}T00:00:00Z`)),
  };
}

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    // A malformed tag in the store's settings; refusing the receipt for it would help nobody.
    return 'en';
  }
}
