export {
  serveVirtualScanner,
  type ServedVirtualScanner,
  type ServeVirtualScannerOptions,
} from './serve-virtual-scanner.ts';
