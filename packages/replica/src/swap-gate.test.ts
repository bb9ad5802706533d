import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SwapGate } from './swap-gate.ts';

/** A promise to be resolved by hand. */
function held(): { promise: Promise<void>; release: () => void } {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
}

describe('the gate', () => {
  it('exchanges only when the uses under way have ended, and lets new ones wait until it is done', async () => {
    const gate = new SwapGate();
    const log: string[] = [];
    const [first, second, exchanging] = [held(), held(), held()];
    const uses = [first, second].map(({ promise }, n) => gate.use(() => promise.then(() => log.push(`use ${n}`))));
    const exchange = gate.exchange(async () => {
      log.push('exchange begins');
      await exchanging.promise;
      log.push('exchange ends');
    });
    const late = gate.use(() => Promise.resolve(log.push('late use')));
    first.release();
    await setImmediate();
    expect(log).toEqual(['use 0']);
    second.release();
    await setImmediate();
    expect(log).toEqual(['use 0', 'use 1', 'exchange begins']);
    exchanging.release();
    await Promise.all([...uses, exchange, late]);
    expect(log).toEqual(['use 0', 'use 1', 'exchange begins', 'exchange ends', 'late use']);
  });

  it('two exchanges follow each other', async () => {
    const gate = new SwapGate();
    const log: string[] = [];
    const exchange = (name: string): Promise<void> =>
      gate.exchange(async () => {
        log.push(`${name} begins`);
        await setImmediate();
        log.push(`${name} ends`);
      });
    await Promise.all([exchange('a'), exchange('b')]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('opens again after a use or an exchange that failed', async () => {
    const gate = new SwapGate();
    const failing = (): Promise<never> => Promise.reject(new Error('no'));
    await expect(gate.use(failing)).rejects.toThrow('no');
    await expect(gate.exchange(failing)).rejects.toThrow('no');
    expect(await gate.use(() => Promise.resolve(7))).toBe(7);
    expect(await gate.exchange(() => Promise.resolve(8))).toBe(8);
  });
});
