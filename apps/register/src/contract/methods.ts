import type { AnswerOf, CommandName, ParamsOf } from '@evertill/register';
import { z } from 'zod';
import {
  CODE_LENGTH_MAX,
  LIST_LENGTH_MAX,
  ORDERS_FOUND_MAX,
  SEARCH_LENGTH_MAX,
  STORES_MAX,
  SEARCH_RESULTS_MAX,
  TEXT_LENGTH_MAX,
} from './limits.ts';
import { taxView, unit } from './snapshots.ts';

const id = z.string().min(1).max(80);
const text = z.string().max(TEXT_LENGTH_MAX);
const minor = z.number().int();
const count = z.number().int().min(0);
const none = z.strictObject({});
const revision = count;

const counts = z
  .array(z.strictObject({ denominationMinor: z.number().int().min(1), count: z.number().int().min(0).max(1_000_000) }))
  .max(40);

const drawer = z.object({ floatMinor: minor, cashTenderedMinor: minor, changeGivenMinor: minor, expectedMinor: minor });
const sums = z.object({
  transactionCount: count,
  voidedTransactionCount: count,
  voidedLineCount: count,
  itemCount: count,
  discountMinor: minor,
  taxMinor: minor,
  totalMinor: minor,
  taxes: z.array(taxView).max(64),
  tenders: z.array(z.object({ kind: z.enum(['cash']), count, amountMinor: minor })).max(20),
  changeGivenMinor: minor,
  firstReceiptNumber: count.nullable(),
  lastReceiptNumber: count.nullable(),
  hours: z.array(z.object({ hour: count, transactionCount: count, totalMinor: minor })).max(24),
});
const xReport = z.object({ businessDate: z.string(), readAt: z.string(), sums, drawer });
const zReport = xReport.extend({
  zNumber: count,
  countedMinor: minor,
  overShortMinor: minor,
  previousGrandTotalMinor: minor,
  grandTotalMinor: minor,
});
const item = z.object({
  itemId: z.string(),
  name: z.string(),
  variant: z.string().nullable(),
  brand: z.string().nullable(),
  sku: z.string(),
  scanCode: z.string(),
  department: z.string(),
  priceMinor: minor.nullable(),
  compareAtMinor: minor.nullable(),
  onHand: z.object({ quantity: minor, unit }).nullable(),
});
const orderLine = z.object({
  lineId: z.string(),
  itemId: z.string(),
  name: z.string(),
  quantity: count,
  unit,
  totalMinor: minor,
});
const order = z.object({
  orderId: z.string(),
  number: z.string(),
  channel: z.enum(['store', 'web']),
  status: z.enum(['completed', 'awaiting-pickup', 'awaiting-shipment']),
  storeId: z.string(),
  storeName: z.string(),
  registerId: z.string(),
  at: z.string(),
  currency: z.string(),
  totalMinor: minor,
  lines: z.array(orderLine).max(LIST_LENGTH_MAX),
  atServer: z.boolean(),
});
const stockLevel = z.object({
  storeId: z.string(),
  storeName: z.string(),
  own: z.boolean(),
  onHand: minor.nullable(),
  unit,
  asOf: z.string().nullable(),
});

/** What the register window may ask: the schema of what goes in, checked by the core, and of what comes out, checked by the page. */
export const methods = {
  signOn: { params: z.strictObject({ staffId: id, pin: z.string().min(1).max(32) }), answer: z.null() },
  signOff: { params: none, answer: z.null() },
  openTill: { params: z.strictObject({ counts }), answer: z.null() },
  addByCode: {
    params: z.strictObject({ code: z.string().min(1).max(CODE_LENGTH_MAX) }),
    answer: z.object({ lineId: id }),
  },
  addItem: { params: z.strictObject({ itemId: id }), answer: z.object({ lineId: id }) },
  searchItems: {
    params: z.strictObject({
      text: z.string().max(SEARCH_LENGTH_MAX),
      limit: z.number().int().min(1).max(SEARCH_RESULTS_MAX),
    }),
    answer: z.object({ items: z.array(item).max(SEARCH_RESULTS_MAX) }),
  },
  changeQuantity: {
    params: z.strictObject({ transactionId: id, revision, lineId: id, quantity: z.number().int() }),
    answer: z.null(),
  },
  voidLine: { params: z.strictObject({ transactionId: id, revision, lineId: id, reason: text }), answer: z.null() },
  voidTransaction: { params: z.strictObject({ transactionId: id, reason: text }), answer: z.null() },
  suspend: { params: z.strictObject({ transactionId: id, name: text }), answer: z.null() },
  resume: { params: z.strictObject({ transactionId: id }), answer: z.null() },
  tenderCash: {
    params: z.strictObject({ transactionId: id, revision, amountMinor: minor }),
    answer: z.object({ completed: z.boolean(), changeDueMinor: minor }),
  },
  removeTender: { params: z.strictObject({ transactionId: id, revision, tenderId: id }), answer: z.null() },
  backToDraft: { params: z.strictObject({ transactionId: id, revision }), answer: z.null() },
  reprintLast: { params: none, answer: z.object({ copyNumber: count }) },
  resolvePrintJob: {
    params: z.strictObject({ jobId: id, action: z.enum(['print-again', 'discard']) }),
    answer: z.null(),
  },
  readX: { params: z.strictObject({ print: z.boolean() }), answer: xReport },
  countTill: {
    params: z.strictObject({ counts }),
    answer: z.object({ countedMinor: minor, expectedMinor: minor, overShortMinor: minor }),
  },
  closeTill: { params: z.strictObject({ counts }), answer: zReport },
  findOrders: {
    params: z.strictObject({ text: z.string().max(SEARCH_LENGTH_MAX) }),
    answer: z.object({
      orders: z.array(order).max(ORDERS_FOUND_MAX),
      from: z.enum(['server', 'here']),
      upToDateAt: z.string().nullable(),
    }),
  },
  stockOf: {
    params: z.strictObject({ itemId: id }),
    answer: z.object({
      itemId: z.string(),
      levels: z.array(stockLevel).max(STORES_MAX),
      upToDateAt: z.string().nullable(),
    }),
  },
  askServerAgain: { params: none, answer: z.null() },
  lastZ: { params: none, answer: zReport.nullable() },
} satisfies { [N in CommandName]: { params: z.ZodType<ParamsOf<N>>; answer: z.ZodType<AnswerOf<N>> } };
