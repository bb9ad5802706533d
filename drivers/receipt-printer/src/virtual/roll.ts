/** One printed character and how it looks. */
export type RollCharacter = {
  character: string;
  bold: boolean;
  invert: boolean;
  underline: boolean;
  /** 1 to 8 times the plain width and height. */
  width: number;
  height: number;
};

export type RollAlign = 'left' | 'center' | 'right';

/** What came out of the printer, top to bottom. */
export type RollItem =
  | { kind: 'line'; align: RollAlign; characters: RollCharacter[] }
  | { kind: 'feed'; dots: number }
  | {
      kind: 'barcode';
      align: RollAlign;
      symbology: string;
      value: string;
      heightDots: number;
      moduleDots: number;
      text: boolean;
    }
  | { kind: 'qr'; align: RollAlign; value: Uint8Array; moduleDots: number; correction: 'L' | 'M' | 'Q' | 'H' }
  /** One bit a dot, rows filled to whole bytes. */
  | { kind: 'raster'; align: RollAlign; widthBytes: number; rows: number; bits: Uint8Array }
  | { kind: 'cut'; mode: 'full' | 'partial' };

/** The paper of a printer from its first line on. `columns` is how many plain characters fit into a line. */
export type Roll = { columns: number; items: RollItem[] };

/** Height of a plain line with its spacing, in dots: 1/6 inch at 203 dots per inch is 30 on Epson's 80 mm models. */
export const LINE_DOTS = 30;
export const GLYPH_DOTS = { width: 12, height: 24 } as const;

/** The receipts of a roll: what lies between two cuts. What was printed after the last cut comes last, if there is any. */
export function cutApart(roll: Roll): Roll[] {
  const parts: Roll[] = [{ columns: roll.columns, items: [] }];
  for (const item of roll.items) {
    parts.at(-1)?.items.push(item);
    if (item.kind === 'cut') parts.push({ columns: roll.columns, items: [] });
  }
  return parts.filter((part) => part.items.length > 0);
}
