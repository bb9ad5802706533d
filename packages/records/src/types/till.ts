import { z } from 'zod';
import { amountMinorSchema, businessDateSchema, countSchema, idSchema } from '../header.ts';
import { taxTotalSchema } from './transaction.ts';

/** How many pieces of one banknote or coin. */
export const denominationCountSchema = z.object({
  denominationMinor: z.number().int().min(1).max(1_000_000_000),
  count: z.number().int().min(0).max(1_000_000),
});
export type DenominationCount = z.infer<typeof denominationCountSchema>;

const countedCash = { counts: z.array(denominationCountSchema).max(40) };

/** A till was opened with a counted float (ARTS: loan). */
export const tillOpened = z.object({
  tillSessionId: idSchema,
  tillId: idSchema,
  ...countedCash,
  floatMinor: amountMinorSchema,
});

/** I8: `float + cash tendered − change = expected`; over or short is `counted − expected`, stated once and never edited. */
export const drawerSumsSchema = z.object({
  floatMinor: amountMinorSchema,
  cashTenderedMinor: amountMinorSchema,
  changeGivenMinor: amountMinorSchema,
  expectedMinor: amountMinorSchema,
});
export type DrawerSums = z.infer<typeof drawerSumsSchema>;

/** A till was counted and closed. */
export const tillClosed = z.object({
  tillSessionId: idSchema,
  tillId: idSchema,
  ...countedCash,
  countedMinor: amountMinorSchema,
  drawer: drawerSumsSchema,
  overShortMinor: amountMinorSchema,
});

/** What was sold in one clock hour of local time. */
export const hourlySalesSchema = z.object({
  hour: z.number().int().min(0).max(23),
  transactionCount: countSchema,
  totalMinor: amountMinorSchema,
});
export type HourlySales = z.infer<typeof hourlySalesSchema>;

/** The sums that an X reads and a Z closes. */
export const salesSumsSchema = z.object({
  transactionCount: countSchema,
  voidedTransactionCount: countSchema,
  voidedLineCount: countSchema,
  itemCount: countSchema,
  extendedMinor: amountMinorSchema,
  discountMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
  totalMinor: amountMinorSchema,
  taxes: z.array(taxTotalSchema).max(64),
  tenders: z.array(z.object({ kind: z.enum(['cash']), count: countSchema, amountMinor: amountMinorSchema })).max(20),
  changeGivenMinor: amountMinorSchema,
  firstReceiptNumber: z.number().int().min(1).nullable(),
  lastReceiptNumber: z.number().int().min(1).nullable(),
  hours: z.array(hourlySalesSchema).max(24),
});
export type SalesSums = z.infer<typeof salesSumsSchema>;

/** A reading was taken (X report). */
export const xReportRead = z.object({ tillSessionId: idSchema, sums: salesSumsSchema, drawer: drawerSumsSchema });

/** A till session was closed into a numbered report (Z report). Numbers are gapless; the grand total never falls (I12). */
export const zReportIssued = z.object({
  zNumber: z.number().int().min(1),
  tillSessionId: idSchema,
  businessDate: businessDateSchema,
  /** The records it covers, both ends included, in this journal's epoch order. */
  from: z.object({ epoch: z.number().int().min(1), seq: z.number().int().min(1) }),
  to: z.object({ epoch: z.number().int().min(1), seq: z.number().int().min(1) }),
  sums: salesSumsSchema,
  drawer: drawerSumsSchema,
  countedMinor: amountMinorSchema,
  overShortMinor: amountMinorSchema,
  previousGrandTotalMinor: amountMinorSchema,
  grandTotalMinor: amountMinorSchema,
});

/** The trading day was opened; it never runs backwards. */
export const businessDayOpened = z.object({ businessDate: businessDateSchema });
