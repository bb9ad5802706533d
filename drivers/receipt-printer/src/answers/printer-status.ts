import type { PrinterState } from '@evertill/driver-contract';

/** The answers to DLE EOT 1 to 4, in that order. */
export type StatusBytes = readonly [printer: number, offlineCause: number, errorCause: number, paper: number];

const OFFLINE = 0x08;
const COVER_OPEN = 0x04;
const STOPPED_FOR_PAPER = 0x20;
const ERROR = 0x40;
/** Knife, and what a person or only a mechanic can clear. Bit 6 (head too hot) clears itself. */
const ERROR_CAUSES = 0x04 | 0x08 | 0x20;
const PAPER_NEAR_END = 0x0c;
const PAPER_END = 0x60;

/** What a person has to do first comes first: an open cover also reads as missing paper. */
export function stateOf([printer, offlineCause, errorCause, paper]: StatusBytes): PrinterState {
  if (offlineCause & COVER_OPEN) return 'cover-open';
  if (offlineCause & STOPPED_FOR_PAPER || paper & PAPER_END) return 'paper-out';
  if (offlineCause & ERROR || errorCause & ERROR_CAUSES) return 'error';
  if (printer & OFFLINE) return 'busy';
  return paper & PAPER_NEAR_END ? 'paper-low' : 'ready';
}
