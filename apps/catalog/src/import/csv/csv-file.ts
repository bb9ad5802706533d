import { parse } from 'csv-parse/sync';
import { COLUMNS_MAX } from '../limits.ts';
import { FileRefused } from '../problem.ts';
import { readEncoding } from './encoding.ts';
import type { TextEncoding } from './encoding.ts';
import { readPhysicalLines } from './physical-lines.ts';
import type { PhysicalLine } from './physical-lines.ts';
import { readRows } from './read-rows.ts';
import type { CsvRow } from './read-rows.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

/** A CSV file whose header has been read. `rows()` may be called once. */
export type CsvFile = {
  bytes: number;
  encoding: TextEncoding;
  delimiter: Delimiter;
  /** The column names as written, without surrounding white space. */
  header: string[];
  rows(onBytes: (bytesRead: number) => void): AsyncGenerator<CsvRow[]>;
};

/** What Excel writes above the header when its list separator is not the comma. */
const SEPARATOR_LINE = /^"?sep=(.)"?$/i;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/**
 * Opens a CSV file: finds out encoding and delimiter, reads the header.
 * @throws FileRefused when it cannot be read, is no text, has no header or an absurd one.
 */
export async function openCsvFile(file: string): Promise<CsvFile> {
  const { encoding, bytes } = await readEncoding(file);
  const head = await readHeader(file, encoding);
  const { delimiter, headerLine, names } = head;
  return {
    bytes,
    encoding,
    delimiter,
    header: names,
    rows: (onBytes) =>
      readRows(linesAfter(headerLine, readPhysicalLines(file, encoding, onBytes)), {
        delimiter,
        columnCount: names.length,
      }),
  };
}

async function readHeader(file: string, encoding: TextEncoding) {
  let delimiter: Delimiter | null = null;
  for await (const block of readPhysicalLines(file, encoding, () => undefined)) {
    for (const { text, line, overlong } of block) {
      if (overlong) throw new FileRefused('not-text', `Line ${line} is far too long for a header.`);
      if (text.trim() === '') continue;
      const separator = SEPARATOR_LINE.exec(text.trim())?.[1];
      if (line === 1 && DELIMITERS.includes(separator as Delimiter)) {
        delimiter = separator as Delimiter;
        continue;
      }
      delimiter ??= likeliestDelimiter(text);
      return { delimiter, headerLine: line, names: namesOf(text, delimiter) };
    }
  }
  throw new FileRefused('empty-file', 'The file holds no header row.');
}

/** The delimiter that cuts the header into most cells; quoted parts do not count. */
function likeliestDelimiter(header: string): Delimiter {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const cells = (delimiter: Delimiter) => unquoted.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (cells(delimiter) > cells(best) ? delimiter : best));
}

function namesOf(text: string, delimiter: Delimiter): string[] {
  let parsed: string[][];
  try {
    parsed = parse(text, { delimiter, relax_column_count: true });
  } catch (cause) {
    throw new FileRefused('format-unknown', 'The header row has quotes that do not match.', { cause });
  }
  const names = (parsed[0] ?? []).map((name) => name.trim());
  // Spreadsheets pad the header to the width of their widest row.
  while (names.length > 0 && names[names.length - 1] === '') names.pop();
  if (names.length > COLUMNS_MAX) {
    throw new FileRefused(
      'too-many-columns',
      `The header has ${names.length} columns; at most ${COLUMNS_MAX} are read.`,
    );
  }
  return names;
}

async function* linesAfter(headerLine: number, blocks: AsyncIterable<PhysicalLine[]>): AsyncGenerator<PhysicalLine[]> {
  for await (const block of blocks) {
    const below = block.filter(({ line }) => line > headerLine);
    if (below.length > 0) yield below;
  }
}
