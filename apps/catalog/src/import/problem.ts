/** Why a row was not taken in. */
export type ProblemCode =
  | 'broken-quote'
  | 'record-too-long'
  | 'cell-count'
  | 'cut-off'
  | 'cell-empty'
  | 'text-too-long'
  | 'text-damaged'
  | 'control-character'
  | 'formula'
  | 'barcode-damaged'
  | 'barcode-check-digit'
  | 'barcode-not-an-item'
  | 'price-unreadable'
  | 'price-ambiguous'
  | 'price-negative'
  | 'price-too-high'
  | 'price-fraction'
  | 'sale-above-regular'
  | 'quantity-unreadable'
  | 'flag-unreadable'
  | 'date-unreadable'
  | 'tax-class-unknown'
  | 'currency-differs'
  | 'duplicate-sku'
  | 'duplicate-barcode'
  | 'parent-unknown';

/** What is wrong with a cell, before it is known where the cell is. */
export type CellProblem = { code: ProblemCode; reason: string };

/** One row that was not taken in. `line` is the physical line of the file on which the row begins, counted from 1. */
export type RejectedRow = { line: number; column: string | null; code: ProblemCode; reason: string };

/** Why a whole file was not taken in. */
export type RefusalCode =
  | 'cannot-read'
  | 'empty-file'
  | 'not-text'
  | 'format-unknown'
  | 'column-missing'
  | 'column-twice'
  | 'too-many-columns'
  | 'catalog-unreadable'
  | 'journal-unusable';

/** Thrown inside the import, answered as data at its door. The message is a sentence for the person at the keyboard. */
export class FileRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FileRefused';
    this.code = code;
  }
}
