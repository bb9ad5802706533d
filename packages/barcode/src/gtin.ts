import { isGTIN, isValid } from 'gtin';
import { generateCheckDigit } from 'gtin/lib/common.js';

/** Digits of a GTIN as the product stores it (GS1 General Specifications 3.3.2: right-justified, zero-filled). */
const GTIN_DIGITS = 14;

/**
 * Whether `text` is exactly a GTIN-8, -12, -13 or -14: digits only, with the right check digit
 * (GS1 General Specifications 7.9.1). No spaces, no letters; never throws.
 */
export function isValidGtin(text: string): boolean {
  return text !== '' && isGTIN(text) && isValid(text);
}

/** Whether `text` has the shape of a GTIN (8, 12, 13 or 14 digits), whatever its check digit says. */
export function looksLikeGtin(text: string): boolean {
  return text !== '' && isGTIN(text);
}

/**
 * The check digit that completes `body`, the GTIN without its last digit (7, 11, 12 or 13 digits).
 * @throws RangeError when `body` has another shape: that is a programmer's error.
 */
export function gtinCheckDigit(body: string): string {
  if (!/^(\d{7}|\d{11,13})$/.test(body)) throw new RangeError(`not the body of a GTIN: "${body}"`);
  return generateCheckDigit(body);
}

/** A valid GTIN of any length as its 14 digits. @throws RangeError when it is not valid. */
export function toGtin14(gtin: string): string {
  if (!isValidGtin(gtin)) throw new RangeError(`not a valid GTIN: "${gtin}"`);
  return gtin.padStart(GTIN_DIGITS, '0');
}
