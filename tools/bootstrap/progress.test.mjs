import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withProgress } from './progress.mjs';

/** @param {boolean} isTTY */
function fakeScreen(isTTY) {
  /** @type {string[]} */
  const written = [];
  return { isTTY, written, write: (/** @type {string} */ text) => void written.push(text) };
}

test('what is quick shows nothing', async () => {
  const screen = fakeScreen(false);
  expect(await withProgress('Quick', async () => 7, { screen, quietMs: 10_000 })).toBe(7);
  expect(screen.written).toEqual([]);
});

test('what takes longer writes whole lines where there is no terminal', async () => {
  const screen = fakeScreen(false);
  await withProgress(
    'Slow',
    async (update) => {
      update('half');
      while (screen.written.length < 3) await sleep(1);
    },
    { screen, quietMs: 5, lineEveryMs: 10 },
  );
  expect(screen.written[0]).toMatch(/^Slow … \d+ s, half\n$/);
  expect(screen.written.at(-1)).toMatch(/^Slow: done in .* s\n$/);
});

test('on a terminal one line is redrawn', async () => {
  const screen = fakeScreen(true);
  const work = async () => {
    while (screen.written.length < 2) await sleep(1);
  };
  await withProgress('Slow', work, { screen, quietMs: 5 });
  expect(screen.written.every((text) => text.startsWith('\r'))).toBe(true);
  expect(screen.written.filter((text) => text.includes('\n'))).toHaveLength(1);
});

test('an error passes through and the line says so', async () => {
  const screen = fakeScreen(false);
  const work = async () => {
    while (screen.written.length === 0) await sleep(1);
    throw new Error('no disk');
  };
  await expect(withProgress('Slow', work, { screen, quietMs: 5 })).rejects.toThrow('no disk');
  expect(screen.written.at(-1)).toContain('failed');
});
