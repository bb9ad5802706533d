import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RealtimeServer } from '@evertill/engine';
import { exampleIdentity, exampleKey } from '@evertill/journal/testing';
import { chooseSeed, fuzzRounds, seededRandom, withPrintedSeed } from '@evertill/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startLoggedHub } from './logged-hub.ts';
import type { LoggedHub } from './logged-hub.ts';
import { enrol, tokenFor } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const HINT =
  'subscription OnHint($store: ID!) { onHint(store: $store) { tenant store collections { collection seq } } }';
const PUBLISH =
  'mutation P($input: HintInput!) { publishHint(input: $input) { tenant store collections { collection period seq } } }';

let hub: LoggedHub;
let token: string;

beforeEach(async () => {
  hub = await startLoggedHub();
  await enrol(hub, author, exampleKey(1));
  token = await tokenFor(hub.hub, author, exampleKey(1));
});

afterEach(async () => {
  expect(hub.lines().filter(({ level }) => level === 'error')).toEqual([]);
  await hub.close();
});

type Opened = {
  socket: WebSocket;
  received: { type: string; id?: string; payload?: { errors?: { errorType: string }[] } }[];
  code: () => number | undefined;
};

async function open(url: string, as = token): Promise<Opened> {
  const header = Buffer.from(JSON.stringify({ host: 'hub', Authorization: as })).toString('base64url');
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql/realtime`, ['graphql-ws', `header-${header}`]);
  const received: Opened['received'] = [];
  let code: number | undefined;
  socket.on('message', (data) => received.push(JSON.parse(String(data)) as Opened['received'][number]));
  socket.on('close', (closeCode) => (code = closeCode));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return { socket, received, code: () => code };
}

const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 8_000, interval: 10 });
const connectionsOf = async (): Promise<number> =>
  ((await (await fetch(`${hub.hub.url}/health`)).json()) as { connections: number }).connections;

function start(id: string): string {
  const data = JSON.stringify({ query: HINT, variables: { store: author.store } });
  return JSON.stringify({
    type: 'start',
    id,
    payload: { data, extensions: { authorization: { Authorization: token, host: 'hub' } } },
  });
}

test('a socket that says nothing is let go, whether it was let in or not', async () => {
  const realtime = new RealtimeServer({
    api: { subscribe: () => Promise.resolve({ errors: [] }) },
    authenticate: ({ Authorization }) =>
      Promise.resolve(Authorization === token ? { mode: 'iam', role: 'r' } : undefined),
    onFault: (error) => expect.unreachable(String(error)),
    onSocketError: () => undefined,
    initTimeoutMs: 50,
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => void realtime.upgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const silent = [await open(url), await open(url, 'nobody')];
  expect(realtime.connectionCount).toBe(1);
  for (const { code } of silent) await eventually(() => expect(code()).toBe(1006));
  expect(realtime.connectionCount).toBe(0);
  realtime.close();
  server.close();
});

test('a message too long ends its socket and stands in the log; the hub serves the next one', async () => {
  const long = await open(hub.hub.url);
  long.socket.send('x'.repeat(10_000_000));
  await eventually(() => expect(long.code()).toBeDefined());
  expect(hub.lines()).toContainEqual(expect.objectContaining({ level: 'warn', event: 'refused', what: 'socket' }));
  const next = await open(hub.hub.url);
  next.socket.send('{"type":"connection_init"}');
  await eventually(() => expect(next.received).toContainEqual({ type: 'ka' }));
  next.socket.close();
});

test('500 spoilt messages get typed errors, and the subscription beside them goes on', async () => {
  await withPrintedSeed(async (seed) => {
    const random = seededRandom(seed);
    const { socket, received } = await open(hub.hub.url);
    socket.send('{"type":"connection_init"}');
    socket.send(start('sound'));
    await eventually(() => expect(received).toContainEqual({ type: 'start_ack', id: 'sound' }));
    const pieces = ['{', '}', '[', '"', '\u0000', '\u2028', '__proto__', 'null', '1e999', '\\ud800'];
    for (let round = 0; round < fuzzRounds(500); round += 1) {
      const text = start(random.pick(['sound', '__proto__', 'constructor', '']));
      const at = random.int(text.length);
      socket.send(text.slice(0, at) + random.pick(pieces) + text.slice(at + random.int(30)));
    }
    socket.send(
      JSON.stringify({
        type: 'start',
        id: 'deep',
        payload: { data: '['.repeat(30_000), extensions: { authorization: { Authorization: token } } },
      }),
    );
    await eventually(() => expect(received.some(({ id }) => id === 'deep')).toBe(true));
    for (const { type, payload } of received.filter(({ type }) => type === 'error'))
      expect(payload?.errors?.[0], type).toHaveProperty('errorType');
    const input = {
      tenant: author.tenant,
      store: author.store,
      collections: [{ collection: 'stock', period: 'p', seq: 1 }],
    };
    await hub.hub.operate({ query: PUBLISH, variables: { input } });
    await eventually(() => expect(received.some(({ type, id }) => type === 'data' && id === 'sound')).toBe(true));
    socket.close();
    await vi.waitFor(async () => expect(await connectionsOf()).toBe(0));
  }, chooseSeed());
});

test('a socket has so many subscriptions and no more', async () => {
  const { socket, received } = await open(hub.hub.url);
  socket.send('{"type":"connection_init"}');
  for (let nth = 0; nth < 120; nth += 1) socket.send(start(`s${nth}`));
  await eventually(() => expect(received.filter(({ type }) => type === 'start_ack')).toHaveLength(100));
  await eventually(() => {
    const refused = received.flatMap(({ payload }) => payload?.errors ?? []);
    expect(refused.map(({ errorType }) => errorType)).toEqual(
      Array.from({ length: 20 }, () => 'MaxSubscriptionsReachedError'),
    );
  });
  socket.close();
});

test('a client that does not read is let go before its backlog grows', async () => {
  const { socket, received, code } = await open(hub.hub.url);
  socket.send('{"type":"connection_init"}');
  socket.send(start('slow'));
  await eventually(() => expect(received).toContainEqual({ type: 'start_ack', id: 'slow' }));
  socket.pause();
  const published = 600;
  const collections = [{ collection: 'c'.repeat(100_000), period: 'p', seq: 1 }];
  for (let nth = 0; nth < published; nth += 1)
    await hub.hub.operate({
      query: PUBLISH,
      variables: { input: { tenant: author.tenant, store: author.store, collections } },
    });
  socket.resume();
  await eventually(() => expect(code()).toBe(1008));
  expect(received.filter(({ type }) => type === 'data').length).toBeLessThan(published);
});

test('bytes that are no HTTP, and upgrades to elsewhere, end their own connection and nothing else', async () => {
  const url = new URL(hub.hub.url);
  const texts = [
    '\u0000\u0001\u0002\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
    'GET /elsewhere HTTP/1.1\r\nhost: hub\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-length: -1\r\n\r\n',
    'GET //\u0000 HTTP/1.1\r\nhost: hub\r\n\r\n',
  ];
  for (const text of texts) {
    const socket = connect(Number(url.port), url.hostname);
    socket.on('error', () => undefined);
    socket.end(text);
    socket.resume();
    await once(socket, 'close');
  }
  expect(await connectionsOf()).toBe(0);
});
