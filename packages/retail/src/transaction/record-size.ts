import { LINES_MAX, RECORD_BYTES_MAX, utf8Length } from '@evertill/records';
import type { TransactionState } from './state.ts';
import { taxesOf } from './totals.ts';

/** Room for what is not a line: header, 64 tax totals, 20 tenders, totals, a reason of 200 characters of any script. */
const RESERVED_BYTES = 48 * 1024;
const TAX_TOTALS_MAX = 64;

/**
 * Whether the record of this transaction can still be written however it ends (X10). Counts the lines' JSON, which is never
 * shorter than their canonical text: the state's lines hold more than the record's.
 */
export function hasRoom(state: TransactionState): boolean {
  if (state.lines.length + state.voidedLines.length > LINES_MAX) return false;
  if (taxesOf(state.lines).length > TAX_TOTALS_MAX) return false;
  const bytes = utf8Length(JSON.stringify(state.lines)) + utf8Length(JSON.stringify(state.voidedLines));
  return bytes <= RECORD_BYTES_MAX - RESERVED_BYTES;
}
