/** Digits more than these are not taken: twelve minor digits are more money than a drawer holds. */
export const AMOUNT_DIGITS_MAX = 12;

export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | 'erase' | 'clear';

/** The typed digits after a key: amounts and numbers enter from the right, as on every till (2 0 0 0 → 20.00). */
export function typeDigit(digits: string, key: KeypadKey, lengthMax: number = AMOUNT_DIGITS_MAX): string {
  if (key === 'clear') return '';
  if (key === 'erase') return digits.slice(0, -1);
  const next = (digits + key).replace(/^0+/, '');
  return next.length > lengthMax ? digits : next;
}

/** The digits in any text a person typed or pasted (`€ 20.00`, `20,00`), leading zeros gone. */
export function digitsOf(text: string, lengthMax: number = AMOUNT_DIGITS_MAX): string {
  return text.replace(/\D/g, '').replace(/^0+/, '').slice(0, lengthMax);
}

/** Minor units of typed digits; `null` when nothing was typed. */
export function amountOfDigits(digits: string): number | null {
  return digits === '' ? null : Number(digits);
}
