import type { PrintDocument } from './print-document.ts';
import type { Unsubscribe } from './subscription.ts';

/**
 * `offline`: the link is down. `not-answering`: the link is up, the printer says nothing (switched off behind its adapter, or
 * a cable for something else). `busy`: printing. `error`: it says that it needs help (cutter, temperature).
 */
export type PrinterState =
  | 'offline'
  | 'not-answering'
  | 'ready'
  | 'busy'
  | 'paper-low'
  | 'paper-out'
  | 'cover-open'
  | 'error';

export type PrintRequest = {
  jobId: string;
  document: PrintDocument;
  /** False leaves the document's drawer kick out: a drawer opens at most once in the life of a job. */
  openDrawer: boolean;
  /** True prints "REPRINTED AFTER INTERRUPTION" on top: an earlier attempt may be on paper. */
  interruptedBefore: boolean;
};

/**
 * `confirmed-by`: `printer` when the device said that the job is on paper; `none` where it cannot say (bytes were handed over).
 * `unprintable`: characters that the printer's code page lacks and that were printed as another sign, each once.
 */
export type PrintOutcome =
  | { ok: true; confirmedBy: 'printer' | 'none'; unprintable: string[] }
  | { ok: false; error: PrintRefusal };

/**
 * `not-ready`: nothing was sent. `interrupted`: some bytes may have been sent, what is on paper is unknown until the cut
 * counter is asked. `document-invalid`: it will never print; nothing was sent.
 */
export type PrintRefusal = { code: 'not-ready' | 'interrupted' | 'document-invalid'; reason: string };

/** The number of cuts that a printer ever made; `null` where it does not count, `unknown` where it did not answer in time. */
export type CutCount = { ok: true; cuts: number | null } | { ok: false; error: { code: 'unknown' } };

/** A receipt printer behind one link. One job at a time; the spool is its only caller. */
export type ReceiptPrinter = {
  readonly state: PrinterState;
  /** Called after each change of state, never for the current one. */
  onState(callback: (state: PrinterState) => void): Unsubscribe;
  /**
   * Asks how many cuts were made. The answer comes in order with what was sent before, so that it covers all of it, also what
   * an earlier process sent; whatever command that process left half sent is closed first.
   */
  cutCount(): Promise<CutCount>;
  /**
   * Prints one document. While the paper is out or the cover open it waits for a person, and goes on where the printer stopped:
   * the state says so. Never rejects.
   */
  print(request: PrintRequest): Promise<PrintOutcome>;
  /** Stops polling and ends a pending print as `interrupted`. The link is the caller's to close. */
  dispose(): Promise<void>;
};
