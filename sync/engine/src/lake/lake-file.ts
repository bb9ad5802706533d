import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { LedgerEntry } from '../bus/ledger-entry.ts';

/*
 * The raw-event lake: files of newline-delimited JSON that are never changed, one record a line, in partitions that Athena and DuckDB read
 * as columns:
 *
 *   tenant=<tenant>/date=<business date, or the day of the record>/part-<number>.ndjson
 */

const entrySchema = z.object({
  id: z.string(),
  tenant: z.string(),
  store: z.string(),
  register: z.string(),
  epoch: z.number().int(),
  seq: z.number().int(),
  type: z.string(),
  typeV: z.number().int(),
  at: z.string(),
  businessDate: z.string().nullable(),
  hash: z.string(),
  alg: z.literal('Ed25519'),
  keyId: z.string(),
  sig: z.string(),
  text: z.string(),
});

/** A line of the lake is not what was written. */
export class LakeFault extends Error {
  override readonly name = 'LakeFault';
  readonly file: string;
  readonly line: number;

  constructor(file: string, line: number, what: string) {
    super(`${file}, line ${line}: ${what}`);
    this.file = file;
    this.line = line;
  }
}

export function partitionOf({ tenant, businessDate, at }: Pick<LedgerEntry, 'tenant' | 'businessDate' | 'at'>): string {
  // Ids may hold signs that are not a folder's on every system.
  return join(`tenant=${encodeURIComponent(tenant)}`, `date=${businessDate ?? at.slice(0, 10)}`);
}

const PART_DIGITS = 9;

/** Writes a file whole and durable; one of the same number that a crash left is replaced by what is at least as much. */
export function writePart(lake: string, partition: string, number: number, entries: readonly LedgerEntry[]): void {
  const folder = join(lake, partition);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `part-${String(number).padStart(PART_DIGITS, '0')}.ndjson`);
  const partial = `${file}.partial`;
  const descriptor = openSync(partial, 'w', 0o600);
  try {
    for (const entry of entries) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, file);
  syncFolders(folder, lake);
}

/** Names of new folders are durable too, up to the lake itself. */
function syncFolders(from: string, to: string): void {
  if (process.platform === 'win32') return;
  for (let folder = from; ; folder = dirname(folder)) {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (folder === to) return;
  }
}

/** Every file of the lake, partition after partition. */
export function lakeFiles(lake: string): string[] {
  return readdirSync(lake, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .map((name) => join(lake, name));
}

/** Every line of the lake, whatever its order. @throws LakeFault */
export async function* readLake(lake: string): AsyncGenerator<LedgerEntry> {
  for (const file of lakeFiles(lake)) {
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
      number += 1;
      const read = entrySchema.safeParse(jsonOf(line));
      if (!read.success) throw new LakeFault(file, number, 'is not a line of the lake');
      yield read.data;
    }
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
