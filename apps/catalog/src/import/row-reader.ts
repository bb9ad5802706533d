import { readScanCode } from '@evertill/barcode';
import { readDate } from './cells/sale-date.ts';
import { readPlainText } from './cells/plain-text.ts';
import { readPrice } from './cells/price-text.ts';
import { readQuantity } from './cells/quantity-text.ts';
import { CODE_LENGTH_MAX } from './limits.ts';
import type { ProblemCode, RejectedRow } from './problem.ts';

/** Where a format's fields are in this file. `names` are the columns as the file writes them, for messages. */
export type FieldColumns<Field extends string> = { [Name in Field]?: { index: number; name: string } };

/** What the shop fixes for reading amounts and dates. */
export type ReadingContext = { currency: string; fractionDigits: number; timeZone: string; nowIso: string };

/**
 * Reads the cells of one row and keeps the first problem it meets, with the name of its column. A reading that failed returns
 * a neutral value, so a format reads its row straight through and asks for `problem` once, at the end.
 */
export class RowReader<Field extends string> {
  readonly line: number;
  readonly #cells: readonly string[];
  readonly #columns: FieldColumns<Field>;
  readonly #context: ReadingContext;
  #problem: RejectedRow | null = null;

  constructor(line: number, cells: readonly string[], columns: FieldColumns<Field>, context: ReadingContext) {
    this.line = line;
    this.#cells = cells;
    this.#columns = columns;
    this.#context = context;
  }

  /** The first problem of this row. */
  get problem(): RejectedRow | null {
    return this.#problem;
  }

  reject(field: Field | null, code: ProblemCode, reason: string): void {
    const column = field === null ? null : (this.#columns[field]?.name ?? null);
    this.#problem ??= { line: this.line, column, code, reason };
  }

  has(field: Field): boolean {
    return this.#columns[field] !== undefined;
  }

  /** The cell as it is, without surrounding white space; '' where the file has no such column. */
  raw(field: Field): string {
    const column = this.#columns[field];
    return column === undefined ? '' : (this.#cells[column.index] ?? '').trim();
  }

  text(field: Field, lengthMax: number): string {
    const reading = readPlainText(this.raw(field), lengthMax);
    if (reading.ok) return reading.text;
    this.reject(field, reading.problem.code, reading.problem.reason);
    return '';
  }

  /** A code of the shop's own: SKU, handle. */
  code(field: Field): string {
    // Shopify puts an apostrophe before figures, so that spreadsheets keep their leading zeros.
    return this.text(field, CODE_LENGTH_MAX).replace(/^'(?=\d)/, '');
  }

  required(field: Field, text: string): string {
    if (text === '') this.reject(field, 'cell-empty', 'The cell is empty.');
    return text;
  }

  scanCode(field: Field): string {
    const reading = readScanCode(this.code(field));
    if (reading.kind === 'empty') return '';
    if (reading.kind === 'scientific-notation') {
      const reason = `A spreadsheet has rounded the barcode to "${reading.scanCode}". Format the column as text and export again.`;
      this.reject(field, 'barcode-damaged', reason);
    }
    if (reading.kind === 'wrong-check-digit') {
      const reason = `The barcode ${reading.scanCode} is not valid: its check digit should be ${reading.expectedCheckDigit}.`;
      this.reject(field, 'barcode-check-digit', reason);
    }
    if (reading.kind === 'gtin' && (reading.circulation === 'coupon' || reading.circulation === 'refund-receipt')) {
      this.reject(
        field,
        'barcode-not-an-item',
        `The barcode ${reading.scanCode} is a ${reading.circulation}, not an item.`,
      );
    }
    return reading.scanCode;
  }

  /** Integer minor units; null for an empty cell. */
  price(field: Field): number | null {
    if (this.raw(field) === '') return null;
    const reading = readPrice(this.raw(field), this.#context.fractionDigits);
    if (reading.ok) return reading.amountMinor;
    this.reject(field, reading.problem.code, reading.problem.reason);
    return null;
  }

  requiredPrice(field: Field): number {
    if (this.raw(field) === '') this.reject(field, 'cell-empty', 'The price is missing.');
    return this.price(field) ?? 0;
  }

  quantity(field: Field): number | null {
    const reading = readQuantity(this.raw(field));
    if (reading.ok) return reading.quantity;
    this.reject(field, reading.problem.code, reading.problem.reason);
    return null;
  }

  /** ISO instant; null for an empty cell. */
  date(field: Field, edge: 'start' | 'end'): string | null {
    const reading = readDate(this.raw(field), this.#context.timeZone, edge);
    if (reading.ok) return reading.instant;
    this.reject(field, reading.problem.code, reading.problem.reason);
    return null;
  }

  flag(field: Field, whenEmpty: boolean): boolean {
    const text = this.raw(field).toLowerCase();
    if (text === '') return whenEmpty;
    if (text === 'true' || text === '1' || text === 'yes') return true;
    if (text !== 'false' && text !== '0' && text !== 'no') {
      this.reject(field, 'flag-unreadable', `"${text.slice(0, 40)}" is neither TRUE nor FALSE.`);
    }
    return false;
  }
}
