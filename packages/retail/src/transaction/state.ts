import {
  amountMinorSchema,
  basisSchema,
  idSchema,
  instantSchema,
  LINES_MAX,
  recordTypes,
  textSchema,
} from '@evertill/records';
import { z } from 'zod';

const completed = recordTypes.TransactionCompleted.payload.shape;

/** A line as it will stand in the record, with what only the screen and the tax totals need besides. */
const lineSchema = completed.lines.element.extend({
  /** The item's own name and its variant; the record's `name` holds both. */
  itemName: z.string().max(300),
  variant: z.string().max(300).nullable(),
  /** Names of the rates in `taxes`, by place. */
  taxNames: z.array(textSchema).max(8),
});

/** Which record put a transaction aside: its resumption names it. */
const suspendedBySchema = z.object({
  register: idSchema,
  epoch: z.number().int().min(1),
  seq: z.number().int().min(1),
});

/** The version of a stored draft. A draft of another version is kept and not read. */
export const STATE_VERSION = 1;

/**
 * A transaction between its first line and its end: plain JSON and complete (X12), exactly what a draft stores. Amounts are
 * resolved when they arise and not computed again (P4).
 */
export const transactionStateSchema = z.object({
  v: z.literal(STATE_VERSION),
  transactionId: idSchema,
  status: z.enum(['draft', 'tendering', 'suspended', 'completed', 'voided']),
  /** Rises by one with each change (X6). */
  revision: z.number().int().min(1),
  startedAt: instantSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  taxIncluded: z.boolean(),
  /** What the newest line was priced on. */
  basis: basisSchema,
  /** The name it was last suspended under; `null` if it never was. */
  name: textSchema.nullable(),
  suspended: z.object({ at: instantSchema, cashierName: textSchema, by: suspendedBySchema }).nullable(),
  lines: z.array(lineSchema).max(LINES_MAX),
  voidedLines: completed.voidedLines,
  tenders: completed.tenders.element.array().max(20),
  /** The line that the last change was about. */
  touchedLineId: idSchema.nullable(),
  cashRoundingMinor: amountMinorSchema,
});

export type TransactionState = z.infer<typeof transactionStateSchema>;
export type Line = TransactionState['lines'][number];

/** Reads a stored draft, `null` where it is none that this version can go on with. */
export function readTransactionState(value: unknown): TransactionState | null {
  const parsed = transactionStateSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Whether a line, as it stands, has a place in a record: what does not fit must not be sold in the first place (X10). */
export function fitsRecord(line: Line): boolean {
  return lineSchema.safeParse(line).success;
}
