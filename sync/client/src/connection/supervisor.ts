import type { ApiOutcome } from '../api/api-error.ts';
import type { Chance, SyncClock } from '../needs.ts';
import { sleep } from '../sleep.ts';
import {
  afterProbe,
  afterRequest,
  type ConnectionMoment,
  type ConnectionState,
  type Elsewhere,
  feedLost,
  feedOpened,
  feedOpening,
  initialConnection,
  networkChanged,
  nextConnectionStep,
  wantsLookElsewhere,
} from './connection-state.ts';

export type FeedEvents = { onOpen(): void; onHint(collections: readonly string[]): void; onLost(reason: string): void };

export type SupervisorOptions = {
  readonly clock: SyncClock;
  readonly chance: Chance;
  /** Asks the server something cheap. */
  readonly probe: (signal: AbortSignal) => Promise<ApiOutcome<unknown>>;
  readonly lookElsewhere: () => Promise<Elsewhere>;
  /** One attempt at the hint feed; rejects where it cannot even begin. */
  readonly openFeed: (events: FeedEvents) => Promise<{ dispose(): void }>;
  readonly onHint: (collections: readonly string[]) => void;
  /** What is told has changed; or the feed has opened, and whatever was hinted before it is unknown. */
  readonly onChange: (state: ConnectionState, isFeedNew: boolean) => void;
};

export type Supervisor = {
  state(): ConnectionState;
  /** A lane heard from the server, or did not. */
  heard(outcome: ApiOutcome<unknown>): void;
  networkChanged(): void;
  /** Until `signal` ends it. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
};

/** Keeps the connection, and knows at each moment what to say about it. The decisions are in connection-state.ts. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { clock, chance } = options;
  const moment = (): ConnectionMoment => ({ nowMs: clock.monotonicMs(), wallMs: clock.nowMs(), jitter: chance() });
  let state = initialConnection(moment());
  let feed: { dispose(): void } | null = null;
  let attempts = 0;
  let wake = new AbortController();

  function become(next: ConnectionState, isFeedNew = false): void {
    const isTold = next.connection !== state.connection || next.feed !== state.feed;
    state = next;
    if (state.feed === 'closed' && feed) {
      feed.dispose();
      feed = null;
    }
    wake.abort();
    if (isTold) options.onChange(state, isFeedNew);
  }

  async function openFeed(): Promise<void> {
    attempts += 1;
    const attempt = attempts;
    const isCurrent = (): boolean => attempt === attempts && state.feed !== 'closed';
    become(feedOpening(state));
    const lost = (): void => {
      if (isCurrent()) become(feedLost(state, moment()));
    };
    try {
      const opened = await options.openFeed({
        onOpen: () => isCurrent() && become(feedOpened(state, clock.monotonicMs()), true),
        onHint: (collections) => isCurrent() && options.onHint(collections),
        onLost: lost,
      });
      if (isCurrent()) feed = opened;
      else opened.dispose();
    } catch {
      // No token, or a link that cannot begin: an attempt that failed like any other.
      lost();
    }
  }

  async function probe(signal: AbortSignal): Promise<void> {
    const outcome = await options.probe(signal);
    if (signal.aborted) return;
    const elsewhere = wantsLookElsewhere(outcome) ? await options.lookElsewhere() : 'not-asked';
    become(afterProbe(state, outcome, elsewhere, moment()));
  }

  return {
    state: () => state,
    heard: (outcome) => {
      const next = afterRequest(state, outcome, clock.monotonicMs());
      if (next.nextProbeAtMs < state.nextProbeAtMs || next.feed !== state.feed) become(next);
      else state = next;
    },
    networkChanged: () => become(networkChanged(state, clock.monotonicMs())),
    async run(signal) {
      while (!signal.aborted) {
        wake = new AbortController();
        const step = nextConnectionStep(state, clock.monotonicMs());
        if (step.do === 'probe') await probe(signal);
        else if (step.do === 'open-feed') await openFeed();
        else await sleep(step.untilMs === null ? null : step.untilMs - clock.monotonicMs(), signal, wake.signal);
      }
      attempts += 1;
      feed?.dispose();
      feed = null;
    },
  };
}
