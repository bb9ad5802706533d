export type { CancelTimer, DriverClock } from './driver-clock.ts';
export type { Unsubscribe } from './subscription.ts';
export { LinkFault, type Link, type LinkFaultCode, type LinkState } from './link.ts';
export {
  checkLinkSettings,
  type FileSettings,
  type LinkSettings,
  type LinkSettingsCheck,
  type SerialSettings,
  type TcpSettings,
} from './link-settings.ts';
export {
  cutsIn,
  marksPaper,
  type BarcodeBlock,
  type ColumnCell,
  type ColumnsBlock,
  type PaperColumns,
  type PrintAlign,
  type PrintBlock,
  type PrintDocument,
  type PrintSize,
  type TextBlock,
} from './print-document.ts';
export { checkPrintDocument, PRINT_LIMITS, type PrintDocumentCheck } from './check-print-document.ts';
export type {
  CutCount,
  PrinterState,
  PrintOutcome,
  PrintRefusal,
  PrintRequest,
  ReceiptPrinter,
} from './receipt-printer.ts';
export type { SpoolJob, SpoolJobKind, SpoolJobState, SpoolStore } from './spool-store.ts';
export type { BarcodeScanner, Scan, ScannerState } from './barcode-scanner.ts';
