import type { JournalName, Recorded } from './facts.ts';
import type { Document } from './server.ts';

/** How far a register has read a scope. Periods and sequences only rise. */
export type Checkpoint = { readonly period: number; readonly seq: number };

export const NOTHING_READ: Checkpoint = { period: 0, seq: 0 };

export function isAfter(left: Checkpoint, right: Checkpoint): boolean {
  return left.period !== right.period ? left.period > right.period : left.seq > right.seq;
}

export type Page = {
  /** Where the pull began: a page that does not begin where a register stands must not move it. */
  readonly after: Checkpoint;
  readonly documents: readonly Document[];
  readonly checkpoint: Checkpoint;
  readonly more: boolean;
};

/** Everything on the wire. A network may lose, double, reorder and delay each. */
export type Message =
  | {
      readonly kind: 'segment';
      readonly register: number;
      readonly records: readonly Recorded[];
      readonly prevHash: string;
    }
  | { readonly kind: 'ask-head'; readonly register: number; readonly journal: JournalName }
  | {
      readonly kind: 'head';
      readonly register: number;
      readonly journal: JournalName;
      readonly seq: number;
      readonly hash: string;
    }
  | { readonly kind: 'pull'; readonly register: number; readonly after: Checkpoint; readonly cause: Checkpoint | null }
  | { readonly kind: 'page'; readonly register: number; readonly page: Page; readonly cause: Checkpoint | null }
  /** Says that there is more; carries nothing. */
  | { readonly kind: 'hint'; readonly register: number; readonly upTo: Checkpoint };
