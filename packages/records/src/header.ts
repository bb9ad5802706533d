import { z } from 'zod';
import { TEXT_LENGTH_MAX } from './limits.ts';

/** The version of the header itself. A reader refuses a header that it does not know; it keeps types that it does not know. */
export const HEADER_VERSION = 1;

/** An id: short, printable ASCII, no white space, so that it can stand in a file name, a key and a log line. */
export const idSchema = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@|+-]*$/);
export const textSchema = z.string().max(TEXT_LENGTH_MAX);
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const instantSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export const businessDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);
/** Integer minor units of the record's currency; may be negative. */
export const amountMinorSchema = z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
export const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Which published and configured state a record was decided on: content hashes or versions, `null` where none was used. */
export const basisSchema = z.object({
  catalog: z.string().max(80).nullable(),
  prices: z.string().max(80).nullable(),
  promotions: z.string().max(80).nullable(),
  tax: z.string().max(80).nullable(),
  settings: z.string().max(80).nullable(),
  engine: z.string().max(80),
});
export type Basis = z.infer<typeof basisSchema>;

/**
 * The hashed part of every record except its payload (ARCHITECTURE, "The record"). Identity is `(register, epoch, seq)`;
 * clock time (`at`) is information and never decides order.
 */
export const headerSchema = z.object({
  v: z.literal(HEADER_VERSION),
  /** A fact in the past tense, e.g. `TransactionCompleted`. */
  type: z.string().regex(/^[A-Z][A-Za-z]{2,63}$/),
  /** The version of the payload's shape. */
  typeV: z.number().int().min(1).max(1000),
  tenant: idSchema,
  store: idSchema,
  register: idSchema,
  epoch: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** Hash of the record before; in a journal's very first record 64 zeros; in a later epoch's first the parent's hash. */
  prevHash: hashSchema,
  at: instantSchema,
  /** Local time at the register = `at` + this many minutes. */
  tzOffsetMin: z.number().int().min(-900).max(900),
  /** `null` until the first business day is opened. */
  businessDate: businessDateSchema.nullable(),
  /** Who did it: a staff id, or `system`. */
  actor: idSchema,
  approver: idSchema.optional(),
  claim: idSchema.optional(),
  basis: basisSchema,
  currency: currencySchema.nullable(),
});
export type RecordHeader = z.infer<typeof headerSchema>;

/** `prevHash` of the first record of a journal that has no parent. */
export const NO_PREVIOUS_HASH = '0'.repeat(64);
