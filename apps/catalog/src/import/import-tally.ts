import type { PassedOver } from './formats/product-format.ts';
import { REJECTED_IN_RESULT_MAX } from './limits.ts';
import type { RejectedRow } from './problem.ts';

/**
 * What became of the rows. `read` = `created` + `updated` + `unchanged` + `rejectedCount` + `passedOverCount`; blank rows are
 * not counted.
 */
export type ImportCounts = {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejectedCount: number;
  passedOverCount: number;
  /** Rows that say nothing to a till: images, drafts, parents of variants. */
  passedOver: { [Why in PassedOver]?: number };
};

/** Where every rejected row goes as it is found; the tally itself keeps the first thousand. */
export type RejectedSink = (rejected: RejectedRow) => void;

export class ImportTally {
  readonly counts: ImportCounts = {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejectedCount: 0,
    passedOverCount: 0,
    passedOver: {},
  };
  readonly rejected: RejectedRow[] = [];
  readonly #sink: RejectedSink;

  constructor(sink: RejectedSink) {
    this.#sink = sink;
  }

  took(kind: 'created' | 'updated' | 'unchanged'): void {
    this.counts.read += 1;
    this.counts[kind] += 1;
  }

  passOver(why: PassedOver): void {
    this.counts.read += 1;
    this.counts.passedOverCount += 1;
    this.counts.passedOver[why] = (this.counts.passedOver[why] ?? 0) + 1;
  }

  reject(row: RejectedRow): void {
    this.counts.read += 1;
    this.counts.rejectedCount += 1;
    if (this.rejected.length < REJECTED_IN_RESULT_MAX) this.rejected.push(row);
    this.#sink(row);
  }
}
