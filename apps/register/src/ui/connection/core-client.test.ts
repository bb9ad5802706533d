import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONTRACT_VERSION } from '../../contract/version.ts';
import { CoreClient } from './core-client.ts';

/** The core's end of a port: a real MessagePort of the runtime. */
function openLine(client: CoreClient) {
  const { port1, port2 } = new MessageChannel();
  const received: Record<string, unknown>[] = [];
  port1.onmessage = (event) => received.push(event.data as Record<string, unknown>);
  client.attach(port2);
  const greet = () => port1.postMessage({ kind: 'greeting', contractVersion: CONTRACT_VERSION, coreId: 'c' });
  return { port: port1, received, greet };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the page end of the line', () => {
  let client: CoreClient;
  let wanted: number;
  const lines: MessagePort[] = [];

  beforeEach(() => {
    wanted = 0;
    client = new CoreClient({ requestPort: () => (wanted += 1), nowMs: () => 5 });
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const port of lines.splice(0)) port.close();
  });
  const open = () => {
    const line = openLine(client);
    lines.push(line.port);
    return line;
  };

  it('is connected after the greeting, not before', async () => {
    const line = open();
    expect(client.connection.state).toBe('connecting');
    expect(await client.send('signOff', {})).toEqual({ ok: false, error: { code: 'core-restarted' } });
    line.greet();
    await soon();
    expect(client.connection.state).toBe('connected');
  });

  it('settles a command with the answer to its id', async () => {
    const line = open();
    line.greet();
    await soon();
    const first = client.send('tenderCash', { transactionId: 't', revision: 1, amountMinor: 500 });
    const second = client.send('signOff', {});
    await soon();
    const [one, two] = line.received;
    line.port.postMessage({ kind: 'answer', id: two?.['id'], ok: false, error: { code: 'not-signed-on' } });
    line.port.postMessage({
      kind: 'answer',
      id: one?.['id'],
      ok: true,
      value: { completed: true, changeDueMinor: 20 },
    });
    expect(await second).toEqual({ ok: false, error: { code: 'not-signed-on' } });
    expect(await first).toEqual({ ok: true, value: { completed: true, changeDueMinor: 20 } });
  });

  it('does not believe an answer or a snapshot of the wrong shape', async () => {
    const line = open();
    line.greet();
    await soon();
    const answer = client.send('tenderCash', { transactionId: 't', revision: 1, amountMinor: 500 });
    await soon();
    line.port.postMessage({ kind: 'answer', id: line.received[0]?.['id'], ok: true, value: { completed: 'yes' } });
    expect(await answer).toEqual({ ok: false, error: { code: 'bad-message' } });
    line.port.postMessage({ kind: 'snapshot', name: 'suspended', value: [], cause: null });
    line.port.postMessage({ kind: 'snapshot', name: 'suspended', value: 'nothing', cause: null });
    line.port.postMessage({ kind: 'snapshot', name: '__proto__', value: [], cause: null });
    await soon();
    expect(client.snapshot('suspended')).toEqual([]);
  });

  it('[PF-05] settles what waited when the core is replaced, repeats nothing, and keeps showing what it knew', async () => {
    const first = open();
    first.greet();
    first.port.postMessage({ kind: 'snapshot', name: 'suspended', value: [], cause: null });
    await soon();
    const waiting = client.send('signOff', {});
    const second = open();
    expect(await waiting).toEqual({ ok: false, error: { code: 'core-restarted' } });
    second.greet();
    await soon();
    expect(second.received).toEqual([]);
    expect(client.snapshot('suspended')).toEqual([]);
  });

  it('gives up on a silent core after the deadline', async () => {
    const line = open();
    line.greet();
    await soon();
    vi.useFakeTimers();
    const answer = client.send('signOff', {});
    vi.advanceTimersByTime(10_001);
    expect(await answer).toEqual({ ok: false, error: { code: 'deadline' } });
  });

  it('asks for another port while nobody greets', () => {
    vi.useFakeTimers();
    const silent = new CoreClient({ requestPort: () => (wanted += 1), nowMs: () => 0 });
    vi.advanceTimersByTime(15_100);
    expect(wanted).toBe(3);
    expect(silent.connection.state).toBe('connecting');
  });

  it('says what a starting core is doing, and when it failed', async () => {
    const line = open();
    line.port.postMessage({ kind: 'starting', step: 'seeding', done: 2, total: 9, fault: null });
    await soon();
    expect(client.connection).toMatchObject({ state: 'connecting', starting: { step: 'seeding', done: 2 } });
    line.port.postMessage({ kind: 'starting', step: 'failed', done: 0, total: 0, fault: 'disk-full' });
    await soon();
    expect(client.connection).toMatchObject({ state: 'failed', starting: { fault: 'disk-full' } });
  });
});
