import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { BenchHub, BenchRegister } from './bench-hub.ts';

const SUBSCRIPTION =
  'subscription OnHint($store: ID!) { onHint(store: $store) { tenant store collections { collection seq } } }';
/** So many connect at the same time: more would only stand in line. */
const OPENING_AT_ONCE = 20;

/** How far a collection of a store is, as a register hears it. */
export type HeardHint = (register: BenchRegister, collection: string, seq: number) => void;

/** One socket for each register, subscribed to its store's hints: AppSync's protocol without a library that would cost more than the hub. */
export async function openHintSockets(hub: BenchHub, onHint: HeardHint): Promise<{ count: number; dispose(): void }> {
  const sockets: WebSocket[] = [];
  for (let at = 0; at < hub.registers.length; at += OPENING_AT_ONCE) {
    const some = hub.registers.slice(at, at + OPENING_AT_ONCE);
    sockets.push(...(await Promise.all(some.map((register) => open(hub.url, register, onHint)))));
  }
  return {
    count: sockets.length,
    dispose() {
      for (const socket of sockets) socket.terminate();
    },
  };
}

async function open(url: string, register: BenchRegister, onHint: HeardHint): Promise<WebSocket> {
  const authorization = { Authorization: register.token, host: 'hub' };
  const header = Buffer.from(JSON.stringify(authorization)).toString('base64url');
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql/realtime`, ['graphql-ws', `header-${header}`]);
  await once(socket, 'open');
  const isSubscribed = new Promise<void>((resolve, reject) => {
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as { type: string; payload?: HintPayload };
      if (type === 'start_ack') resolve();
      if (type === 'error' || type === 'connection_error') reject(new Error(String(data)));
      if (type !== 'data') return;
      for (const { collection, seq } of payload?.data.onHint.collections ?? []) onHint(register, collection, seq);
    });
    socket.once('close', () => reject(new Error('the hub closed a socket')));
  });
  const data = JSON.stringify({ query: SUBSCRIPTION, variables: { store: register.selling.author.store } });
  socket.send('{"type":"connection_init"}');
  socket.send(JSON.stringify({ type: 'start', id: '1', payload: { data, extensions: { authorization } } }));
  await isSubscribed;
  return socket;
}

type HintPayload = { data: { onHint: { collections: { collection: string; seq: number }[] } } };
