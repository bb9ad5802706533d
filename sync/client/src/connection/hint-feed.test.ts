import { parse, validate } from 'graphql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contractSchema } from '../testing/contract-schema.ts';
import { type RealtimeServer, startRealtimeServer } from '../testing/realtime-server.ts';
import { HINT_SUBSCRIPTION, openHintFeed } from './hint-feed.ts';

let server: RealtimeServer;
const feeds: { dispose(): void }[] = [];

beforeEach(async () => {
  server = await startRealtimeServer();
});
afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.dispose();
  await server.dispose();
});

function feed(extra: { openingTimeoutMs?: number; watch?: { pingEveryMs: number; silenceMaxMs: number } } = {}) {
  const heard = { opened: 0, hints: [] as string[][], lost: [] as string[] };
  const open = openHintFeed({
    url: server.url,
    store: 'berlin-1',
    token: 'a.b.c',
    onOpen: () => void (heard.opened += 1),
    onHint: (collections) => void heard.hints.push([...collections]),
    onLost: (reason) => void heard.lost.push(reason),
    ...extra,
  });
  feeds.push(open);
  return { ...open, heard };
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

describe('the hint feed, over the real subscription link', () => {
  test('asks for what the schema offers', () => {
    expect(validate(contractSchema(), parse(HINT_SUBSCRIPTION))).toEqual([]);
  });

  test('opens with the token, hears hints, and says goodbye', async () => {
    const { heard, dispose } = feed();
    await eventually(() => expect(heard.opened).toBe(1));
    expect(server.tokens).toEqual(['a.b.c']);
    server.hint({ orders: 7, stock: 9 });
    await eventually(() => expect(heard.hints).toEqual([['orders', 'stock']]));
    dispose();
    await eventually(() => expect(server.sockets()).toBe(0));
    expect(heard.lost).toEqual([]);
  });

  test('a hint that is none is passed over', async () => {
    const { heard } = feed();
    await eventually(() => expect(heard.opened).toBe(1));
    for (const { id, socket } of server.started) {
      for (const payload of [{ data: { onHint: 5 } }, { data: 'x' }, {}])
        socket.send(JSON.stringify({ id, type: 'data', payload }));
      socket.send('not JSON');
    }
    server.hint({ orders: 1 });
    await eventually(() => expect(heard.hints).toEqual([['orders']]));
    expect(heard.lost).toEqual([]);
  });

  test('a closed socket is told once', async () => {
    const { heard } = feed();
    await eventually(() => expect(heard.opened).toBe(1));
    for (const { socket } of server.started) socket.terminate();
    await eventually(() => expect(heard.lost).toHaveLength(1));
  });

  test('a half-open socket is noticed by its silence', async () => {
    const { heard } = feed({ watch: { pingEveryMs: 20, silenceMaxMs: 200 } });
    await eventually(() => expect(heard.opened).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 400));
    // A quiet socket is not a dead one: it answers pings.
    expect(heard.lost).toEqual([]);
    server.goSilent();
    await eventually(() => expect(heard.lost).toHaveLength(1));
  });

  test.each(['refuses', 'never-acknowledges', 'never-starts'] as const)(
    'a server that %s ends the attempt',
    async (how) => {
      server.behave = how;
      const { heard } = feed({ openingTimeoutMs: 300 });
      await eventually(() => expect(heard.lost).toHaveLength(1));
      expect(heard.opened).toBe(0);
      await eventually(() => expect(server.sockets()).toBe(0));
    },
  );

  test('no server ends the attempt', async () => {
    const { url } = server;
    await server.dispose();
    const lost: string[] = [];
    const open = {
      url,
      store: 's',
      token: 't',
      onOpen: () => {},
      onHint: () => {},
      onLost: (why: string) => void lost.push(why),
    };
    feeds.push(openHintFeed(open));
    await eventually(() => expect(lost).toHaveLength(1));
    server = await startRealtimeServer();
  });

  test('the next attempt lives on while the last one is still closing', async () => {
    const first = feed();
    await eventually(() => expect(first.heard.opened).toBe(1));
    first.dispose();
    const second = feed();
    await eventually(() => expect(second.heard.opened).toBe(1));
    // The link of the first attempt closes its socket a second after it was told to stop.
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    server.hint({ orders: 3 });
    await eventually(() => expect(second.heard.hints).toEqual([['orders']]));
    expect(second.heard.lost).toEqual([]);
  });
});
