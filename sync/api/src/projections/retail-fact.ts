import type { PayloadOf, ReadRecord } from '@evertill/records';
import { type OrderPlaced, orderPlacedSchema } from './order-placed.ts';

/** What the projections know of. */
export type RetailFact =
  | { readonly type: 'TransactionCompleted'; readonly payload: PayloadOf<'TransactionCompleted'> }
  | { readonly type: 'TransactionSuspended'; readonly payload: PayloadOf<'TransactionSuspended'> }
  | { readonly type: 'TransactionResumed'; readonly payload: PayloadOf<'TransactionResumed'> }
  | { readonly type: 'StockCounted'; readonly payload: PayloadOf<'StockCounted'> }
  | { readonly type: 'OrderPlaced'; readonly payload: OrderPlaced };

/** The fact of a record, or `null`: of a type or version that means nothing here, or in a shape that is not its type's. */
export function retailFactOf(read: ReadRecord): RetailFact | null {
  if (read.known) {
    switch (read.type) {
      case 'TransactionCompleted':
      case 'TransactionSuspended':
      case 'TransactionResumed':
      case 'StockCounted':
        return read as RetailFact;
      default:
        return null;
    }
  }
  if (read.type !== 'OrderPlaced' || read.writtenTypeV !== 1) return null;
  const order = orderPlacedSchema.safeParse(read.payload);
  return order.success ? { type: 'OrderPlaced', payload: order.data } : null;
}
