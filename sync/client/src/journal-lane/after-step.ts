import { SEGMENT_RECORDS_MAX } from '@evertill/journal';
import type { ApiError, ApiOutcome } from '../api/api-error.ts';
import { backoffMs } from '../backoff.ts';
import { FAILURES_BEFORE_HALVING, FAULTS_BEFORE_PARKING, PARKED_FAULT_RETRY_MS, PARKED_RETRY_MS } from '../limits.ts';
import type { EpochHead } from '../needs.ts';
import { doubtHeads, type LaneState, type ParkReason, progressOf, withProgress } from './lane-state.ts';

/** When a step ended, monotonic, and the chance in the pause that may follow it. */
export type Moment = { readonly nowMs: number; readonly jitter: number };

/** What was sent, in short. */
export type SentSegment = { readonly epoch: number; readonly fromSeq: number; readonly head: EpochHead };

type Head = { readonly seq: number; readonly hash: string };
/** An epoch as the server says it. */
type ServerSide = Head & { readonly contested: boolean };

/** Refusals that are about the records sent: with fewer of them, the sound ones before the poisoned one still go up. */
const ABOUT_RECORDS: Readonly<Record<string, ParkReason>> = {
  SegmentBroken: 'broken',
  Malformed: 'malformed',
  TooLarge: 'too-large',
};
const ABOUT_REGISTER: Readonly<Record<string, ParkReason>> = {
  NotAuthorised: 'not-authorised',
  NotEnrolled: 'revoked',
  ValidationError: 'other-version',
};

/** The epoch at this register. */
export type OurSide = {
  readonly head: EpochHead;
  /** Our hash at the server's sequence; `null` where we have no such record. */
  readonly hashThere: string | null;
  /** Where the two are at odds: the last record that both hold, sequence 0 for none, `null` where the server could not say. */
  readonly common: Head | null;
};

/**
 * The server said how far it holds an epoch. Equal (sequence, hash) settles every doubt; anything else is a fact that a person must
 * know.
 */
export function afterHead(state: LaneState, theirs: ServerSide | null, ours: OurSide, moment: Moment): LaneState {
  const { epoch } = ours.head;
  const before = progressOf(state, epoch).known;
  if (theirs && isAtOdds(theirs, ours)) return afterOdds(state, theirs, ours, moment);
  const known = theirs ?? { seq: 0, hash: '' };
  return withProgress(withServerLost(state, epoch, known.seq), epoch, {
    known: { seq: known.seq, hash: known.hash },
    isContested: theirs?.contested ?? false,
    inDoubt: false,
    provenAtMs: moment.nowMs,
    parked: null,
    ...(known.seq > before.seq ? { failures: 0, sendFaults: 0 } : {}),
  });
}

/** Whether the server holds what this register does not, so that nothing may be sent behind it. */
export function isAtOdds(theirs: Head, { head, hashThere }: Omit<OurSide, 'common'>): boolean {
  return theirs.seq > head.seq || (theirs.seq > 0 && theirs.hash !== hashThere);
}

/** Two disks wrote, or one was put back: told apart by how far both tell the same. */
function afterOdds(state: LaneState, theirs: ServerSide, { head, common }: OurSide, moment: Moment): LaneState {
  const { epoch } = head;
  if (!common) {
    const isAhead = theirs.seq > head.seq;
    const atLeast = Math.min(progressOf(state, epoch).known.seq, isAhead ? head.seq : theirs.seq - 1);
    return park(state, epoch, isAhead ? 'server-ahead' : 'forked', atLeast + 1, moment, theirs);
  }
  const change = { known: { seq: common.seq, hash: common.hash }, isContested: theirs.contested };
  const sure = withProgress(withServerLost(state, epoch, common.seq), epoch, change);
  return park(sure, epoch, common.seq === head.seq ? 'restored' : 'forked', common.seq + 1, moment, theirs);
}

/** A server that lost part of one epoch may have lost others. */
function withServerLost(state: LaneState, epoch: number, heldSeq: number): LaneState {
  const { known } = progressOf(state, epoch);
  if (heldSeq >= known.seq) return state;
  const others = state.serverLost.filter((lost) => lost.epoch !== epoch);
  return { ...doubtHeads(state), serverLost: [...others, { epoch, from: heldSeq + 1, to: known.seq }] };
}

/** The head could not be read. */
export function afterHeadFailed(state: LaneState, epoch: number, error: ApiError, moment: Moment): LaneState {
  const reason = error.code === 'refused' ? ABOUT_REGISTER[error.errorType] : undefined;
  if (reason) return park(state, epoch, reason, progressOf(state, epoch).known.seq + 1, moment);
  return fruitless(state, epoch, moment);
}

/** A segment was sent, and this came of it. */
export function afterSegment(
  state: LaneState,
  sent: SentSegment,
  outcome: ApiOutcome<{ readonly head: EpochHead & ServerSide }>,
  moment: Moment,
): LaneState {
  const { epoch, fromSeq } = sent;
  if (outcome.ok) return afterAppended(state, sent, outcome.value.head, moment);
  const { error } = outcome;
  if (error.code === 'refused') {
    const ofRegister = ABOUT_REGISTER[error.errorType];
    if (ofRegister) return park(state, epoch, ofRegister, fromSeq, moment);
    const ofRecords = ABOUT_RECORDS[error.errorType];
    if (!ofRecords) return fruitless(state, epoch, moment);
    if (sent.head.seq === fromSeq) return park(state, epoch, ofRecords, fromSeq, moment);
    return withProgress(state, epoch, { recordsMax: halfOf(sent) });
  }
  const failures = progressOf(state, epoch).failures + 1;
  const sendFaults = progressOf(state, epoch).sendFaults + (error.code === 'server-fault' ? 1 : 0);
  const isAlone = sent.head.seq === fromSeq;
  if (isAlone && sendFaults >= FAULTS_BEFORE_PARKING) return park(state, epoch, 'server-fault', fromSeq, moment);
  const recordsMax = failures >= FAILURES_BEFORE_HALVING ? halfOf(sent) : progressOf(state, epoch).recordsMax;
  return withProgress(fruitless(state, epoch, moment), epoch, { sendFaults, recordsMax });
}

/** A record could not be read from this register's own disk. */
export function afterUnreadable(state: LaneState, epoch: number, seq: number, moment: Moment): LaneState {
  return park(state, epoch, 'unreadable', seq, moment);
}

/** An acknowledgement counts when it names the very head that was sent; any other one is a reason to look. */
function afterAppended(state: LaneState, sent: SentSegment, head: EpochHead & ServerSide, moment: Moment): LaneState {
  const isOurs = head.epoch === sent.epoch && head.seq === sent.head.seq && head.hash === sent.head.hash;
  if (!isOurs) return fruitless(state, sent.epoch, moment);
  const { recordsMax } = progressOf(state, sent.epoch);
  return withProgress(state, sent.epoch, {
    known: { seq: head.seq, hash: head.hash },
    isContested: head.contested,
    inDoubt: false,
    provenAtMs: moment.nowMs,
    failures: 0,
    sendFaults: 0,
    recordsMax: Math.min(SEGMENT_RECORDS_MAX, recordsMax * 2),
  });
}

function halfOf({ fromSeq, head }: SentSegment): number {
  return Math.max(1, Math.floor((head.seq - fromSeq + 1) / 2));
}

/** Nobody knows what was done: look before the next attempt, and not at once. */
function fruitless(state: LaneState, epoch: number, moment: Moment): LaneState {
  const failures = progressOf(state, epoch).failures + 1;
  const notBeforeMs = moment.nowMs + backoffMs(failures, moment.jitter);
  return withProgress(state, epoch, { inDoubt: true, failures, notBeforeMs });
}

function park(
  state: LaneState,
  epoch: number,
  reason: ParkReason,
  seq: number,
  { nowMs }: Moment,
  theirs: Head | null = null,
): LaneState {
  const retryMs = reason === 'server-fault' ? PARKED_FAULT_RETRY_MS : PARKED_RETRY_MS;
  const held = theirs && { seq: theirs.seq, hash: theirs.hash };
  const parked = { reason, seq, retryAtMs: nowMs + retryMs, theirs: held };
  return withProgress(state, epoch, { parked, inDoubt: true, failures: 0, sendFaults: 0, provenAtMs: null });
}
