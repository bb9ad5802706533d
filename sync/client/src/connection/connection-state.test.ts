import { describe, expect, test } from 'vitest';
import type { ApiError, ApiOutcome } from '../api/api-error.ts';
import { BACKOFF_CAP_MS, FEED_STEADY_MS, PROBE_EVERY_MS } from '../limits.ts';
import {
  afterProbe,
  afterRequest,
  type Connection,
  type ConnectionState,
  type Elsewhere,
  feedLost,
  feedOpened,
  feedOpening,
  initialConnection,
  networkChanged,
  nextConnectionStep,
} from './connection-state.ts';

const at = (nowMs: number, jitter = 0.5) => ({ nowMs, wallMs: 1_000_000 + nowMs, jitter });
const start = initialConnection(at(0));
const fine: ApiOutcome<unknown> = { ok: true, value: null };
const failed = (error: ApiError): ApiOutcome<unknown> => ({ ok: false, error });
const silence = failed({ code: 'unreachable', sign: 'silence' });
const online = afterProbe(start, fine, 'not-asked', at(10));
const listening = feedOpened(feedOpening(online), 10);

describe('what is told about the line', () => {
  const cases: [string, ApiOutcome<unknown>, Elsewhere, Connection][] = [
    ['an answer', fine, 'not-asked', 'online'],
    ['a refusal', failed({ code: 'refused', errorType: 'NotAuthorised', info: null }), 'not-asked', 'online'],
    ['a server that fails', failed({ code: 'server-fault', detail: '503' }), 'not-asked', 'server-trouble'],
    ['a page of the Wi-Fi', failed({ code: 'captive-portal', detail: 'html' }), 'not-asked', 'captive-portal'],
    ['nobody listening', failed({ code: 'unreachable', sign: 'host-up' }), 'not-asked', 'server-trouble'],
    ['no way out', failed({ code: 'unreachable', sign: 'no-route' }), 'not-asked', 'offline'],
    ['silence, and the world is there', silence, 'reachable', 'server-trouble'],
    ['silence, router up, internet down', silence, 'unreachable', 'offline'],
    ['silence, and a stranger answers', silence, 'stranger', 'captive-portal'],
    ['silence, and nowhere else to look', silence, 'not-asked', 'offline'],
    ['no token, and the world is there', failed({ code: 'no-token', detail: '' }), 'reachable', 'server-trouble'],
    ['no token, and no world', failed({ code: 'no-token', detail: '' }), 'unreachable', 'offline'],
  ];
  test.each(cases)('%s', (_what, outcome, elsewhere, connection) => {
    expect(afterProbe(start, outcome, elsewhere, at(10)).connection).toBe(connection);
  });

  test('since when is the time of the change, not of the last look', () => {
    const offline = afterProbe(start, silence, 'not-asked', at(10));
    expect(afterProbe(offline, silence, 'not-asked', at(5_000))).toMatchObject({
      connection: 'offline',
      since: 1_000_010,
    });
  });
});

describe('when the server is asked', () => {
  test('at once, then in pauses that grow to their cap and always hold some chance', () => {
    expect(nextConnectionStep(start, 0)).toEqual({ do: 'probe' });
    let state: ConnectionState = start;
    const pauses: number[] = [];
    for (let round = 0, nowMs = 0; round < 12; round += 1) {
      state = afterProbe(state, silence, 'not-asked', at(nowMs, 0.999));
      pauses.push(state.nextProbeAtMs - nowMs);
      nowMs = state.nextProbeAtMs;
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[pauses.length - 1]).toBeLessThanOrEqual(BACKOFF_CAP_MS);
    const early = afterProbe(start, silence, 'not-asked', at(0, 0)).nextProbeAtMs;
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(pauses[0]!);
  });

  test('not at all while the feed lives', () => {
    expect(nextConnectionStep(listening, 10 * PROBE_EVERY_MS)).toEqual({ do: 'wait', untilMs: null });
  });

  test('within a minute where there is no feed, unless a lane was answered', () => {
    const deaf = feedLost(feedOpening(online), at(20));
    expect(nextConnectionStep({ ...deaf, nextFeedAtMs: Infinity }, 10 + PROBE_EVERY_MS)).toEqual({ do: 'probe' });
    const heard = { ...afterRequest(deaf, fine, 40_000), nextFeedAtMs: Infinity };
    expect(nextConnectionStep(heard, 10 + PROBE_EVERY_MS)).toEqual({ do: 'wait', untilMs: 40_000 + PROBE_EVERY_MS });
  });

  test('at once when a lane was not answered, though the feed seems open', () => {
    const doubting = afterRequest(listening, silence, 700);
    expect(doubting).toMatchObject({ connection: 'online', feed: 'closed' });
    expect(nextConnectionStep(doubting, 700)).toEqual({ do: 'probe' });
  });

  test('soon when the feed was lost, and the feed is opened anew when the server is still there', () => {
    const lost = feedLost(listening, at(1_000));
    const soonMs = lost.nextProbeAtMs;
    expect(soonMs).toBeLessThanOrEqual(1_500);
    expect(nextConnectionStep(lost, soonMs)).toEqual({ do: 'probe' });
    const still = afterProbe(lost, fine, 'not-asked', at(soonMs));
    expect(nextConnectionStep(still, Math.max(soonMs, still.nextFeedAtMs))).toEqual({ do: 'open-feed' });
  });

  test('a feed that never opens stops no lane and is tried in growing pauses', () => {
    let state = online;
    for (let round = 0; round < 6; round += 1) state = feedLost(feedOpening(state), at(100, 0));
    expect(state.connection).toBe('online');
    expect(state.nextFeedAtMs - 100).toBeGreaterThanOrEqual(BACKOFF_CAP_MS / 4);
  });

  test('a feed that opens and closes again and again is tried in growing pauses, a steady one soon', () => {
    let state = online;
    for (let round = 0; round < 6; round += 1) state = feedLost(feedOpened(feedOpening(state), 90), at(100, 0));
    expect(state.nextFeedAtMs - 100).toBeGreaterThanOrEqual(BACKOFF_CAP_MS / 4);
    const steady = feedLost(feedOpened(feedOpening(state), 100), at(100 + FEED_STEADY_MS, 0));
    expect(steady).toMatchObject({ feedFailures: 1 });
  });

  test('at once when the network changed', () => {
    const offline = afterProbe(start, silence, 'not-asked', at(10));
    expect(nextConnectionStep(networkChanged(offline, 11), 11)).toEqual({ do: 'probe' });
  });
});
