import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { RECORD_CHARS_MAX } from '../limits.ts';
import type { TextEncoding } from './encoding.ts';

/** One line of the file as an editor shows it, without its line break. */
export type PhysicalLine = {
  /** Counted from 1. */
  line: number;
  text: string;
  /** The line is longer than any record may be; its text was dropped. */
  overlong: boolean;
  /** False for a last line without a line break. */
  terminated: boolean;
};

/**
 * The lines of a file, whatever ends them (LF, CRLF, CR, mixed), in batches as they are read. Holds one block of the file and
 * at most one record's length of an unfinished line.
 */
export async function* readPhysicalLines(
  file: string,
  encoding: TextEncoding,
  onBytes: (bytesRead: number) => void,
): AsyncGenerator<PhysicalLine[]> {
  const decoder = new TextDecoder(encoding);
  const splitter = createSplitter();
  let bytesRead = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const lines = splitter.push(decoder.decode(chunk, { stream: true }));
    bytesRead += chunk.length;
    onBytes(bytesRead);
    if (lines.length > 0) yield lines;
  }
  const rest = splitter.end(decoder.decode());
  if (rest.length > 0) yield rest;
}

function createSplitter() {
  let line = 0;
  let unfinished = '';
  let overlong = false;
  /** A carriage return at the end of a block may be half of a CRLF: it waits for the next block. */
  let heldReturn = '';

  function finished(text: string, terminated: boolean): PhysicalLine {
    const tooLong = overlong || text.length > RECORD_CHARS_MAX;
    line += 1;
    overlong = false;
    return { line, text: tooLong ? '' : text, overlong: tooLong, terminated };
  }

  function split(text: string): PhysicalLine[] {
    const parts = text.split(/\r\n|\n|\r/);
    const last = parts.pop() ?? '';
    const lines: PhysicalLine[] = [];
    for (const part of parts) {
      lines.push(finished(unfinished + part, true));
      unfinished = '';
    }
    unfinished += last;
    if (unfinished.length > RECORD_CHARS_MAX) {
      overlong = true;
      unfinished = '';
    }
    return lines;
  }

  return {
    push(text: string): PhysicalLine[] {
      let block = heldReturn + text;
      heldReturn = block.endsWith('\r') ? '\r' : '';
      if (heldReturn) block = block.slice(0, -1);
      return split(block);
    },
    end(text: string): PhysicalLine[] {
      const lines = split(heldReturn + text);
      if (unfinished !== '' || overlong) lines.push(finished(unfinished, false));
      return lines;
    },
  };
}
