import type { ApiError } from '../api/api-error.ts';
import type { Checkpoint, PulledPage } from '../api/pull-operation.ts';
import { backoffMs } from '../backoff.ts';
import { POISONED_KEPT_MAX, PULL_EVERY_MS } from '../limits.ts';
import { type PulledDocument, type ReadDocument, readDocument } from './pulled-document.ts';

/** A document that the server sent and that cannot be used. */
export type Poisoned = Exclude<ReadDocument, { ok: true }>;

export type FeedState = {
  /** There is, or may be, more to pull. */
  readonly isWanted: boolean;
  /** The server disowned our checkpoint, or was put back: pull from the start. */
  readonly isFromStart: boolean;
  /** The last page ended a pull: nothing that is held waits to be confirmed. */
  readonly isWhole: boolean;
  readonly failures: number;
  readonly notBeforeMs: number;
  /** Asked again then, hint or no hint. */
  readonly dueAtMs: number;
  readonly poisoned: readonly Poisoned[];
  /** Epoch milliseconds at which all that the server had was durable here; `null` before the first time in this run. Only shown. */
  readonly upToDateAt: number | null;
};

/** Before the first pull of a process, everything may have changed. */
export const INITIAL_FEED: FeedState = {
  isWanted: true,
  isFromStart: false,
  isWhole: false,
  failures: 0,
  notBeforeMs: 0,
  dueAtMs: 0,
  poisoned: [],
  upToDateAt: null,
};

/** What a page asks the sink to make durable, in one transaction. */
export type FeedWrite = {
  readonly documents: readonly PulledDocument[];
  readonly checkpoint: Checkpoint;
  /** The view was built anew: all that is held of the feed from before this write is unconfirmed, and goes on being shown. */
  readonly beginsAnew: boolean;
  /** The feed is complete with this write: what is still unconfirmed is gone from the server, and is removed. */
  readonly isWhole: boolean;
};

export type ReadPage =
  | { readonly ok: true; readonly write: FeedWrite | null; readonly poisoned: readonly Poisoned[] }
  /** The page contradicts the contract; nothing of it is believed. */
  | { readonly ok: false };

/**
 * Judges a page that was asked for after `after`. Its documents lie after that and not beyond its checkpoint, or none of it counts: a
 * checkpoint ahead of its documents would lose them for ever (I13). `write` is `null` where there is nothing to make durable: also where a server has no view at all, which is more often
 * one that was just set up than one from which everything was removed.
 */
export function readPage(state: FeedState, after: Checkpoint | null, page: PulledPage): ReadPage {
  const { checkpoint, more } = page;
  if (!checkpoint)
    return page.documents.length === 0 && !after && !more ? { ok: true, write: null, poisoned: [] } : { ok: false };
  if (after && isBefore(checkpoint, after)) return { ok: false };
  if (more && after && !isBefore(after, checkpoint)) return { ok: false };
  const documents: PulledDocument[] = [];
  const poisoned: Poisoned[] = [];
  for (const raw of page.documents) {
    const read = readDocument(raw);
    if (!read.ok) poisoned.push(read);
    else if (isBefore(checkpoint, read.document) || (after && !isBefore(after, read.document))) return { ok: false };
    else documents.push(read.document);
  }
  const beginsAnew = !after || after.period !== checkpoint.period;
  const isNew = documents.length > 0 || beginsAnew || isBefore(after, checkpoint) || (!more && !state.isWhole);
  const write = isNew ? { documents, checkpoint, beginsAnew, isWhole: !more } : null;
  return { ok: true, write, poisoned };
}

function isBefore(a: Checkpoint, b: Checkpoint): boolean {
  return a.period === b.period ? a.seq < b.seq : a.period < b.period;
}

/** Somebody says, or it may be, that there is more. */
export function wanted(state: FeedState): FeedState {
  return { ...state, isWanted: true };
}

/** Connected anew: what was hinted meanwhile is unknown, and old failures say nothing about the new line. */
export function resynced(state: FeedState): FeedState {
  return { ...state, isWanted: true, failures: 0, notBeforeMs: 0 };
}

/** Our checkpoint may name a place that the server, put back, has filled otherwise since. */
export function fromStart(state: FeedState): FeedState {
  return { ...state, isWanted: true, isFromStart: true };
}

/** The pull has begun: a hint, or a wish to begin anew, that comes from here on asks for another one. */
export function pulling(state: FeedState): FeedState {
  return { ...state, isWanted: false, isFromStart: false };
}

/** A page is durable. */
export function afterPage(
  state: FeedState,
  page: { readonly more: boolean; readonly poisoned: readonly Poisoned[] },
  moment: { nowMs: number; wallMs: number; jitter: number },
): FeedState {
  return {
    ...state,
    upToDateAt: page.more ? state.upToDateAt : moment.wallMs,
    isWanted: state.isWanted || page.more,
    isWhole: !page.more,
    failures: 0,
    notBeforeMs: 0,
    dueAtMs: moment.nowMs + PULL_EVERY_MS * (0.75 + moment.jitter / 2),
    poisoned: [...state.poisoned, ...page.poisoned].slice(-POISONED_KEPT_MAX),
  };
}

/** Nothing came, or it could not be made durable: the same question again, later. */
export function afterPullFailed(
  state: FeedState,
  error: ApiError | { readonly code: 'not-durable' | 'bad-page' },
  moment: { nowMs: number; jitter: number },
): FeedState {
  const failures = state.failures + 1;
  const notBeforeMs = moment.nowMs + backoffMs(failures, moment.jitter);
  const isFromStart = state.isFromStart || (error.code === 'refused' && error.errorType === 'CheckpointAhead');
  return { ...state, isWanted: true, isFromStart, failures, notBeforeMs };
}
