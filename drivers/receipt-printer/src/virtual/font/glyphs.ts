import { GLYPH_DOTS } from '../roll.ts';
import { spleen12x24 } from './spleen-12x24.ts';

/** Rows of a glyph, top first; the highest of its 12 bits is the leftmost dot. */
export type Glyph = readonly number[];

const BITS_PER_ROW = GLYPH_DOTS.width;

let glyphs: Map<string, Glyph> | null = null;

/** The glyph of a character; a hollow box where the font has none, so that nothing is silently blank. */
export function glyphOf(character: string): Glyph {
  glyphs ??= readGlyphs();
  return character === ' ' ? BLANK : (glyphs.get(character) ?? BOX);
}

const BLANK: Glyph = Array.from({ length: GLYPH_DOTS.height }, () => 0);
const BOX: Glyph = BLANK.map((_, row) => {
  if (row < 5 || row > 19) return 0;
  return row === 5 || row === 19 ? 0b001111111100 : 0b001000000100;
});

function readGlyphs(): Map<string, Glyph> {
  const found = new Map<string, Glyph>();
  for (const line of spleen12x24.trim().split('\n')) {
    const [codePoint = '', base64 = ''] = line.split(' ');
    found.set(String.fromCodePoint(Number.parseInt(codePoint, 16)), rowsOf(Buffer.from(base64, 'base64')));
  }
  return found;
}

/** Two rows of 12 bits lie in three bytes. */
function rowsOf(bytes: Uint8Array): Glyph {
  return BLANK.map((_, row) => {
    const bit = row * BITS_PER_ROW;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    return bit % 8 === 0 ? pair >> 4 : pair & 0xfff;
  });
}
