import { BreakLine, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import type { PrintAlign, PrintSize } from '@evertill/driver-contract';
import type { CodePageName } from '../profile/printer-profile.ts';
import type { PrintableText } from './printable-text.ts';

/** Height and width of a character as `GS !` takes them, zero for once. */
const SCALES: Record<PrintSize, { height: number; width: number }> = {
  normal: { height: 0, width: 0 },
  tall: { height: 1, width: 0 },
  wide: { height: 0, width: 1 },
  large: { height: 1, width: 1 },
};

/** EAN-13 in `GS k` with a length byte. node-thermal-printer takes the number as it stands in the reference. */
const EAN13 = 67;

type BuilderBytes = Parameters<ThermalPrinter['setBuffer']>[0];
const NOTHING = new Uint8Array(0) as BuilderBytes;

const BARCODE = { height: 80, width: 2 };

/**
 * Bytes of one job through node-thermal-printer, used as a byte builder only (its transports print twice and report success to
 * nobody; see `docs/001-byte-builder.md`). What it is given is printable in the page that is set, so that it never changes pages
 * by itself; it never breaks lines.
 */
export type PageBuilder = {
  /** ESC @ and the first code page: after it nothing is left of an earlier job. */
  begin(): void;
  text(lines: readonly string[], style: { align: PrintAlign; bold: boolean; size: PrintSize; invert: boolean }): void;
  feed(lines: number): void;
  cut(mode: 'full' | 'partial'): void;
  code128(value: string, showText: boolean): void;
  ean13(value: string, showText: boolean): void;
  alignCenter(): void;
  alignLeft(): void;
  /** The bytes since the last call. */
  take(): Uint8Array;
};

export function pageBuilder(pages: readonly { name: CodePageName }[], texts: PrintableText): PageBuilder {
  // `interface: ''` opens none; the declaration asks for one all the same.
  const builder = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '', breakLine: BreakLine.NONE });
  const first = pages[0]?.name ?? 'PC437_USA';
  let page = first;

  function setPage(name: CodePageName): void {
    builder.setCharacterSet(name);
    page = name;
  }

  function line(text: string): void {
    for (const run of texts.runs(text, page)) {
      if (run.page !== page) setPage(run.page);
      builder.print(run.text);
    }
    builder.newLine();
  }

  const align = {
    left: () => builder.alignLeft(),
    center: () => builder.alignCenter(),
    right: () => builder.alignRight(),
  };

  return {
    begin() {
      builder.append('\x1b@');
      setPage(first);
    },
    text(lines, { align: side, bold, size, invert }) {
      const { height, width } = SCALES[size];
      align[side]();
      if (bold) builder.bold(true);
      if (invert) builder.invert(true);
      // The builder takes height for width: its first argument goes where `GS !` keeps the width.
      if (size !== 'normal') builder.setTextSize(width, height);
      for (const one of lines) line(one);
      if (size !== 'normal') builder.setTextSize(0, 0);
      if (invert) builder.invert(false);
      if (bold) builder.bold(false);
    },
    feed(lines) {
      builder.append(`\x1bd${String.fromCharCode(lines)}`);
    },
    cut(mode) {
      if (mode === 'full') builder.cut({ verticalTabAmount: 0 });
      else builder.partialCut({ verticalTabAmount: 0 });
      // Its cut initialises the printer, which forgets the page: "€5" would print as "╒5" from here on.
      setPage(first);
    },
    code128(value, showText) {
      // In code set B a brace opens a change of set; doubled it is itself.
      builder.printBarcode(value.replaceAll('{', '{{'), 73, { ...BARCODE, hriPos: showText ? 2 : 0 });
    },
    ean13(value, showText) {
      builder.printBarcode(value, EAN13, { ...BARCODE, hriPos: showText ? 2 : 0 });
    },
    alignCenter: align.center,
    alignLeft: align.left,
    take() {
      const bytes = new Uint8Array(builder.getBuffer() ?? []);
      builder.setBuffer(NOTHING);
      return bytes;
    },
  };
}
