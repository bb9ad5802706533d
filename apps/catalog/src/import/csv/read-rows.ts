import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { RECORD_CHARS_MAX, ROWS_PER_BATCH } from '../limits.ts';
import type { RejectedRow } from '../problem.ts';
import type { PhysicalLine } from './physical-lines.ts';
import { createRecordFramer } from './record-framer.ts';
import type { Frame, FramerOutput } from './record-framer.ts';

/** A record with as many cells as the header, or why there is none. `line` is where the record begins. */
export type CsvRow = { kind: 'row'; line: number; cells: string[] } | { kind: 'rejected'; rejected: RejectedRow };

/**
 * Turns physical lines into rows of `columnCount` cells, in batches. Rows of empty cells, with which spreadsheets end their
 * files, are dropped. See 001-csv-recovery.md for why records are framed here and only then given to csv-parse.
 */
export async function* readRows(
  lines: AsyncIterable<readonly PhysicalLine[]>,
  options: { delimiter: string; columnCount: number },
): AsyncGenerator<CsvRow[]> {
  const framer = createRecordFramer();
  const damage = createDamageTracker();
  let batch: Frame[] = [];

  function* flush(): Generator<CsvRow> {
    const frames = batch;
    batch = [];
    for (const row of cellsOfSingleLines(frames, options.delimiter)) yield* finish(row);
  }

  function* finish({ frame, cells }: { frame: Frame; cells: string[] | CsvError }): Generator<CsvRow> {
    if (cells instanceof CsvError) {
      yield { kind: 'rejected', rejected: damage.begin(firstOf(frame), quoteProblem(cells)) };
      return;
    }
    if (cells.every((cell) => cell.trim() === '')) return;
    const row = withExactWidth(frame, cells, options.columnCount);
    if (row.kind === 'row') damage.over();
    else if (damage.covers(frame)) return;
    yield row;
  }

  function* handle(output: FramerOutput): Generator<CsvRow> {
    if (output.kind === 'broken') {
      yield* flush();
      yield { kind: 'rejected', rejected: damage.begin(output.line, output.code) };
      return;
    }
    if (output.lines.length === 1) {
      batch.push(output.lines);
      if (batch.length >= ROWS_PER_BATCH) yield* flush();
      return;
    }
    yield* flush();
    const cells = cellsOf(output.lines, options.delimiter);
    yield* finish({ frame: output.lines, cells });
    if (cells instanceof CsvError) framer.resume(output.lines.slice(1));
  }

  for await (const block of lines) {
    const rows: CsvRow[] = [];
    for (const output of framer.push(block)) rows.push(...handle(output));
    yield* inBatches(rows);
  }
  const rows: CsvRow[] = [];
  for (const output of framer.end()) rows.push(...handle(output));
  rows.push(...flush());
  yield* inBatches(rows);
}

/**
 * Where one record is broken, the lines that belonged to it come back as records of their own and have the wrong number of
 * cells. They are told as one damage, at the line where it begins, until a sound row shows that it is over.
 */
function createDamageTracker() {
  let lastLine = Number.NaN;
  return {
    begin(line: PhysicalLine, code: 'broken-quote' | 'record-too-long'): RejectedRow {
      lastLine = line.line;
      const reason =
        code === 'broken-quote'
          ? 'The quotes of this row do not match: one is missing, or a quote inside a cell is not doubled.'
          : `This row is longer than ${RECORD_CHARS_MAX} characters.`;
      return { line: line.line, column: null, code, reason };
    },
    covers(frame: Frame): boolean {
      if (firstOf(frame).line !== lastLine + 1) return false;
      lastLine = lastOf(frame).line;
      return true;
    },
    over(): void {
      lastLine = Number.NaN;
    },
  };
}

function withExactWidth(frame: Frame, cells: string[], columnCount: number): CsvRow {
  const { line } = firstOf(frame);
  if (cells.length === columnCount) return { kind: 'row', line, cells };
  const surplus = cells.slice(columnCount);
  if (cells.length > columnCount && surplus.every((cell) => cell === '')) {
    return { kind: 'row', line, cells: cells.slice(0, columnCount) };
  }
  if (cells.length < columnCount && !lastOf(frame).terminated) {
    return rejected(
      line,
      'cut-off',
      `The file ends in the middle of this row (${cells.length} of ${columnCount} cells).`,
    );
  }
  return rejected(line, 'cell-count', `The row has ${cells.length} cells, the header has ${columnCount}.`);
}

function rejected(line: number, code: RejectedRow['code'], reason: string): CsvRow {
  return { kind: 'rejected', rejected: { line, column: null, code, reason } };
}

/** Parses many one-line records in one call, which is ten times as fast; one by one only to find the broken ones. */
function* cellsOfSingleLines(
  frames: readonly Frame[],
  delimiter: string,
): Generator<{ frame: Frame; cells: string[] | CsvError }> {
  if (frames.length === 0) return;
  const together = parseText(frames.map((frame) => firstOf(frame).text).join('\n'), delimiter);
  if (!(together instanceof CsvError) && together.length === frames.length) {
    for (const [index, frame] of frames.entries()) yield { frame, cells: together[index] ?? [] };
    return;
  }
  for (const frame of frames) yield { frame, cells: cellsOf(frame, delimiter) };
}

function cellsOf(frame: Frame, delimiter: string): string[] | CsvError {
  const parsed = parseText(frame.map((line) => line.text).join('\n'), delimiter);
  return parsed instanceof CsvError ? parsed : (parsed[0] ?? []);
}

function parseText(text: string, delimiter: string): string[][] | CsvError {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

function quoteProblem(error: CsvError): 'broken-quote' | 'record-too-long' {
  return error.code === 'CSV_MAX_RECORD_SIZE' ? 'record-too-long' : 'broken-quote';
}

function* inBatches(rows: CsvRow[]): Generator<CsvRow[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_BATCH) yield rows.slice(start, start + ROWS_PER_BATCH);
}

function firstOf(frame: Frame): PhysicalLine {
  return frame[0] as PhysicalLine;
}

function lastOf(frame: Frame): PhysicalLine {
  return frame[frame.length - 1] as PhysicalLine;
}
