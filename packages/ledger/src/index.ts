export { fileHighWaterMark, type HighWaterMark, memoryHighWaterMark } from './high-water-mark.ts';
export type { LedgerRecord, RecordFilter } from './journal-table.ts';
export { LedgerFault, type LedgerFaultCode, ledgerFaults, type FaultRetry } from './ledger-fault.ts';
export type { LedgerOptions, OpeningReport } from './ledger-options.ts';
export type { LedgerSpool, SpoolEntry, SpoolJob, SpoolJobState } from './ledger-spool.ts';
export type {
  Draft,
  LedgerTransaction,
  NewPrintJob,
  OverlayRow,
  PrintJobKind,
  StoredDraft,
} from './ledger-transaction.ts';
export type { Ledger, LedgerAudit } from './ledger.ts';
export { openLedger, rebuildLedger } from './open-ledger.ts';
export { SECOND_COPY_FILE } from './second-copy.ts';
export type { TrailState } from './trail.ts';
