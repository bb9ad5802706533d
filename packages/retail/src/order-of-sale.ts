import type { PayloadOf, RecordHeader } from '@evertill/records';
import { receiptLabel } from './receipt-label.ts';

/** A line of an order as every channel shows it: what, how much, for how much. */
export type OrderLine = {
  lineId: string;
  itemId: string;
  name: string;
  quantity: number;
  unit: 'EA' | 'GRM';
  totalMinor: number;
};

/** What a sale in a store is in the unified view. */
export type SaleOrder = {
  number: string;
  channel: 'store';
  status: 'completed';
  store: string;
  register: string;
  transactionId: string;
  receiptNumber: number;
  at: string;
  businessDate: string | null;
  currency: string | null;
  totalMinor: number;
  lines: OrderLine[];
};

/**
 * The order that a sale is. The server's projection and the register's own look-up both make it here, so that a sale looks the same before
 * and after the server has it.
 */
export function orderOfSale(
  header: Pick<RecordHeader, 'store' | 'register' | 'epoch' | 'at' | 'businessDate' | 'currency'>,
  sale: PayloadOf<'TransactionCompleted'>,
): SaleOrder {
  const { store, register, epoch, at, businessDate, currency } = header;
  const { transactionId, receiptNumber, lines, totals } = sale;
  return {
    number: receiptLabel({ store, register, epoch, receiptNumber }),
    channel: 'store',
    status: 'completed',
    store,
    register,
    transactionId,
    receiptNumber,
    at,
    businessDate,
    currency,
    totalMinor: totals.totalMinor,
    lines: lines.map(({ lineId, itemId, name, quantity, unit, totalMinor }) => ({
      lineId,
      itemId,
      name,
      quantity,
      unit,
      totalMinor,
    })),
  };
}
