import type { Item, ScopeMoved } from '@evertill/engine';

/** To the thread: rows of the ledger that were written, by their keys; and questions, answered when it is done. */
export type ToThread = { kind: 'written'; keys: readonly Item[] } | { kind: 'settle' | 'close'; question: number };

/** From the thread. */
export type FromThread =
  | { kind: 'moved'; tenant: string; moved: readonly ScopeMoved[] }
  | { kind: 'done'; question: number };
