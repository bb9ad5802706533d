import type { JournalIdentity, SigningKey } from '@evertill/journal';
import type { HighWaterMark } from './high-water-mark.ts';

export type LedgerOptions<Document = unknown> = {
  /** Holds `ledger.db` and its lock; made when absent. On a local disk: SQLite's write-ahead log needs one. */
  folder: string;
  identity: JournalIdentity;
  key: SigningKey;
  /** Keys (hex) that earlier epochs of this register were signed with; `verify` trusts them besides `key`. */
  earlierPublicKeys?: readonly string[];
  /** Epoch milliseconds, and the minutes that local time is ahead of UTC at that moment. */
  clock: { nowMs(): number; tzOffsetMin(): number };
  random: { bytes(count: number): Uint8Array };
  /** Kept outside `folder`, so that restoring or copying the folder does not carry it along. */
  highWater: HighWaterMark;
  /** Where the second copy of the journal is kept, best on another disk. */
  secondCopy?: { folder: string };
  /** Name and version of the program, for the basis of the records that the ledger itself writes. */
  engine?: string;
  /** Checks a print document that comes back from the spool. */
  readDocument?: (value: unknown) => Document;
  /** `disk-full` beyond this; none by default. */
  sizeMaxBytes?: number;
  /** How long second copy and high-water mark may lag; 500 by default. */
  trailDelayMs?: number;
};

/** What was found at opening, for the log and the screen. */
export type OpeningReport = {
  /** There was no ledger before. */
  readonly created: boolean;
  /** The process before did not close the ledger. */
  readonly uncleanEnd: boolean;
  /** Records that were not in the ledger any more and came back from the second copy. Their overlay and print jobs did not. */
  readonly regainedRecords: number;
  /** Why an epoch was opened now; `null` when the last one goes on. */
  readonly newEpoch: 'enrolled' | 'restored' | 'cloned' | 'repaired' | null;
};
