import type { ApiError, ApiOutcome } from '../api/api-error.ts';
import { backoffMs } from '../backoff.ts';
import { FEED_STEADY_MS, PROBE_EVERY_MS } from '../limits.ts';

/** What a person is told about the line. */
export type Connection = 'offline' | 'connecting' | 'online' | 'captive-portal' | 'server-trouble';

/**
 * What a look elsewhere on the internet brought: `reachable`: there is internet; `stranger`: somebody else answered; `unreachable`: no
 * internet, whatever the router says; `not-asked`: there is nowhere to look.
 */
export type Elsewhere = 'reachable' | 'stranger' | 'unreachable' | 'not-asked';

export type ConnectionState = {
  readonly connection: Connection;
  /** Epoch milliseconds at which `connection` became so; for the screen only. */
  readonly since: number;
  readonly failures: number;
  readonly nextProbeAtMs: number;
  readonly feed: 'closed' | 'opening' | 'open';
  readonly feedFailures: number;
  readonly nextFeedAtMs: number;
  /** Monotonic; since when the feed has been open, if it is. */
  readonly feedOpenedAtMs: number;
};

export type ConnectionStep =
  | { readonly do: 'probe' }
  | { readonly do: 'open-feed' }
  | { readonly do: 'wait'; readonly untilMs: number | null };

/** An instant on both clocks, and the chance in the pause that may follow. */
export type ConnectionMoment = { readonly nowMs: number; readonly wallMs: number; readonly jitter: number };

export function initialConnection({ nowMs, wallMs }: Omit<ConnectionMoment, 'jitter'>): ConnectionState {
  const feed = { feed: 'closed', feedFailures: 0, nextFeedAtMs: nowMs, feedOpenedAtMs: 0 } as const;
  return { connection: 'connecting', since: wallMs, failures: 0, nextProbeAtMs: nowMs, ...feed };
}

/**
 * What the supervisor does next. Requests over HTTPS make a connection; the hint feed is only faster ears, and its failures never stop
 * the lanes. While the feed is open it is its own proof of life.
 */
export function nextConnectionStep(state: ConnectionState, nowMs: number): ConnectionStep {
  const isOnline = state.connection === 'online';
  if (isOnline && state.feed !== 'closed') return { do: 'wait', untilMs: null };
  if (state.nextProbeAtMs <= nowMs) return { do: 'probe' };
  if (isOnline && state.nextFeedAtMs <= nowMs) return { do: 'open-feed' };
  return { do: 'wait', untilMs: isOnline ? Math.min(state.nextProbeAtMs, state.nextFeedAtMs) : state.nextProbeAtMs };
}

/** The server was asked whether it is there. Any answer of the server itself is a connection, a refusal too. */
export function afterProbe(
  state: ConnectionState,
  outcome: ApiOutcome<unknown>,
  elsewhere: Elsewhere,
  moment: ConnectionMoment,
): ConnectionState {
  const connection = outcome.ok ? 'online' : connectionAfter(outcome.error, elsewhere);
  if (connection === 'online') {
    return { ...told(state, connection, moment), failures: 0, nextProbeAtMs: moment.nowMs + PROBE_EVERY_MS };
  }
  const failures = state.failures + 1;
  const nextProbeAtMs = moment.nowMs + backoffMs(failures, moment.jitter);
  return { ...told(state, connection, moment), failures, nextProbeAtMs };
}

/** A failure says little by itself: silence may be the server's or the world's, and only a look elsewhere tells them apart. */
function connectionAfter(error: ApiError, elsewhere: Elsewhere): Connection {
  switch (error.code) {
    case 'refused':
      return 'online';
    case 'server-fault':
      return 'server-trouble';
    case 'captive-portal':
      return 'captive-portal';
    case 'unreachable':
    case 'no-token':
      if (error.code === 'unreachable' && error.sign === 'host-up') return 'server-trouble';
      if (elsewhere === 'stranger') return 'captive-portal';
      return elsewhere === 'reachable' ? 'server-trouble' : 'offline';
  }
}

/** Whether a look elsewhere could change what is told. */
export function wantsLookElsewhere(outcome: ApiOutcome<unknown>): boolean {
  if (outcome.ok) return false;
  return (
    outcome.error.code === 'no-token' || (outcome.error.code === 'unreachable' && outcome.error.sign !== 'host-up')
  );
}

/** A lane heard from the server, or did not. Success puts the next probe off; failure brings it forward. */
export function afterRequest(state: ConnectionState, outcome: ApiOutcome<unknown>, nowMs: number): ConnectionState {
  if (state.connection !== 'online') return state;
  const isHeard = outcome.ok || outcome.error.code === 'refused';
  if (isHeard) return { ...state, nextProbeAtMs: nowMs + PROBE_EVERY_MS };
  // A feed that seems open is closed with it: if the line is dead, so is the feed, and nobody has told it yet.
  return { ...state, feed: 'closed', nextProbeAtMs: nowMs };
}

export function feedOpening(state: ConnectionState): ConnectionState {
  return { ...state, feed: 'opening' };
}

export function feedOpened(state: ConnectionState, nowMs: number): ConnectionState {
  return { ...state, feed: 'open', feedOpenedAtMs: nowMs };
}

/** The feed ended. If it had been open, the line may be gone: ask at once, with a little chance, because every register lost it now. */
export function feedLost(state: ConnectionState, { nowMs, jitter }: Omit<ConnectionMoment, 'wallMs'>): ConnectionState {
  const wasSteady = state.feed === 'open' && nowMs - state.feedOpenedAtMs >= FEED_STEADY_MS;
  const feedFailures = wasSteady ? 1 : state.feedFailures + 1;
  const nextFeedAtMs = nowMs + backoffMs(feedFailures, jitter);
  const nextProbeAtMs = state.feed === 'open' ? nowMs + backoffMs(1, jitter) : state.nextProbeAtMs;
  return { ...state, feed: 'closed', feedFailures, nextFeedAtMs, nextProbeAtMs };
}

/** The machine woke up, or its network changed: what was known about the line is worth nothing. */
export function networkChanged(state: ConnectionState, nowMs: number): ConnectionState {
  return { ...state, failures: 0, feedFailures: 0, feed: 'closed', nextProbeAtMs: nowMs, nextFeedAtMs: nowMs };
}

function told(state: ConnectionState, connection: Connection, { wallMs }: ConnectionMoment): ConnectionState {
  return connection === state.connection ? state : { ...state, connection, since: wallMs };
}
