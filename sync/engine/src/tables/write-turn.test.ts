import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { WriteTurn } from './write-turn.ts';

/** Takes the turn, says so, and gives it back after a while, or never. */
const HOLDER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const taken = new Int32Array(workerData.shared);
  Atomics.store(taken, 0, 1);
  parentPort.postMessage('taken');
  if (workerData.heldMs !== null) {
    const slept = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(slept, 0, 0, workerData.heldMs);
    Atomics.add(new Int32Array(workerData.done), 0, 1);
    Atomics.store(taken, 0, 0);
    Atomics.notify(taken, 0, 1);
  }
`;

async function heldElsewhere(turn: WriteTurn, heldMs: number | null): Promise<Int32Array> {
  const done = new SharedArrayBuffer(4);
  const worker = new Worker(HOLDER, { eval: true, workerData: { shared: turn.shared, heldMs, done } });
  await once(worker, 'message');
  return new Int32Array(done);
}

describe('a turn to write', () => {
  it('waits for the thread that has it', async () => {
    const turn = new WriteTurn(undefined, 30_000);
    const done = await heldElsewhere(turn, 60);
    expect(turn.take(() => Atomics.load(done, 0))).toBe(1);
  });

  it('passes over a thread that never gives it back', async () => {
    const turn = new WriteTurn(undefined, 20);
    await heldElsewhere(turn, null);
    expect(turn.take(() => 'written')).toBe('written');
  });

  it('is given back after a throw', () => {
    const turn = new WriteTurn(undefined, 0);
    expect(() =>
      turn.take(() => {
        throw new Error('a fault');
      }),
    ).toThrow('a fault');
    expect(new Int32Array(turn.shared)[0]).toBe(0);
    expect(turn.take(() => new Int32Array(turn.shared)[0])).toBe(1);
  });
});
