import { segmentsOf, type Segment } from '@evertill/journal';
import { readRecord } from '@evertill/records';
import type { CallApi } from '../api/call-api.ts';
import { appendSegment, readHead } from '../api/journal-operations.ts';
import type { Chance, ConfirmedMemory, EpochHead, RecordSource, SyncClock } from '../needs.ts';
import { afterHead, afterHeadFailed, afterSegment, afterUnreadable, isAtOdds, type Moment } from './after-step.ts';
import { readCommonRecord } from './common-record.ts';
import { doubtAll, doubtHeads, initialLane, type LaneState, progressOf, withProgress } from './lane-state.ts';
import { type LaneStep, nextStep } from './next-step.ts';

export type JournalLaneOptions = {
  readonly source: RecordSource;
  readonly memory: ConfirmedMemory;
  readonly call: CallApi;
  readonly clock: SyncClock;
  readonly chance: Chance;
};

/** The journal lane: every record of this register, up, as the bytes that it is. */
export type JournalLane = {
  /**
   * One exchange with the server, if there is something to exchange; a few questions where the two are at odds. Answers with the monotonic instant before which the next turn has
   * nothing to do, `null` for nothing until something is recorded. Rejects only with what source or memory throw; must not be called while
   * a turn runs.
   */
  turn(signal?: AbortSignal): Promise<number | null>;
  /** Compare heads once more before anything is sent. */
  doubtHeads(): void;
  /** There is a new connection, or a person settled something: ask the server anew, about parked epochs too. */
  doubtAll(): void;
  state(): LaneState;
};

export function createJournalLane(options: JournalLaneOptions): JournalLane {
  const { source, memory, clock } = options;
  let state = initialLane(memory.load().filter(({ epoch, seq, hash }) => source.hashAt(epoch, seq) === hash));
  let saved = confirmedText(state);

  async function turn(signal?: AbortSignal): Promise<number | null> {
    const nowMs = clock.monotonicMs();
    const step = nextStep(state, source.heads(), nowMs);
    if (step.do === 'wait') return step.untilMs;
    const outcome =
      step.do === 'send'
        ? await send(options, step, signal)
        : await look(options, step.epoch, progressOf(state, step.epoch).known.seq, signal);
    // A turn that was broken off says nothing about the line; only that nobody knows what the server did with it.
    state = signal?.aborted ? withProgress(state, step.epoch, { inDoubt: true }) : outcome(state);
    const confirmed = confirmedText(state);
    if (confirmed !== saved) {
      memory.save(confirmedOf(state));
      saved = confirmed;
    }
    return clock.monotonicMs();
  }

  return {
    turn,
    doubtHeads() {
      state = doubtHeads(state);
    },
    doubtAll() {
      state = doubtAll(state);
    },
    state: () => state,
  };
}

/** What a step's outcome does to the state as it is by then. */
type Outcome = (state: LaneState) => LaneState;

async function look(
  options: JournalLaneOptions,
  epoch: number,
  knownSeq: number,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { source, call } = options;
  const outcome = await call(readHead, { register: source.register, epoch }, signal);
  const head = source.heads().find((one) => one.epoch === epoch);
  if (!outcome.ok || !head) {
    const moment = momentOf(options);
    return (state) => (outcome.ok ? state : afterHeadFailed(state, epoch, outcome.error, moment));
  }
  const theirs = outcome.value;
  if (theirs && theirs.epoch !== epoch) {
    const detail = 'head of another epoch';
    const moment = momentOf(options);
    return (state) => afterHeadFailed(state, epoch, { code: 'server-fault', detail }, moment);
  }
  const hashThere = theirs ? source.hashAt(epoch, theirs.seq) : null;
  const isOdd = theirs && isAtOdds(theirs, { head, hashThere });
  const told = isOdd ? await readCommonRecord(options, { ours: head, theirs, knownSeq }, signal) : null;
  const moment = momentOf(options);
  if (told && !told.ok) return (state) => afterHeadFailed(state, epoch, told.error, moment);
  return (state) => afterHead(state, theirs, { head, hashThere, common: told?.value ?? null }, moment);
}

async function send(
  options: JournalLaneOptions,
  step: LaneStep & { do: 'send' },
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { source, call } = options;
  const { epoch, fromSeq } = step;
  const segment = readSegment(source, step);
  if (!segment) {
    const moment = momentOf(options);
    return (state) => afterUnreadable(state, epoch, fromSeq, moment);
  }
  const { records, head } = segment;
  const input = { register: source.register, epoch, fromSeq, prevHash: segment.prevHash, records };
  const outcome = await call(appendSegment, { input }, signal);
  const moment = momentOf(options);
  return (state) => afterSegment(state, { epoch, fromSeq, head }, outcome, moment);
}

/** `null`: the disk does not give the records, or they are not what they should be. */
function readSegment(source: RecordSource, step: LaneStep & { do: 'send' }): (Segment & { prevHash: string }) | null {
  const { epoch, fromSeq, recordsMax } = step;
  try {
    const [segment] = segmentsOf(source.read(epoch, fromSeq, recordsMax));
    const first = segment?.records[0];
    if (!segment || !first || segment.first.epoch !== epoch || segment.first.seq !== fromSeq) return null;
    return { ...segment, prevHash: readRecord(first.text).header.prevHash };
  } catch {
    return null;
  }
}

function momentOf({ clock, chance }: JournalLaneOptions): Moment {
  return { nowMs: clock.monotonicMs(), jitter: chance() };
}

function confirmedOf(state: LaneState): EpochHead[] {
  return [...state.epochs].map(([epoch, { known }]) => ({ epoch, ...known })).filter(({ seq }) => seq > 0);
}

function confirmedText(state: LaneState): string {
  return JSON.stringify(confirmedOf(state));
}
