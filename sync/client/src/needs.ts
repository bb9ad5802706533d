import type { SealedRecord } from '@evertill/journal';

/** Time as sync needs it. The monotonic clock decides pauses and deadlines; the wall clock is only ever shown. */
export type SyncClock = {
  /** Milliseconds that never run backwards. */
  monotonicMs(): number;
  /** Epoch milliseconds. */
  nowMs(): number;
};

/** A random number, 0 ≤ n < 1: the chance in a pause. */
export type Chance = () => number;

/** Where one epoch of the register's journal has got to. */
export type EpochHead = { readonly epoch: number; readonly seq: number; readonly hash: string };

/** The register's journal, as far as the journal lane reads it. All of it is durable: what is offered here is never taken back. */
export type RecordSource = {
  readonly register: string;
  /** The head of each epoch, oldest first. Cheap: asked before every step. */
  heads(): readonly EpochHead[];
  /** The hash of one record, `null` where there is none. */
  hashAt(epoch: number, seq: number): string | null;
  /** ISO instant of one record, `null` where there is none. */
  instantAt(epoch: number, seq: number): string | null;
  /** Records of one epoch from `fromSeq` on, in order, at most `limit`. Throws when the disk does not give them. */
  read(epoch: number, fromSeq: number, limit: number): readonly SealedRecord[];
};

/**
 * Remembers what the server last confirmed, so that a register that starts without a network can say how many records wait. Only
 * shown: what is sent is decided by what the server says.
 */
export type ConfirmedMemory = {
  load(): readonly EpochHead[];
  save(confirmed: readonly EpochHead[]): void;
};

/** The token handler answered, and said no. `errorType` as the API itself would say it. */
export class TokenRefused extends Error {
  readonly errorType: 'NotEnrolled' | 'NotAuthorised';

  /** @param isKnown whether the handler still knows this register; where it does not, its right to speak was taken away. */
  constructor(isKnown: boolean) {
    super(isKnown ? 'the token handler did not take the assertion' : 'the token handler does not know this register');
    this.name = 'TokenRefused';
    this.errorType = isKnown ? 'NotAuthorised' : 'NotEnrolled';
  }
}

/**
 * Credentials. `renew` is set after the server refused the last token. Rejects with `TokenRefused` when the token handler said no, with
 * anything else when it cannot be reached.
 */
export type TokenSource = (options: { renew: boolean }) => Promise<string>;
