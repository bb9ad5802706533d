export { circulationOf } from './circulation.ts';
export type { Circulation } from './circulation.ts';
export { gtinCheckDigit, isValidGtin, toGtin14 } from './gtin.ts';
export { normaliseScanCode, readScanCode } from './scan-code.ts';
export type { ScanCodeReading } from './scan-code.ts';
