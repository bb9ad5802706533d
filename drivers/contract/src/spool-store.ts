import type { PrintDocument } from './print-document.ts';
import type { Unsubscribe } from './subscription.ts';

export type SpoolJobKind = 'receipt' | 'x-report' | 'z-report' | 'drawer' | 'test';

/**
 * `waiting` → `printing` → `printed`. A job that was `printing` when the process or the printer died is resolved by the cut
 * counter: `printed`, or `waiting` again with `interruptedBefore`, or `interrupted` for a person to decide.
 */
export type SpoolJobState = 'waiting' | 'printing' | 'printed' | 'interrupted' | 'discarded';

export type SpoolJob = {
  jobId: string;
  kind: SpoolJobKind;
  document: PrintDocument;
  state: SpoolJobState;
  /** How often it was begun: counted by `markPrinting`. */
  attempts: number;
  /** The printer's cut counter before the last attempt; `null` before the first, or where the printer does not count. */
  cutCountBefore: number | null;
  /** Set by `requeueAsDuplicate`, for good: the next print is marked as a reprint and leaves the drawer closed. */
  interruptedBefore: boolean;
  createdAtMs: number;
};

/**
 * The durable queue in front of a printer. Jobs are added in the transaction of the sale that they belong to, which is not the
 * spool's affair. Calls are synchronous and each is durable when it returns. A call for a job in another state than named
 * throws: it is a programmer's error.
 */
export type SpoolStore = {
  /** The oldest job in state `waiting`. */
  nextWaiting(): SpoolJob | null;
  /** The job in state `printing`; there is at most one. */
  inFlight(): SpoolJob | null;
  get(jobId: string): SpoolJob | null;
  /** `waiting` → `printing`, one more attempt. Durable **before** the first byte goes to the printer. */
  markPrinting(jobId: string, begun: { cutCountBefore: number | null }): void;
  /** `printing` → `printed`. */
  markPrinted(jobId: string): void;
  /** `printing` → `interrupted`: what happened on paper is for a person to find out. */
  markInterrupted(jobId: string, reason: string): void;
  /** `printing` or `interrupted` → `waiting` with `interruptedBefore` set, in its old place in the queue. */
  requeueAsDuplicate(jobId: string, reason: string): void;
  /** Called after a job was added. */
  onAdded(callback: () => void): Unsubscribe;
};
