export { printerConformance, type PrinterBench } from './receipt-printer.ts';
export { scannerConformance, type ScannerBench } from './barcode-scanner.ts';
export { spoolStoreConformance, type SpoolStoreBench } from './spool-store.ts';
