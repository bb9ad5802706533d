/** Characters per line in the printer's plain font: 80 mm paper has 42 or 48, 58 mm paper 32. */
export type PaperColumns = 32 | 42 | 48;

export type PrintAlign = 'left' | 'center' | 'right';

/** `tall`: double height. `wide`: double width, half the columns. `large`: both. */
export type PrintSize = 'normal' | 'tall' | 'wide' | 'large';

/** One or more lines of text. It is wrapped at words to the paper; control characters in it never reach the device. */
export type TextBlock = {
  kind: 'text';
  text: string;
  align?: PrintAlign;
  bold?: boolean;
  size?: PrintSize;
  /** White on black. */
  invert?: boolean;
};

/** `width` in characters of the plain font. Text that does not fit is wrapped inside its own column. */
export type ColumnCell = { text: string; width: number; align?: PrintAlign };

/** A row of a table. Widths add up to no more than the paper's columns (half of them where `size` is wide or large). */
export type ColumnsBlock = { kind: 'columns'; cells: ColumnCell[]; bold?: boolean; size?: PrintSize };

/** A line across the paper. */
export type RuleBlock = { kind: 'rule'; style?: 'single' | 'double' };

export type FeedBlock = { kind: 'feed'; lines: number };

/** Code 128 takes printable ASCII, EAN-13 its 13 digits. Always centred. */
export type BarcodeBlock = {
  kind: 'barcode';
  symbology: 'code128' | 'ean13';
  value: string;
  /** Print the value in words below the bars. Default true. */
  showText?: boolean;
};

/** UTF-8 text as a QR code, centred. */
export type QrBlock = { kind: 'qr'; value: string; moduleDots?: number; correction?: 'L' | 'M' | 'Q' | 'H' };

export type CutBlock = { kind: 'cut'; mode?: 'full' | 'partial' };

/** Opens the cash drawer wired to the printer. Sent first and at most once in the life of a job, never on a reprint. */
export type DrawerKickBlock = { kind: 'drawerKick'; pin: 2 | 5; pulseMs: number };

export type PrintBlock =
  | TextBlock
  | ColumnsBlock
  | RuleBlock
  | FeedBlock
  | BarcodeBlock
  | QrBlock
  | CutBlock
  | DrawerKickBlock;

/** What a printer is asked to print: plain JSON, without a byte of any printer's language. */
export type PrintDocument = { v: 1; columns: PaperColumns; blocks: PrintBlock[] };

/** How often the document cuts the paper: what the printer's own cut counter must have advanced by. */
export function cutsIn(document: PrintDocument): number {
  return document.blocks.filter((block) => block.kind === 'cut').length;
}

/** Whether anything would be on paper. A document that only opens the drawer leaves none. */
export function marksPaper(document: PrintDocument): boolean {
  return document.blocks.some((block) => block.kind !== 'drawerKick');
}
