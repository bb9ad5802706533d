import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleIdentity, exampleKey } from '@evertill/journal/testing';
import type * as Apollo from '@apollo/client/core';
import type * as SubscriptionLink from 'aws-appsync-subscription-link';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { enrol, startTestHub, tokenFor } from './test-hub.ts';
import type { TestHub } from './test-hub.ts';

/** AWS's own link, unmodified, in the build that a CommonJS core loads. */
const require = createRequire(import.meta.url);
const { ApolloClient, ApolloLink, InMemoryCache } = require('@apollo/client/core') as typeof Apollo;
const { CONTROL_EVENTS_KEY, createSubscriptionHandshakeLink } =
  require('aws-appsync-subscription-link') as typeof SubscriptionLink;

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const HINT =
  'subscription OnHint($store: ID!) { onHint(store: $store) { tenant store collections { collection seq } } }';

const PUBLISH = `mutation Publish($input: HintInput!) {
  publishHint(input: $input) { tenant store collections { collection period seq } }
}`;

let test: TestHub;
let token: string;

beforeEach(async () => {
  test = await startTestHub();
  await enrol(test, author, key);
  token = await tokenFor(test.hub, author, key);
  Object.assign(globalThis, { WebSocket });
});

afterEach(async () => {
  await test.close();
});

interface Heard {
  events: { data?: unknown; errors?: readonly { message: string }[] | undefined; control?: unknown }[];
  stop(): void;
}

function listen(store: string, as = token): Heard {
  const link = createSubscriptionHandshakeLink(
    { url: `${test.hub.url}/graphql`, region: 'none', auth: { type: 'OPENID_CONNECT', jwtToken: as } },
    ApolloLink.empty(),
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const events: Heard['events'] = [];
  const subscription = ApolloLink.execute(
    link,
    { query: parse(HINT), variables: { store }, context: { controlMessages: { [CONTROL_EVENTS_KEY]: true } } },
    { client },
  ).subscribe({
    next: (result) =>
      events.push({ data: result.data, errors: result.errors, control: result.extensions?.controlMsgType }),
    error: (error: unknown) => events.push({ errors: [{ message: JSON.stringify(error) }] }),
  });
  return { events, stop: () => subscription.unsubscribe() };
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited++) {
    if (waited > 1_000) throw new Error('It did not happen');
    await sleep(10);
  }
}

const isConnected = ({ events }: Heard): boolean => events.some(({ control }) => control === 'CONNECTED');

async function publish(store: string, seq: number, tenant = author.tenant): Promise<void> {
  const input = { tenant, store, collections: [{ collection: 'stock', period: 'p1', seq }] };
  const { errors } = await test.hub.operate({ query: PUBLISH, variables: { input } });
  expect(errors).toBeUndefined();
}

describe("AWS's subscription link", () => {
  it('hears hints of its own store, and of no other', async () => {
    const heard = listen(author.store);
    await until(() => isConnected(heard));
    await publish('hamburg-1', 1);
    await publish(author.store, 1, 'another-tenant');
    await publish(author.store, 2);
    await until(() => heard.events.some(({ data }) => data !== undefined && data !== null));
    const data = heard.events.map((event) => event.data).filter((value) => value !== undefined && value !== null);
    expect(data).toEqual([
      { onHint: { tenant: 'acme', store: author.store, collections: [{ collection: 'stock', seq: 2 }] } },
    ]);
    heard.stop();
    expect(test.faults).toEqual([]);
  });

  it('is refused another store, by the resolver', async () => {
    const heard = listen('hamburg-1');
    await until(() => heard.events.some(({ errors }) => errors !== undefined));
    expect(JSON.stringify(heard.events)).toContain('NotAuthorised');
    heard.stop();
  });

  it('is refused with a foreign token', async () => {
    const heard = listen(author.store, `${token.slice(0, -6)}AAAAAA`);
    await until(() => heard.events.some(({ errors }) => errors !== undefined));
    expect(isConnected(heard)).toBe(false);
    heard.stop();
  });
});

describe('a socket', () => {
  async function open(): Promise<{
    socket: WebSocket;
    received: Record<string, unknown>[];
    closed: () => number | undefined;
  }> {
    const header = Buffer.from(JSON.stringify({ host: 'hub', Authorization: token })).toString('base64url');
    const url = `${test.hub.url.replace('http', 'ws')}/graphql/realtime`;
    const socket = new WebSocket(url, ['graphql-ws', `header-${header}`]);
    const received: Record<string, unknown>[] = [];
    let code: number | undefined;
    socket.on('message', (data) => received.push(JSON.parse(String(data)) as Record<string, unknown>));
    socket.on('close', (closeCode) => (code = closeCode));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return { socket, received, closed: () => code };
  }

  it('speaks in order: init, ack, start, and typed errors for anything else', async () => {
    const { socket, received } = await open();
    const start = (id: string): void => {
      const data = JSON.stringify({ query: HINT, variables: { store: author.store } });
      const extensions = { authorization: { Authorization: token, host: 'hub' } };
      socket.send(JSON.stringify({ type: 'start', id, payload: { data, extensions } }));
    };
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await until(() => received.length >= 2);
    expect(received.slice(0, 2)).toEqual([
      { type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } },
      { type: 'ka' },
    ]);
    start('one');
    start('one');
    socket.send('{');
    socket.send(JSON.stringify({ type: 'stop', id: 'two' }));
    await until(() => received.length >= 6);
    const types = received.slice(2).map(({ type, payload }) => {
      const [error] = (payload as { errors?: { errorType: string }[] } | undefined)?.errors ?? [];
      return error?.errorType ?? type;
    });
    expect(new Set(types)).toEqual(
      new Set(['BadRequestException', 'DuplicatedOperationError', 'UnknownOperationError', 'start_ack']),
    );
    socket.send(JSON.stringify({ type: 'stop', id: 'one' }));
    await until(() => received.some(({ type }) => type === 'complete'));
    socket.close();
  });

  it('that says too much, or in binary, or starts without init, is closed', async () => {
    const large = await open();
    large.socket.send('x'.repeat(100_000));
    await until(() => large.closed() !== undefined);
    expect(large.closed()).toBe(1009);
    const binary = await open();
    binary.socket.send(Buffer.alloc(3));
    await until(() => binary.closed() !== undefined);
    expect(binary.closed()).toBe(1003);
    const early = await open();
    early.socket.send(JSON.stringify({ type: 'stop', id: 'x' }));
    await until(() => early.closed() !== undefined);
    expect(early.closed()).toBe(1002);
  });
});
