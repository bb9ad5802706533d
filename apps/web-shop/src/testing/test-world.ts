import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { World } from '../shop/world.ts';

/** A world whose words are kept and whose line can be cut. */
export type TestWorld = World & {
  readonly said: string[];
  /** Fails, or answers in the hub's place; `null`: the line is whole. */
  onTheLine: ((url: string, ask: () => Promise<Response>) => Promise<Response>) | null;
  end(): void;
};

export function testWorld(): TestWorld {
  const ended = new AbortController();
  const world: TestWorld = {
    said: [],
    onTheLine: null,
    nowMs: () => Date.now(),
    tzOffsetMin: () => 60,
    newId: randomUUID,
    random: { bytes: (count) => randomBytes(count), int: (below) => randomInt(below) },
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const ask = () => fetch(input, init);
      return world.onTheLine ? world.onTheLine(url, ask) : ask();
    },
    out: (line) => void world.said.push(line),
    ended: ended.signal,
    end: () => ended.abort(),
  };
  return world;
}

export const cutLine = (): Promise<Response> =>
  Promise.reject(
    new TypeError('fetch failed', { cause: Object.assign(new Error('no route'), { code: 'ENETUNREACH' }) }),
  );
