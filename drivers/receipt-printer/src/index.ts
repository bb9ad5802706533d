export { epsonProfile, oneWayProfile, type CodePage, type PrinterProfile } from './profile/printer-profile.ts';
export { encodeDocument, REPRINT_MARK, type EncodedDocument } from './encoder/encode-document.ts';
export { escPosPrinter } from './printer/escpos-printer.ts';
export { PRINTER_LIMITS, type PrinterLimits } from './printer/printer-limits.ts';
export {
  startSpool,
  SPOOL_LIMITS,
  type Spool,
  type SpoolEvent,
  type SpoolLimits,
  type SpoolOptions,
} from './spool/spool.ts';
