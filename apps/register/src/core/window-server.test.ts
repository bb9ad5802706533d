import { done, refused, type SnapshotName } from '@evertill/register';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CorePort } from './core-port.ts';
import { WindowServer, type ServedRegister } from './window-server.ts';

type Posted = Record<string, unknown>;

function openPort() {
  const posted: Posted[] = [];
  let receive: (message: unknown) => void = () => undefined;
  let closed: () => void = () => undefined;
  const port: CorePort = {
    post: (message) => posted.push(message as Posted),
    onMessage: (listener) => (receive = listener),
    onClose: (listener) => (closed = listener),
    close: () => undefined,
  };
  const ask = async (message: unknown): Promise<Posted | undefined> => {
    const before = posted.length;
    receive(message);
    await new Promise((resolve) => setImmediate(resolve));
    return posted.slice(before).at(-1);
  };
  return { port, posted, ask, close: () => closed() };
}

describe('the line to the windows', () => {
  let asked: { name: string; params: unknown }[];
  let nowMs: number;
  let publish: (name: SnapshotName, value: unknown) => void;
  let server: WindowServer;
  let window: ReturnType<typeof openPort>;
  const register: ServedRegister = {
    handle: async (name, params) => {
      asked.push({ name, params });
      return name === 'signOff' ? refused('not-signed-on') : done(null);
    },
    snapshot: () => null as never,
    onSnapshot: (listener) => {
      publish = (name, value) => listener(name, value, null);
      return () => undefined;
    },
  };

  beforeEach(() => {
    asked = [];
    nowMs = 0;
    server = new WindowServer({ coreId: 'core-1', nowMs: () => nowMs });
    server.open(register);
    window = openPort();
    server.attach(window.port);
  });

  it('greets a window with every snapshot first, so that it never shows half a picture', () => {
    expect(window.posted.at(-1)).toMatchObject({ kind: 'greeting', contractVersion: 2 });
    expect(window.posted.filter((message) => message['kind'] === 'snapshot')).toHaveLength(11);
  });

  it('answers each request once, by its id', async () => {
    expect(await window.ask({ id: 7, method: 'addItem', params: { itemId: 'a' } })).toEqual({
      kind: 'answer',
      id: 7,
      ok: true,
      value: null,
    });
    expect(await window.ask({ id: 8, method: 'signOff', params: {} })).toMatchObject({
      id: 8,
      ok: false,
      error: { code: 'not-signed-on' },
    });
  });

  it.each([
    ['an unknown method', { id: 1, method: 'deleteEverything', params: {} }],
    ['a method of every object', { id: 1, method: 'constructor', params: {} }],
    ['parameters of the wrong type', { id: 1, method: 'addItem', params: { itemId: 5 } }],
    ['parameters too many', { id: 1, method: 'addItem', params: { itemId: 'a', price: 1 } }],
    ['a code as long as a novel', { id: 1, method: 'addByCode', params: { code: 'x'.repeat(100_000) } }],
    [
      'a fraction of a cent',
      { id: 1, method: 'tenderCash', params: { transactionId: 'a', revision: 1, amountMinor: 0.5 } },
    ],
    [
      'not a number',
      { id: 1, method: 'tenderCash', params: { transactionId: 'a', revision: 1, amountMinor: Number.NaN } },
    ],
  ])('refuses %s without asking the register', async (_what, message) => {
    expect(await window.ask(message)).toMatchObject({ ok: false, error: { code: 'bad-message' } });
    expect(asked).toEqual([]);
  });

  it.each([[null], ['text'], [{ method: 'signOff' }], [{ id: -1, method: 'signOff', params: {} }], [[]]])(
    'drops what is no request: %j',
    async (message) => {
      expect(await window.ask(message)).toBeUndefined();
    },
  );

  it('refuses a flood of one window and goes on serving another', async () => {
    const other = openPort();
    server.attach(other.port);
    let last: Posted | undefined;
    for (let id = 1; id <= 201; id += 1) last = await window.ask({ id, method: 'addItem', params: { itemId: 'a' } });
    expect(last).toMatchObject({ ok: false, error: { code: 'too-busy' } });
    expect(await other.ask({ id: 1, method: 'addItem', params: { itemId: 'a' } })).toMatchObject({ ok: true });
    nowMs = 1000;
    expect(await window.ask({ id: 300, method: 'addItem', params: { itemId: 'a' } })).toMatchObject({ ok: true });
  });

  it('sends a changed snapshot to every open window and to none that is closed', () => {
    const closed = openPort();
    server.attach(closed.port);
    closed.close();
    const before = closed.posted.length;
    publish('suspended', []);
    expect(window.posted.at(-1)).toEqual({ kind: 'snapshot', name: 'suspended', value: [], cause: null });
    expect(closed.posted).toHaveLength(before);
  });

  it('tells a window that comes early what the core is doing', async () => {
    const early = new WindowServer({ coreId: 'core-2', nowMs: () => 0 });
    const port = openPort();
    early.attach(port.port);
    early.starting({ step: 'seeding', done: 1, total: 5, fault: null });
    expect(port.posted.at(-1)).toMatchObject({ kind: 'starting', step: 'seeding', done: 1 });
    expect(await port.ask({ id: 1, method: 'signOff', params: {} })).toMatchObject({ error: { code: 'too-busy' } });
  });
});
