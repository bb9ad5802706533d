import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ensureDisplay, needsVirtualDisplay } from './ensure-display.mjs';

const hasXvfb = spawnSync('which', ['Xvfb']).status === 0;

test('a screen that is there is left alone', async () => {
  expect(needsVirtualDisplay({ DISPLAY: ':0' }, 'linux')).toBe(false);
  expect(needsVirtualDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false);
  expect(needsVirtualDisplay({}, 'darwin')).toBe(false);
  expect((await ensureDisplay({ env: { DISPLAY: ':0' }, platform: 'linux' })).display).toBeUndefined();
});

test.runIf(hasXvfb)('any number of virtual displays can start at once', async () => {
  const opened = await Promise.all([1, 2, 3].map(() => ensureDisplay({ env: {}, platform: 'linux' })));
  for (const { dispose } of opened) dispose();
  expect(new Set(opened.map(({ display }) => display)).size).toBe(3);
  expect(opened[0]?.sentence).toContain('virtual');
});
