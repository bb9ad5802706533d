import { RECORD_CHARS_MAX, RECORD_LINES_MAX } from '../limits.ts';
import type { PhysicalLine } from './physical-lines.ts';

/** The physical lines of one record: more than one where a quoted cell holds line breaks. */
export type Frame = readonly PhysicalLine[];

export type FramerOutput =
  | { kind: 'frame'; lines: Frame }
  /** The record that begins here cannot be closed within the limits, or at all. Only its first line is given up. */
  | { kind: 'broken'; line: PhysicalLine; code: 'broken-quote' | 'record-too-long' };

/**
 * Joins physical lines to records by counting quotes: a record ends at a line break with an even number of quotes before it
 * (RFC 4180, rule 6). Blank lines between records are dropped.
 *
 * `resume(lines)` takes lines back: when a record proves unreadable, its first line is given up and reading starts again on the
 * next, so one stray quote costs one line and not the rest of the file.
 */
export function createRecordFramer() {
  let open: PhysicalLine[] = [];
  let openChars = 0;
  let openQuotes = 0;
  let returned: PhysicalLine[] = [];

  function clear(): void {
    open = [];
    openChars = 0;
    openQuotes = 0;
  }

  function giveUpFirst(code: 'broken-quote' | 'record-too-long'): FramerOutput {
    const [first, ...rest] = open as [PhysicalLine, ...PhysicalLine[]];
    returned = [...rest, ...returned];
    clear();
    return { kind: 'broken', line: first, code };
  }

  function take(line: PhysicalLine): FramerOutput | null {
    if (line.overlong) {
      if (open.length > 0) {
        returned = [line, ...returned];
        return giveUpFirst('broken-quote');
      }
      return { kind: 'broken', line, code: 'record-too-long' };
    }
    if (open.length === 0 && line.text.trim() === '') return null;
    open.push(line);
    openChars += line.text.length + 1;
    openQuotes += quotesIn(line.text);
    if (openQuotes % 2 === 0) {
      const lines = open;
      clear();
      return { kind: 'frame', lines };
    }
    return openChars > RECORD_CHARS_MAX || open.length >= RECORD_LINES_MAX ? giveUpFirst('broken-quote') : null;
  }

  return {
    /** Feeds lines and yields what is complete. `resume` may be called between two results. */
    *push(lines: readonly PhysicalLine[]): Generator<FramerOutput> {
      for (const line of lines) {
        let output = take(line);
        if (output) yield output;
        while (returned.length > 0) {
          output = take(returned.shift() as PhysicalLine);
          if (output) yield output;
        }
      }
    },
    /** The file has ended: what is still open is broken. */
    *end(): Generator<FramerOutput> {
      while (open.length > 0 || returned.length > 0) {
        const output: FramerOutput | null =
          returned.length > 0 ? take(returned.shift() as PhysicalLine) : giveUpFirst('broken-quote');
        if (output) yield output;
      }
    },
    resume(lines: Frame): void {
      returned = [...lines, ...returned];
    },
  };
}

function quotesIn(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes;
}
