import { mkdirSync } from 'node:fs';
import type { EventStore } from '../bus/event-store.ts';
import type { LedgerEntry } from '../bus/ledger-entry.ts';
import { LedgerReader } from '../bus/ledger-reader.ts';
import type { Tables } from '../tables/tables.ts';
import { partitionOf, writePart } from './lake-file.ts';

export type LakeWriterOptions = {
  readonly tables: Tables;
  readonly store: EventStore;
  /** The lake's folder; made when absent. */
  readonly folder: string;
  /** How long records gather before they become a file. */
  readonly delayMs: number;
  readonly onFault: (thrown: unknown) => void;
};

const PART_RECORDS_MAX = 5_000;
const PART_BYTES_MAX = 16 * 1024 * 1024;
const NEXT_PART = 'lake.next-part';

/**
 * Carries the ledger into the lake, each record once: files are numbered, a file is durable before its cursors move, and a crash in between
 * writes the same number again with at least the same records.
 */
export function startLakeWriter({ tables, store, folder, delayMs, onFault }: LakeWriterOptions): LedgerReader {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return new LedgerReader({
    tables,
    store,
    name: 'lake',
    take: async (batch) => {
      const number = store.counter(NEXT_PART);
      for (const [partition, entries] of byPartition(batch)) writePart(folder, partition, number, entries);
      return () => store.setCounter(NEXT_PART, number + 1);
    },
    batchRecordsMax: PART_RECORDS_MAX,
    batchBytesMax: PART_BYTES_MAX,
    delayMs,
    onFault,
  });
}

function byPartition(batch: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const partitions = new Map<string, LedgerEntry[]>();
  for (const entry of batch) {
    const partition = partitionOf(entry);
    partitions.set(partition, [...(partitions.get(partition) ?? []), entry]);
  }
  return partitions;
}
