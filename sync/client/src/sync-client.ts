import { Alarm } from './alarm.ts';
import { type CallApi, createCallApi } from './api/call-api.ts';
import { probe } from './api/query-operations.ts';
import { openHintFeed } from './connection/hint-feed.ts';
import { lookElsewhere } from './connection/look-elsewhere.ts';
import { createSupervisor, type FeedEvents } from './connection/supervisor.ts';
import { createJournalLane } from './journal-lane/journal-lane.ts';
import { BACKOFF_CAP_MS, FEED_OPENING_TIMEOUT_MS, PROBE_TIMEOUT_MS } from './limits.ts';
import type { Chance, ConfirmedMemory, RecordSource, SyncClock, TokenSource } from './needs.ts';
import { createPullLane, type DocumentSink, type Feed } from './pull-lane/pull-lane.ts';
import { sleep } from './sleep.ts';
import { type SyncView, syncView } from './sync-view.ts';
import { untilAborted } from './until-aborted.ts';

export type SyncClientOptions = {
  /** `https://…/graphql` */
  readonly url: string;
  /** Whose hints are heard. */
  readonly store: string;
  readonly source: RecordSource;
  readonly memory: ConfirmedMemory;
  readonly feeds: readonly Feed[];
  readonly sink: DocumentSink;
  readonly token: TokenSource;
  readonly clock: SyncClock;
  readonly chance: Chance;
  readonly fetch: typeof fetch;
  /** Addresses that answer 204 wherever there is internet; none: "router up, internet down" and "server gone" look alike. */
  readonly elsewhereUrls: readonly string[];
  /** Something of the register's own threw: source, memory, or a callback. The lane tries again after a pause. */
  readonly onFault: (thrown: unknown) => void;
};

export type SyncClient = {
  view(): SyncView;
  /** ISO instant at which everything of every feed was durable here; `null` until then. */
  upToDateAt(): string | null;
  /** Called when the view may have changed. */
  onChange(callback: () => void): () => void;
  /** The journal has grown. Cheap: call it after each commit. */
  recorded(): void;
  /** A person settled something: ask the server again about what is parked. */
  retryParked(): void;
  /** The machine woke up, or its network changed. */
  networkChanged(): void;
  /** Claims and look-ups, online only: with the operations that this package exports. */
  readonly ask: CallApi;
  /** Breaks off what runs; what the server did with it is found out next time. */
  dispose(): Promise<void>;
};

/** Starts a register's side of sync. Nothing in it throws into a sale, and no lane waits for another. */
export function startSync(options: SyncClientOptions): SyncClient {
  const { clock, chance } = options;
  const ended = new AbortController();
  const callbacks = new Set<() => void>();
  const bells = { journal: new Alarm(), pull: new Alarm() };
  const changed = (): void => {
    for (const callback of [...callbacks]) {
      try {
        callback();
      } catch (thrown) {
        options.onFault(thrown);
      }
    }
  };
  const bare = createCallApi(options);
  const call: CallApi = async (operation, variables, signal) => {
    const outcome = await bare(operation, variables, signal);
    if (!signal?.aborted) supervisor.heard(outcome);
    return outcome;
  };
  const journal = createJournalLane({ ...options, call });
  const pull = createPullLane({ ...options, call });
  const callProbe = createCallApi({ ...options, timeoutMs: PROBE_TIMEOUT_MS });
  const supervisor = createSupervisor({
    clock,
    chance,
    probe: (signal) => callProbe(probe, {}, signal),
    lookElsewhere: () => lookElsewhere(options.elsewhereUrls, options.fetch),
    openFeed: feedOpener(options),
    onHint(collections) {
      pull.hinted(collections);
      bells.pull.ring();
    },
    onChange({ connection }, isFeedNew) {
      const isOnline = connection === 'online';
      if (isOnline && !wasOnline) journal.doubtAll();
      else if (isFeedNew) journal.doubtHeads();
      if (isOnline && (isFeedNew || !wasOnline)) pull.resync();
      wasOnline = isOnline;
      for (const bell of Object.values(bells)) bell.ring();
      changed();
    },
  });
  let wasOnline = false;
  const journalTurn = async (signal: AbortSignal): Promise<number | null> => {
    const { serverLost } = journal.state();
    const untilMs = await journal.turn(signal);
    if (journal.state().serverLost !== serverLost) {
      pull.fromStart();
      bells.pull.ring();
    }
    return untilMs;
  };

  const lane = { signal: ended.signal, isOnline: () => supervisor.state().connection === 'online', changed };
  const running = Promise.all([
    supervisor.run(ended.signal),
    runLane(options, lane, journalTurn, bells.journal),
    runLane(options, lane, pull.turn, bells.pull),
  ]);
  return {
    view: () => syncView(supervisor.state(), journal.state(), options.source, pull.states()),
    upToDateAt() {
      const instants = pull.states().map(({ state }) => state.upToDateAt);
      if (instants.length === 0 || instants.includes(null)) return null;
      return new Date(Math.min(...instants.map(Number))).toISOString();
    },
    onChange(callback) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    recorded: () => bells.journal.ring(),
    retryParked() {
      journal.doubtAll();
      bells.journal.ring();
    },
    networkChanged: () => supervisor.networkChanged(),
    ask: call,
    async dispose() {
      ended.abort();
      callbacks.clear();
      await running;
    },
  };
}

type LaneSurroundings = { readonly signal: AbortSignal; isOnline(): boolean; changed(): void };

/** Turn after turn while there is a connection; asleep otherwise, until the bell rings. */
async function runLane(
  { clock, onFault }: SyncClientOptions,
  { signal, isOnline, changed }: LaneSurroundings,
  turn: (signal: AbortSignal) => Promise<number | null>,
  bell: Alarm,
): Promise<void> {
  while (!signal.aborted) {
    const rung = bell.signal;
    let untilMs: number | null = null;
    if (isOnline()) {
      try {
        untilMs = await turn(signal);
      } catch (thrown) {
        onFault(thrown);
        untilMs = clock.monotonicMs() + BACKOFF_CAP_MS;
      }
      changed();
    }
    await sleep(untilMs === null ? null : untilMs - clock.monotonicMs(), signal, rung);
  }
}

/** A token that the feed refused is renewed before the next attempt: a refusal over a socket has no code to go by. */
function feedOpener({ url, store, token }: SyncClientOptions): (events: FeedEvents) => Promise<{ dispose(): void }> {
  let isRefused = false;
  return async (events) => {
    const jwt = await untilAborted(token({ renew: isRefused }), AbortSignal.timeout(FEED_OPENING_TIMEOUT_MS));
    isRefused = false;
    const onLost = (reason: string): void => {
      isRefused = /unauthori[sz]ed/i.test(reason);
      events.onLost(reason);
    };
    return openHintFeed({ url, store, token: jwt, ...events, onLost });
  };
}
