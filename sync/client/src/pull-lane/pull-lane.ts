import type { CallApi } from '../api/call-api.ts';
import { type Checkpoint, pullPage } from '../api/pull-operation.ts';
import { PULL_PAGE_DOCUMENTS } from '../limits.ts';
import type { Chance, SyncClock } from '../needs.ts';
import {
  afterPage,
  afterPullFailed,
  type FeedState,
  type FeedWrite,
  fromStart,
  INITIAL_FEED,
  pulling,
  readPage,
  resynced,
  wanted,
} from './feed-state.ts';

/** One collection of one scope. */
export type Feed = { readonly collection: string; readonly scope: string };

/**
 * Where pulled documents become durable. The checkpoint lives there and nowhere else, written in the transaction of its documents, so that
 * it can never be ahead of them (I13).
 */
export type DocumentSink = {
  /** `null` where nothing was ever written. */
  checkpoint(feed: Feed): Promise<Checkpoint | null>;
  /** Resolves when documents and checkpoint are durable; when it rejects, neither was written. Documents replace by id; tombstones remove. */
  write(feed: Feed, write: FeedWrite): Promise<void>;
};

export type PullLaneOptions = {
  readonly feeds: readonly Feed[];
  readonly sink: DocumentSink;
  readonly call: CallApi;
  readonly clock: SyncClock;
  readonly chance: Chance;
};

/** The replica lane: changed documents, down, page by page. A feed that fails delays no other. */
export type PullLane = {
  /** One page of one feed, if any wants one. As {@link JournalLane.turn}. */
  turn(signal?: AbortSignal): Promise<number | null>;
  /** A hint: these collections have changed. */
  hinted(collections: readonly string[]): void;
  /** RESYNC: connected anew. */
  resync(): void;
  /** The server was put back: what it holds may lie under places that we have passed. */
  fromStart(): void;
  states(): readonly { readonly feed: Feed; readonly state: FeedState }[];
};

export function createPullLane(options: PullLaneOptions): PullLane {
  const { clock, chance } = options;
  const feeds = options.feeds.map((feed) => ({ feed, state: INITIAL_FEED }));
  type Entry = (typeof feeds)[number];

  const dueAtMs = ({ state }: Entry): number => Math.max(state.notBeforeMs, state.isWanted ? 0 : state.dueAtMs);
  const moment = (): { nowMs: number; wallMs: number; jitter: number } => ({
    nowMs: clock.monotonicMs(),
    wallMs: clock.nowMs(),
    jitter: chance(),
  });

  async function pull(entry: Entry, signal: AbortSignal | undefined): Promise<void> {
    const asked = entry.state;
    entry.state = pulling(asked);
    const pulled = await pullOnce(options, entry.feed, asked, signal);
    if (pulled.ok) entry.state = afterPage(entry.state, pulled, moment());
    else {
      const isFromStart = entry.state.isFromStart || asked.isFromStart;
      entry.state = afterPullFailed({ ...entry.state, isFromStart }, pulled.error, moment());
    }
  }

  return {
    async turn(signal) {
      const nowMs = clock.monotonicMs();
      const index = feeds.findIndex((entry) => dueAtMs(entry) <= nowMs);
      const entry = feeds[index];
      if (!entry) return feeds.length === 0 ? null : Math.min(...feeds.map(dueAtMs));
      // To the end of the row: a feed with much to say takes turns with the others.
      feeds.push(...feeds.splice(index, 1));
      await pull(entry, signal);
      return clock.monotonicMs();
    },
    hinted(collections) {
      for (const entry of feeds) if (collections.includes(entry.feed.collection)) entry.state = wanted(entry.state);
    },
    resync() {
      for (const entry of feeds) entry.state = resynced(entry.state);
    },
    fromStart() {
      for (const entry of feeds) entry.state = fromStart(entry.state);
    },
    states: () => feeds.map(({ feed, state }) => ({ feed, state })),
  };
}

type Pulled =
  | ({ ok: true } & Parameters<typeof afterPage>[1])
  | { ok: false; error: Parameters<typeof afterPullFailed>[1] };

async function pullOnce(
  { sink, call }: PullLaneOptions,
  feed: Feed,
  state: FeedState,
  signal: AbortSignal | undefined,
): Promise<Pulled> {
  try {
    const after = state.isFromStart ? null : await sink.checkpoint(feed);
    const place = after ? { afterPeriod: after.period, afterSeq: after.seq } : {};
    const outcome = await call(pullPage, { ...feed, ...place, limit: PULL_PAGE_DOCUMENTS }, signal);
    if (!outcome.ok) return outcome;
    const { more } = outcome.value;
    const page = readPage(state, after, outcome.value);
    if (!page.ok) return { ok: false, error: { code: 'bad-page' } };
    if (page.write) await sink.write(feed, page.write);
    return { ok: true, more, poisoned: page.poisoned };
  } catch {
    return { ok: false, error: { code: 'not-durable' } };
  }
}
