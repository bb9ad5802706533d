import { PNG } from 'pngjs';
import { canvas, type Canvas } from './canvas.ts';
import { glyphOf } from './font/glyphs.ts';
import { barWidths, qrMatrix } from './render-symbol.ts';
import { GLYPH_DOTS, LINE_DOTS, type Roll, type RollAlign, type RollCharacter, type RollItem } from './roll.ts';

/** White paper left and right of what can be printed on. */
const MARGIN_DOTS = 24;
const CUT_DOTS = 36;
const DASH_DOTS = 8;
const TEXT_GAP_DOTS = 4;
/** The tallest picture that is drawn, 12 m of paper; the rest is left out. */
const HEIGHT_MAX_DOTS = 96_000;

/** The roll as a black and white PNG, one pixel a dot (203 dots per inch). */
export function renderRollPng(roll: Roll): Buffer {
  const paper = canvas(roll.columns * GLYPH_DOTS.width + 2 * MARGIN_DOTS);
  let y = MARGIN_DOTS;
  for (const item of roll.items) {
    if (y > HEIGHT_MAX_DOTS) break;
    y += draw(item, paper, y);
  }
  paper.reach(y + MARGIN_DOTS);
  return encode(paper);
}

/** Draws an item with its top at `y` and gives its height. */
function draw(item: RollItem, paper: Canvas, y: number): number {
  switch (item.kind) {
    case 'line':
      return drawLine(item.characters, item.align, paper, y);
    case 'feed':
      return item.dots;
    case 'barcode':
      return drawBarcode(item, paper, y);
    case 'qr':
      return drawQr(item, paper, y);
    case 'raster':
      return drawRaster(item, paper, y);
    case 'cut':
      for (let x = 0; x < paper.width; x += 2 * DASH_DOTS) paper.fill(x, y + CUT_DOTS / 2, DASH_DOTS, 1);
      return CUT_DOTS;
  }
}

function startOf(align: RollAlign, widthDots: number, paper: Canvas): number {
  const free = Math.max(0, paper.width - 2 * MARGIN_DOTS - widthDots);
  return MARGIN_DOTS + (align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2));
}

function drawLine(characters: readonly RollCharacter[], align: RollAlign, paper: Canvas, y: number): number {
  const tallest = Math.max(1, ...characters.map(({ height }) => height));
  const widthDots = characters.reduce((sum, { width }) => sum + width * GLYPH_DOTS.width, 0);
  let x = startOf(align, widthDots, paper);
  for (const character of characters) {
    // Characters of different height stand on one base line.
    drawCharacter(character, paper, x, y + (tallest - character.height) * GLYPH_DOTS.height);
    x += character.width * GLYPH_DOTS.width;
  }
  return (tallest - 1) * GLYPH_DOTS.height + LINE_DOTS;
}

function drawCharacter(one: RollCharacter, paper: Canvas, x: number, y: number): void {
  const { width, height } = one;
  for (const [row, bits] of glyphOf(one.character).entries()) {
    for (let column = 0; column < GLYPH_DOTS.width; column += 1) {
      if (((bits >> (GLYPH_DOTS.width - 1 - column)) & 1) === 0) continue;
      paper.fill(x + column * width, y + row * height, one.bold ? width + 1 : width, height);
    }
  }
  if (one.underline) paper.fill(x, y + (GLYPH_DOTS.height - 2) * height, GLYPH_DOTS.width * width, height);
  if (one.invert) paper.flip(x, y, GLYPH_DOTS.width * width, GLYPH_DOTS.height * height);
}

function drawBarcode(item: Extract<RollItem, { kind: 'barcode' }>, paper: Canvas, y: number): number {
  const widths = barWidths(item.symbology, item.value);
  if (widths === null) return 0;
  const totalDots = widths.reduce((sum, modules) => sum + modules * item.moduleDots, 0);
  let x = startOf(item.align, totalDots, paper);
  for (const [index, modules] of widths.entries()) {
    if (index % 2 === 0) paper.fill(x, y, modules * item.moduleDots, item.heightDots);
    x += modules * item.moduleDots;
  }
  if (!item.text) return item.heightDots;
  const plain = { bold: false, invert: false, underline: false, width: 1, height: 1 };
  const characters = [...item.value].map((character) => ({ character, ...plain }));
  const textTop = y + item.heightDots + TEXT_GAP_DOTS;
  return item.heightDots + TEXT_GAP_DOTS + drawLine(characters, item.align, paper, textTop);
}

function drawQr(item: Extract<RollItem, { kind: 'qr' }>, paper: Canvas, y: number): number {
  const matrix = qrMatrix(item.value, item.correction);
  if (matrix === null) return 0;
  const { size, dark } = matrix;
  const x = startOf(item.align, size * item.moduleDots, paper);
  for (const [index, isDark] of dark.entries()) {
    if (isDark !== 1) continue;
    const column = index % size;
    const row = Math.floor(index / size);
    paper.fill(x + column * item.moduleDots, y + row * item.moduleDots, item.moduleDots, item.moduleDots);
  }
  return size * item.moduleDots;
}

function drawRaster(item: Extract<RollItem, { kind: 'raster' }>, paper: Canvas, y: number): number {
  const x = startOf(item.align, item.widthBytes * 8, paper);
  for (let row = 0; row < item.rows; row += 1) {
    for (let column = 0; column < item.widthBytes * 8; column += 1) {
      const byte = item.bits[row * item.widthBytes + (column >> 3)] ?? 0;
      if ((byte >> (7 - (column & 7))) & 1) paper.fill(x + column, y + row, 1, 1);
    }
  }
  return item.rows;
}

function encode(paper: Canvas): Buffer {
  const { width, height } = paper;
  const image = new PNG({ width, height, colorType: 0, inputColorType: 0, inputHasAlpha: false });
  const grey = Buffer.alloc(width * height, 0xff);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (paper.isBlack(x, y)) grey[y * width + x] = 0;
  image.data = grey;
  return PNG.sync.write(image, { colorType: 0, inputColorType: 0, inputHasAlpha: false });
}
