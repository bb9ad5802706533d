import { LINE_DOTS, type Roll, type RollAlign, type RollItem } from './roll.ts';

/**
 * A roll as plain text, one line of paper a line. Characters of double width are followed by a space; bars and codes stand in
 * brackets; a cut is a line of scissors. Blank paper is as many empty lines as it is plain lines high.
 */
export function rollText(roll: Roll): string {
  return roll.items.flatMap((item) => linesOf(item, roll.columns)).join('\n');
}

function linesOf(item: RollItem, columns: number): string[] {
  switch (item.kind) {
    case 'line':
      return [
        placed(item.characters.map(({ character, width }) => character.padEnd(width)).join(''), item.align, columns),
      ];
    case 'feed':
      return Array.from({ length: Math.round(item.dots / LINE_DOTS) }, () => '');
    case 'barcode':
      return [placed(`[${item.symbology} ${item.value}]`, item.align, columns)];
    case 'qr':
      return [placed(`[qr ${Buffer.from(item.value).toString('utf8')}]`, item.align, columns)];
    case 'raster':
      return [placed(`[raster ${item.widthBytes * 8}×${item.rows}]`, item.align, columns)];
    case 'cut':
      return [(item.mode === 'full' ? '✂ ' : '✂ - ').repeat(columns).slice(0, columns).trimEnd()];
  }
}

function placed(text: string, align: RollAlign, columns: number): string {
  const free = Math.max(0, columns - text.length);
  const before = align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2);
  return (' '.repeat(before) + text).trimEnd();
}
