import type { PrintBlock } from '@evertill/driver-contract';
import type { Page } from './page.ts';

/** Characters of Code 128 (set B) that fit across the paper at two dots a module. */
const CODE128_FITS = { 32: 14, 42: 19, 48: 23 } as const;

/** The receipt's number for the scanner: bars where they fit, a QR code otherwise. */
export function receiptSymbol({ columns }: Page, label: string): PrintBlock[] {
  const bars = label.length <= CODE128_FITS[columns] && /^[\x20-\x7e]+$/.test(label);
  return [
    { kind: 'feed', lines: 1 },
    bars ? { kind: 'barcode', symbology: 'code128', value: label } : { kind: 'qr', value: label },
  ];
}
