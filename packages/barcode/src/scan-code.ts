import { circulationOf } from './circulation.ts';
import type { Circulation } from './circulation.ts';
import { gtinCheckDigit, isValidGtin, looksLikeGtin, toGtin14 } from './gtin.ts';

/** What a barcode cell or a scan says. `scanCode` is what the catalog stores and looks up. */
export type ScanCodeReading =
  | { kind: 'empty' }
  | { kind: 'gtin'; scanCode: string; circulation: Circulation }
  /** 12, 13 or 14 digits whose last one is wrong: a misread, a typing error, or digits rounded by a spreadsheet. */
  | { kind: 'wrong-check-digit'; scanCode: string; expectedCheckDigit: string }
  /** A spreadsheet turned the number into `8.90123E+12`: the digits are gone. */
  | { kind: 'scientific-notation'; scanCode: string }
  /** A number of the shop's own, a text in Code 128, …: kept as printed. */
  | { kind: 'other'; scanCode: string };

/** How spreadsheets write a long number: one digit, perhaps a fraction, `E+`, the exponent. */
const SCIENTIFIC_NOTATION = /^\d([.,]\d{1,15})?E\+\d{1,2}$/i;
/** A GTIN as books and cartons print it for people: `978-3-16-148410-0`, `4 012345 678901`. */
const PRINTED_IN_GROUPS = /^\d+([ -]\d+)+$/;
/** The shortest GTIN that is written in groups; an own number such as `1234-5670` stays what it is. */
const SHORTEST_GROUPED_GTIN = 12;

/**
 * The form under which a code is stored and looked up: a valid GTIN-8, -12, -13 or -14 becomes its 14 digits, anything
 * else stays as printed, without surrounding white space. Catalog and scanner use this one function, hence they meet.
 * Idempotent; never throws.
 */
export function normaliseScanCode(raw: string): string {
  const printed = raw.trim();
  const digits = withoutGroups(printed);
  return isValidGtin(digits) ? toGtin14(digits) : printed;
}

/** Reads a barcode critically, as an import must: tells a sound GTIN from a damaged one and from a number of another kind. */
export function readScanCode(raw: string): ScanCodeReading {
  const scanCode = normaliseScanCode(raw);
  if (scanCode === '') return { kind: 'empty' };
  if (isValidGtin(scanCode)) return { kind: 'gtin', scanCode, circulation: circulationOf(scanCode) };
  if (SCIENTIFIC_NOTATION.test(scanCode)) return { kind: 'scientific-notation', scanCode };
  // Eight digits are left alone: shops number their own items so, and nine of ten such numbers are no GTIN-8.
  if (looksLikeGtin(scanCode) && scanCode.length >= SHORTEST_GROUPED_GTIN) {
    return { kind: 'wrong-check-digit', scanCode, expectedCheckDigit: gtinCheckDigit(scanCode.slice(0, -1)) };
  }
  return { kind: 'other', scanCode };
}

function withoutGroups(printed: string): string {
  if (!PRINTED_IN_GROUPS.test(printed)) return printed;
  const digits = printed.replace(/[ -]/g, '');
  return digits.length >= SHORTEST_GROUPED_GTIN ? digits : printed;
}
