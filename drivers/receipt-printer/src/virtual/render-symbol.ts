// The default export: the named `raw` is a symbology of that name.
import bwip from 'bwip-js/node';

/** Widths of bars and spaces in modules, a bar first; `null` where the value is none of this symbology. */
export function barWidths(symbology: string, value: string): number[] | null {
  const [symbol] = tried(() => rawSymbols({ bcid: symbology, text: value }));
  return symbol !== undefined && 'sbs' in symbol ? symbol.sbs : null;
}

/** A square of dark (1) and light modules, row by row. */
export type Matrix = { size: number; dark: readonly number[] };

export function qrMatrix(value: Uint8Array, correction: 'L' | 'M' | 'Q' | 'H'): Matrix | null {
  const text = Buffer.from(value).toString('latin1');
  const [symbol] = tried(() => rawSymbols({ bcid: 'qrcode', text, eclevel: correction, binarytext: true }));
  return symbol !== undefined && 'pixs' in symbol ? { size: symbol.pixx, dark: symbol.pixs } : null;
}

type RawSymbols = ({ sbs: number[] } | { pixs: number[]; pixx: number })[];
type RawOptions = { bcid: string; text: string; eclevel?: string; binarytext?: boolean };

const rawSymbols: (options: RawOptions) => RawSymbols = bwip.raw;

/** A value that its symbology does not allow prints nothing, as on a real printer. */
function tried(draw: () => RawSymbols): RawSymbols | [] {
  try {
    return draw();
  } catch {
    return [];
  }
}
