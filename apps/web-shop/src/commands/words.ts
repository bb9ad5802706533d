import { currencyDigits } from '@evertill/retail';
import type { PayloadOf } from '@evertill/records';

/** A name from a catalog or a record must not be able to steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '·');
}

/** Plain and sortable: `12.50 EUR`. */
export function moneyText(amountMinor: number, currency: string | null): string {
  const digits = currency === null ? 0 : currencyDigits(currency);
  const units = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = units.slice(0, units.length - digits);
  const fraction = digits === 0 ? '' : `.${units.slice(-digits)}`;
  return `${amountMinor < 0 ? '-' : ''}${whole}${fraction}${currency === null ? '' : ` ${currency}`}`;
}

type Line = Pick<PayloadOf<'OrderPlaced'>['lines'][number], 'quantity' | 'unit' | 'name' | 'totalMinor'>;

/** One line of an order; a gram is a gram, a piece needs no unit. */
export function lineText({ quantity, unit, name, totalMinor }: Line, currency: string | null): string {
  const count = unit === 'EA' ? `${quantity} ×` : `${quantity} ${unit}`;
  return `  ${count} ${printable(name)}  ${moneyText(totalMinor, currency)}`;
}
