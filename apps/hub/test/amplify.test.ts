import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { Amplify } from 'aws-amplify';
import { CONNECTION_STATE_CHANGE, ConnectionState, generateClient } from 'aws-amplify/api';
import type { GraphQLResult } from 'aws-amplify/api';
import { decodeJWT } from 'aws-amplify/auth';
import { Hub as AmplifyHub } from 'aws-amplify/utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { APPEND, enrol, segmentInput, startTestHub, tokenFor } from './test-hub.ts';
import type { TestHub } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const journal = exampleJournal([20], key).map(({ sealed }) => sealed);
const HEAD = 'query Head($register: ID!) { head(register: $register) { epoch seq hash } }';
const PULL = `query Pull($collection: String!, $scope: ID!) {
  pull(collection: $collection, scope: $scope) { documents { id body } checkpoint { period seq } more }
}`;
const HINT =
  'subscription OnHint($store: ID!) { onHint(store: $store) { tenant store collections { collection seq } } }';

/** Amplify asks for TLS whatever its endpoint says. Before a hub that is a proxy's task, and on loopback there is none: here it is left out. */
class LoopbackWebSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url.replace(/^wss:/, 'ws:'), protocols);
  }
}

let test: TestHub;
let token: string;

beforeEach(async () => {
  test = await startTestHub();
  await enrol(test, author, key);
  token = await tokenFor(test.hub, author, key);
  Object.assign(globalThis, { WebSocket: LoopbackWebSocket });
  Amplify.configure(
    { API: { GraphQL: { endpoint: `${test.hub.url}/graphql`, region: 'none', defaultAuthMode: 'oidc' } } },
    { Auth: { tokenProvider: { getTokens: async () => ({ accessToken: decodeJWT(token) }) } } },
  );
});

afterEach(async () => {
  await test.close();
});

/** A query or mutation as an application of Amplify writes it. Rejects with `{ data, errors }` when the server answers errors. */
async function ask(query: string, variables: Record<string, unknown>): Promise<unknown> {
  const answer = (await generateClient().graphql({ query, variables })) as GraphQLResult<unknown>;
  return answer.data;
}

type Heard = { readonly events: unknown[]; readonly errors: unknown[]; stop(): void };

function listen(store: string): Heard {
  const events: unknown[] = [];
  const errors: unknown[] = [];
  const hints = generateClient().graphql({ query: HINT, variables: { store } });
  if (!('subscribe' in hints)) throw new Error('Amplify takes a subscription for a request');
  const subscription = hints.subscribe({
    next: (event: unknown) => events.push((event as { data: unknown }).data),
    error: (error: unknown) => errors.push(error),
  });
  return { events, errors, stop: () => subscription.unsubscribe() };
}

/** Resolves when Amplify says that its subscriptions are connected. */
function connected(): Promise<void> {
  return new Promise((resolve) => {
    const stop = AmplifyHub.listen('api', ({ payload }) => {
      const { connectionState } = (payload.data ?? {}) as { connectionState?: ConnectionState };
      if (payload.event !== CONNECTION_STATE_CHANGE || connectionState !== ConnectionState.Connected) return;
      stop();
      resolve();
    });
  });
}

describe("Amplify's API client, unmodified", () => {
  it('[I1] [I3] asks, sends a segment and reads back the head that it led to', async () => {
    expect(await ask(HEAD, { register: author.register })).toEqual({ head: null });
    const appended = await ask(APPEND, { input: segmentInput(author.register, journal.slice(0, 8)) });
    expect(appended).toMatchObject({ appendSegment: { accepted: 8, duplicate: 0 } });
    const head = { epoch: 1, seq: 8, hash: journal[7]?.hash };
    expect(await ask(HEAD, { register: author.register })).toEqual({ head });
    expect(test.faults).toEqual([]);
  });

  it('hears of what it sent, and finds at the next pull what the hint spoke of', async () => {
    const isConnected = connected();
    const heard = listen(author.store);
    await isConnected;
    await ask(APPEND, { input: segmentInput(author.register, journal) });
    await vi.waitFor(() => expect(JSON.stringify(heard.events)).toContain('"orders"'), { timeout: 5_000 });
    expect(heard.events[0]).toMatchObject({ onHint: { tenant: author.tenant, store: author.store } });
    await test.hub.settled();
    const pulled = await ask(PULL, { collection: 'orders', scope: author.store });
    expect(pulled).toMatchObject({ pull: { more: false, checkpoint: { seq: expect.any(Number) as number } } });
    expect(JSON.stringify(pulled)).toContain(`"${author.register}.1.2"`);
    heard.stop();
    expect(heard.errors).toEqual([]);
    expect(test.faults).toEqual([]);
  });

  it('[I4] gives a refusal to its caller with type and info', async () => {
    await expect(ask(APPEND, { input: segmentInput(author.register, journal.slice(4, 6)) })).rejects.toMatchObject({
      errors: [{ errorType: 'HeadMoved', errorInfo: { epoch: 1, seq: 0 }, path: ['appendSegment'] }],
    });
  });

  it('is refused the hints of another store', async () => {
    const heard = listen('hamburg-1');
    await vi.waitFor(() => expect(JSON.stringify(heard.errors)).toContain('NotAuthorised'), { timeout: 5_000 });
    heard.stop();
  });

  it('with a foreign token is refused both ways', async () => {
    const [header, payload] = token.split('.');
    token = `${header}.${payload}.${'A'.repeat(86)}`;
    await expect(ask(HEAD, { register: author.register })).rejects.toMatchObject({
      errors: [{ originalError: { $metadata: { httpStatusCode: 401 } } }],
    });
    const heard = listen(author.store);
    await vi.waitFor(() => expect(heard.errors.length).toBeGreaterThan(0), { timeout: 5_000 });
    expect(heard.events).toEqual([]);
    heard.stop();
  });
});
