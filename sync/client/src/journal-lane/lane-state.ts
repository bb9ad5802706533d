import { SEGMENT_RECORDS_MAX } from '@evertill/journal';
import type { EpochHead } from '../needs.ts';

/** Why the lane does not go on in an epoch. */
export type ParkReason =
  /** This register's right to speak was taken away, or this server never knew it. */
  | 'revoked'
  /** The server knows the register and does not take its token: another store's, or a clock that is wrong. */
  | 'not-authorised'
  /** The server holds other records under the same sequences: another disk went on from the same place. One of the two is a copy. */
  | 'forked'
  /**
   * All that is here is at the server, and the server holds more: an older ledger was put back on this disk. What it lacks is there; a
   * new epoch goes on.
   */
  | 'restored'
  /** The server holds more than this register and could not say whose: `forked` or `restored`, not yet told apart. */
  | 'server-ahead'
  /** The server's schema does not have what this version asks: one of the two has to be updated. */
  | 'other-version'
  /** The server found hash, link, identity, key or signature wrong. */
  | 'broken'
  | 'malformed'
  | 'too-large'
  /** The server fails over this very record, again and again. */
  | 'server-fault'
  /** This register's disk does not give the record. */
  | 'unreadable';

export type Parked = {
  readonly reason: ParkReason;
  /** The first record that waits; where the register was restored, the first that it lacks. */
  readonly seq: number;
  /** The server's head of this epoch, where it is at odds with ours. A ledger that opens a new epoch opens it after this one. */
  readonly theirs: { readonly seq: number; readonly hash: string } | null;
  /** Monotonic. */
  readonly retryAtMs: number;
};

export type EpochProgress = {
  /** The last head that the server is known to have had; sequence 0 where it had nothing. */
  readonly known: { readonly seq: number; readonly hash: string };
  /** The server keeps the epoch and says that it does not go on from where it saw the one before end. */
  readonly isContested: boolean;
  /** `true`: nobody knows what the server holds now, and it has to be asked before anything is sent. */
  readonly inDoubt: boolean;
  /** When the server last said a head that equals ours; monotonic, `null` for never in this run. */
  readonly provenAtMs: number | null;
  /** How many records the next segment may hold. */
  readonly recordsMax: number;
  /** Steps in a row that brought nothing. */
  readonly failures: number;
  /** Sendings in a row over which the server fell. */
  readonly sendFaults: number;
  /** No step before this; monotonic. */
  readonly notBeforeMs: number;
  readonly parked: Parked | null;
};

/** Neighbouring sequences of one epoch, both ends included. */
export type Sequences = { readonly epoch: number; readonly from: number; readonly to: number };

export type LaneState = {
  readonly epochs: ReadonlyMap<number, EpochProgress>;
  /**
   * What the server had confirmed in this epoch or that and later did not hold: it was restored from a backup, or it lied. Latest last,
   * one for each epoch.
   */
  readonly serverLost: readonly Sequences[];
};

const NOTHING_KNOWN: EpochProgress = {
  known: { seq: 0, hash: '' },
  isContested: false,
  inDoubt: true,
  provenAtMs: null,
  recordsMax: SEGMENT_RECORDS_MAX,
  failures: 0,
  sendFaults: 0,
  notBeforeMs: 0,
  parked: null,
};

/** The lane of a process that has just begun: everything in doubt. `remembered` is only shown until the server has been asked. */
export function initialLane(remembered: readonly EpochHead[] = []): LaneState {
  const epochs = remembered.map(({ epoch, seq, hash }) => [epoch, { ...NOTHING_KNOWN, known: { seq, hash } }] as const);
  return { epochs: new Map(epochs), serverLost: [] };
}

export function progressOf(state: LaneState, epoch: number): EpochProgress {
  return state.epochs.get(epoch) ?? NOTHING_KNOWN;
}

export function withProgress(state: LaneState, epoch: number, change: Partial<EpochProgress>): LaneState {
  const epochs = new Map(state.epochs);
  epochs.set(epoch, { ...progressOf(state, epoch), ...change });
  return { ...state, epochs };
}

/** What the server holds may have changed: ask before anything is sent. Pauses and parked epochs stay. */
export function doubtHeads(state: LaneState): LaneState {
  let doubted = state;
  for (const epoch of state.epochs.keys()) doubted = withProgress(doubted, epoch, { inDoubt: true });
  return doubted;
}

/** After a new connection, or when a person settled something: ask anew, at once, parked epochs too. */
export function doubtAll(state: LaneState): LaneState {
  const epochs = new Map<number, EpochProgress>();
  for (const [epoch, progress] of state.epochs) {
    epochs.set(epoch, { ...progress, inDoubt: true, failures: 0, sendFaults: 0, notBeforeMs: 0, parked: null });
  }
  return { ...state, epochs };
}
