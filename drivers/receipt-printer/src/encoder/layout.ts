import type { PrintAlign } from '@evertill/driver-contract';

/*
 * Texts here are printable already: one UTF-16 unit is one column on paper.
 */

/**
 * Breaks at spaces; a word longer than the line is cut. An indent at the beginning is kept on every line.
 * At least one line, none longer than `width`.
 */
export function wrap(text: string, width: number): string[] {
  const rest = text.trimStart();
  const indent = ' '.repeat(Math.min(text.length - rest.length, Math.floor(width / 2)));
  return wrapWords(rest.split(' '), width - indent.length).map((line) => indent + line);
}

function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    let rest = word;
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = rest;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Fills a line up to `width`; `text` is no longer than that. */
export function aligned(text: string, width: number, align: PrintAlign): string {
  const free = width - text.length;
  if (align === 'right') return ' '.repeat(free) + text;
  if (align === 'center') return ' '.repeat(Math.floor(free / 2)) + text + ' '.repeat(Math.ceil(free / 2));
  return text + ' '.repeat(free);
}

/** The lines of a table row: each cell is wrapped inside its own column, so that no amount ever slips under another. */
export function columnLines(cells: readonly { text: string; width: number; align: PrintAlign }[]): string[] {
  const wrapped = cells.map(({ text, width }) => wrap(text, width));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  const rows: string[] = [];
  for (let row = 0; row < height; row += 1) {
    const parts = cells.map(({ width, align }, index) => aligned(wrapped[index]?.[row] ?? '', width, align));
    rows.push(parts.join('').trimEnd());
  }
  return rows;
}
