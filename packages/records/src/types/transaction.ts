import { z } from 'zod';
import { amountMinorSchema, countSchema, idSchema, instantSchema, textSchema } from '../header.ts';
import { LINES_MAX } from '../limits.ts';

/** Who served, as printed: the name is kept because staff leave and receipts stay. */
export const cashierSchema = z.object({ id: idSchema, name: textSchema });

/**
 * Unit of a quantity, UN/ECE Recommendation 20: `EA` pieces, `GRM` grams. A quantity is always a whole number of its unit;
 * goods priced by the kilogram have `priceQuantity` 1000 of `GRM`.
 */
export const unitSchema = z.enum(['EA', 'GRM']);

/** A price modifier as resolved: `amountMinor` is taken off the line's extended amount (positive lowers the price). */
export const priceModifierSchema = z.object({
  modifierId: idSchema,
  kind: z.enum(['discount', 'markdown', 'override', 'promotion']),
  amountMinor: amountMinorSchema,
  reason: textSchema,
  rule: z.string().max(80).nullable(),
});

/** Tax of one rate on one line. Inclusive stores: `taxableMinor` is net of the tax; exclusive stores: tax comes on top. */
export const lineTaxSchema = z.object({
  rateId: idSchema,
  /** Parts per million: 20 % is 200000. */
  ratePpm: z.number().int().min(0).max(10_000_000),
  taxableMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
});

/** A sold line with everything that its price rests on: no reader prices it again. */
export const lineItemSchema = z.object({
  lineId: idSchema,
  itemId: idSchema,
  sku: z.string().max(80),
  scanCode: z.string().max(80),
  name: textSchema,
  department: z.string().max(80),
  quantity: z.number().int().min(1).max(1_000_000_000),
  unit: unitSchema,
  /** `unitPriceMinor` is the price of this many units. */
  priceQuantity: z.number().int().min(1).max(1_000_000),
  unitPriceMinor: amountMinorSchema,
  /** The price before a markdown, for "you saved"; `null` where there is none. */
  compareAtMinor: amountMinorSchema.nullable(),
  priceId: z.string().max(80).nullable(),
  /** quantity × unit price ÷ price quantity, before modifiers. */
  extendedMinor: amountMinorSchema,
  modifiers: z.array(priceModifierSchema).max(20),
  taxClass: z.string().max(80),
  taxes: z.array(lineTaxSchema).max(8),
  /** What the customer pays for the line, tax included. */
  totalMinor: amountMinorSchema,
});
export type LineItemFact = z.infer<typeof lineItemSchema>;

export const voidedLineSchema = z.object({
  lineId: idSchema,
  itemId: idSchema,
  name: textSchema,
  quantity: z.number().int().min(1).max(1_000_000_000),
  extendedMinor: amountMinorSchema,
  reason: textSchema,
  voidedBy: idSchema,
  voidedAt: instantSchema,
});

export const taxTotalSchema = z.object({
  rateId: idSchema,
  name: textSchema,
  ratePpm: z.number().int().min(0).max(10_000_000),
  taxableMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
});

export const tenderSchema = z.object({
  tenderId: idSchema,
  kind: z.enum(['cash']),
  /** What the customer handed over, before change. */
  amountMinor: amountMinorSchema,
});
export type TenderFact = z.infer<typeof tenderSchema>;

/** I6: `extended − discount (+ tax where it comes on top) = total`; `tendered − changeDue = total + cashRounding`. */
export const transactionTotalsSchema = z.object({
  extendedMinor: amountMinorSchema,
  discountMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
  totalMinor: amountMinorSchema,
  /** Pieces; a weighed line counts as one. */
  itemCount: countSchema,
});
export type TransactionTotals = z.infer<typeof transactionTotalsSchema>;

const identity = {
  transactionId: idSchema,
  tillSessionId: idSchema,
  startedAt: instantSchema,
  cashier: cashierSchema,
};

const body = {
  taxIncluded: z.boolean(),
  lines: z.array(lineItemSchema).max(LINES_MAX),
  voidedLines: z.array(voidedLineSchema).max(LINES_MAX),
  taxes: z.array(taxTotalSchema).max(64),
  totals: transactionTotalsSchema,
};

/** A sale is done: the goods, the money and the number on the receipt. */
export const transactionCompleted = z.object({
  ...identity,
  ...body,
  /** Gapless per (register, epoch), shared with {@link transactionVoided} (I5). */
  receiptNumber: z.number().int().min(1),
  tenders: z.array(tenderSchema).min(1).max(20),
  cashRoundingMinor: amountMinorSchema,
  changeDueMinor: amountMinorSchema,
});

/** A transaction was given up before it was paid; it keeps what it held and consumes a receipt number (I5). */
export const transactionVoided = z.object({
  ...identity,
  ...body,
  receiptNumber: z.number().int().min(1),
  reason: textSchema,
});

/** An untendered transaction was put aside. */
export const transactionSuspended = z.object({ ...identity, ...body, name: textSchema });

/** A suspended transaction was taken up again; it goes on under its own id. */
export const transactionResumed = z.object({
  transactionId: idSchema,
  tillSessionId: idSchema,
  /** The TransactionSuspended record that this consumes. */
  suspended: z.object({ register: idSchema, epoch: z.number().int().min(1), seq: z.number().int().min(1) }),
});

/** A further print of a receipt; the paper says DUPLICATE (I25). */
export const receiptReprinted = z.object({
  transactionId: idSchema,
  receiptNumber: z.number().int().min(1),
  copyNumber: z.number().int().min(1).max(1000),
  reason: z.enum(['requested', 'interrupted']),
});
