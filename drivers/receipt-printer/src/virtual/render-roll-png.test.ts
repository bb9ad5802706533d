import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { PrintBlock } from '@evertill/driver-contract';
import { encodeDocument } from '../encoder/encode-document.ts';
import { epsonProfile } from '../profile/printer-profile.ts';
import { renderRollPng } from './render-roll-png.ts';
import { virtualPrinter } from './virtual-printer.ts';

function picture(blocks: PrintBlock[]): PNG {
  const result = encodeDocument({ v: 1, columns: 42, blocks }, epsonProfile, {
    openDrawer: true,
    interruptedBefore: false,
  });
  if (!result.ok) throw new Error(result.error.at);
  const printer = virtualPrinter({ columns: 42, clock: { nowMs: () => 0, after: () => () => {} } });
  for (const piece of result.encoded.pieces) printer.receive(piece);
  return PNG.sync.read(renderRollPng(printer.roll));
}

function barcodeIn({ width, height, data }: PNG): { text: string; format: string } {
  const grey = new Uint8ClampedArray(width * height).map((_, index) => data[index * 4] ?? 0);
  const reader = new MultiFormatReader();
  reader.setHints(new Map([[DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat.CODE_128, BarcodeFormat.EAN_13]]]));
  const result = reader.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height))));
  return { text: result.getText(), format: BarcodeFormat[result.getBarcodeFormat()] ?? '' };
}

const black = ({ data }: PNG) => data.filter((value, index) => index % 4 === 0 && value === 0).length;

describe('the picture of a roll', () => {
  it('has a QR code that a camera reads', () => {
    const image = picture([{ kind: 'qr', value: 'https://example.com/r?n=Grüße €' }]);
    const found = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
    expect(Buffer.from(found?.binaryData ?? []).toString('utf8')).toBe('https://example.com/r?n=Grüße €');
  });

  it('has bars that a scanner reads', () => {
    expect(barcodeIn(picture([{ kind: 'barcode', symbology: 'code128', value: 'DUB1-1-1-000042' }]))).toEqual({
      text: 'DUB1-1-1-000042',
      format: 'CODE_128',
    });
    expect(barcodeIn(picture([{ kind: 'barcode', symbology: 'ean13', value: '9521234567899' }]))).toEqual({
      text: '9521234567899',
      format: 'EAN_13',
    });
  });

  it('is as wide as the paper and grows with the text', () => {
    const one = picture([{ kind: 'text', text: 'x' }]);
    const two = picture([{ kind: 'text', text: 'x\nx' }]);
    expect(one.width).toBe(42 * 12 + 48);
    expect(two.height - one.height).toBe(30);
    expect(black(two)).toBe(2 * black(one));
  });

  it('shows styles: bold is darker, inverse is mostly black, tall is twice as high', () => {
    const plain = black(picture([{ kind: 'text', text: 'Total 5' }]));
    expect(black(picture([{ kind: 'text', text: 'Total 5', bold: true }]))).toBeGreaterThan(plain);
    expect(black(picture([{ kind: 'text', text: 'Total 5', invert: true }]))).toBe(7 * 12 * 24 - plain);
    expect(black(picture([{ kind: 'text', text: 'Total 5', size: 'tall' }]))).toBe(2 * plain);
  });

  it('never leaves a character out: what the font lacks is a box', () => {
    expect(black(picture([{ kind: 'text', text: 'Ж' }]))).toBeGreaterThan(0);
  });
});
