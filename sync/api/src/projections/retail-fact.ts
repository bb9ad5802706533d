import type { FactOf, ReadRecord } from '@evertill/records';

const retailTypes = [
  'TransactionCompleted',
  'TransactionSuspended',
  'TransactionResumed',
  'StockCounted',
  'OrderPlaced',
] as const;

/** What the projections know of. */
export type RetailFact = { [T in (typeof retailTypes)[number]]: FactOf<T> }[(typeof retailTypes)[number]];

/** The fact of a record, or `null`: of a type or version that means nothing here. */
export function retailFactOf(read: ReadRecord): RetailFact | null {
  const isRetail = read.known && (retailTypes as readonly string[]).includes(read.type);
  return isRetail ? (read as RetailFact) : null;
}
