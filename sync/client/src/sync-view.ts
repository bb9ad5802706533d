import type { Connection, ConnectionState } from './connection/connection-state.ts';
import { type LaneState, type ParkReason, progressOf, type Sequences } from './journal-lane/lane-state.ts';
import type { EpochHead, RecordSource } from './needs.ts';
import type { PullLane } from './pull-lane/pull-lane.ts';
import type { Poisoned } from './pull-lane/feed-state.ts';

/** What waits for a person. */
export type ParkedItem =
  | {
      readonly lane: 'journal';
      readonly epoch: number;
      readonly seq: number;
      readonly reason: ParkReason;
      /** This register's records that the server does not hold; they are safe here. `null` for none. */
      readonly waiting: Sequences | null;
      /** What the server holds under sequences that this register does not, or fills otherwise. `null` for none. */
      readonly lacking: Sequences | null;
      /** The server's head, where it is at odds with ours. */
      readonly theirs: EpochHead | null;
    }
  | {
      readonly lane: 'replica';
      readonly collection: string;
      readonly scope: string;
      readonly id: string;
      readonly reason: Poisoned['reason'];
    };

/** Sync as a person is told of it. Everything counted here as waiting is safe on this register's disk. */
export type SyncView = {
  readonly connection: Connection;
  /** ISO instant since which `connection` is so. */
  readonly since: string;
  /** Whether hints arrive, so that others' changes are seen at once; without them within a minute or so. */
  readonly hearsHints: boolean;
  /** Records that the server is not known to hold. */
  readonly waitingRecords: number;
  /** ISO instant at which the oldest of them was made; `null` when none waits. */
  readonly oldestWaitingAt: string | null;
  /** The server's last word on the current epoch; equal sequence and hash are the proof of sync. `null` before it said one. */
  readonly headProof: {
    readonly epoch: number;
    readonly seq: number;
    readonly hash: string;
    readonly equal: boolean;
  } | null;
  readonly parked: readonly ParkedItem[];
  /**
   * The server's head of the current epoch, where that is at odds with ours (`forked`, `restored`, `server-ahead`). Written as high-water mark
   * when the ledger has closed, it makes the next opening begin a new epoch, which goes up again.
   */
  readonly outgrownBy: EpochHead | null;
  /** Epochs that the server keeps and contests: they do not go on from where it saw the one before end. */
  readonly contested: readonly number[];
  /** What the server had confirmed and later did not hold: it was restored. This register's records were sent again; a manager should know. */
  readonly serverLost: readonly Sequences[];
};

export function syncView(
  connection: ConnectionState,
  lane: LaneState,
  source: RecordSource,
  feeds: ReturnType<PullLane['states']>,
): SyncView {
  const heads = source.heads();
  const gaps = heads.map(({ epoch, seq }) => ({ epoch, from: progressOf(lane, epoch).known.seq + 1, to: seq }));
  const waiting = gaps.filter(({ from, to }) => from <= to);
  const oldest = waiting[0];
  const latest = heads[heads.length - 1];
  const known = latest && progressOf(lane, latest.epoch).known;
  const parkedEpochs = heads.flatMap((head) => parkedEpoch(head, lane));
  const parkedDocuments = feeds.flatMap(({ feed, state }) =>
    state.poisoned.map(({ id, reason }): ParkedItem => ({ lane: 'replica', ...feed, id, reason })),
  );
  return {
    connection: connection.connection,
    since: new Date(connection.since).toISOString(),
    hearsHints: connection.feed === 'open',
    waitingRecords: waiting.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    oldestWaitingAt: oldest ? source.instantAt(oldest.epoch, oldest.from) : null,
    headProof:
      latest && known && known.seq > 0
        ? { epoch: latest.epoch, ...known, equal: known.seq === latest.seq && known.hash === latest.hash }
        : null,
    parked: [...parkedEpochs, ...parkedDocuments],
    outgrownBy: latest ? theirsOf(lane, latest.epoch) : null,
    contested: heads.map(({ epoch }) => epoch).filter((epoch) => progressOf(lane, epoch).isContested),
    serverLost: lane.serverLost,
  };
}

function parkedEpoch({ epoch, seq: ourSeq }: EpochHead, lane: LaneState): ParkedItem[] {
  const { parked, known } = progressOf(lane, epoch);
  if (!parked) return [];
  const { seq, reason, theirs } = parked;
  return [
    {
      ...{ lane: 'journal', epoch, seq, reason },
      waiting: known.seq < ourSeq ? { epoch, from: known.seq + 1, to: ourSeq } : null,
      lacking: theirs && seq <= theirs.seq ? { epoch, from: seq, to: theirs.seq } : null,
      theirs: theirsOf(lane, epoch),
    },
  ];
}

function theirsOf(lane: LaneState, epoch: number): EpochHead | null {
  const theirs = progressOf(lane, epoch).parked?.theirs;
  return theirs ? { epoch, ...theirs } : null;
}
