export * from './header.ts';
export * from './limits.ts';
export { canonicalText, type CanonicalValue } from './canonical-text.ts';
export { RecordFault, type RecordFaultCode } from './record-fault.ts';
export {
  readRecord,
  utf8Length,
  writeRecord,
  type KnownRecord,
  type ReadRecord,
  type UnknownRecord,
  type Vocabulary,
} from './record.ts';
export { recordTypes, type Fact, type FactOf, type PayloadOf, type RecordType } from './record-types.ts';
export type { Role } from './types/staff.ts';
export type { DenominationCount, DrawerSums, HourlySales, SalesSums } from './types/till.ts';
export type { LineItemFact, TenderFact, TransactionTotals } from './types/transaction.ts';
export { upcasters, type Upcasters } from './upcasters.ts';
