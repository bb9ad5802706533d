export { printerConformance, type PrinterBench } from './receipt-printer.ts';
export { scannerConformance, type ScannerBench } from './barcode-scanner.ts';
