export { SCANNER_SETTINGS, type ScannerSettings } from './scanner-settings.ts';
export { serialScanner, type SerialScannerOptions } from './serial-scanner.ts';
