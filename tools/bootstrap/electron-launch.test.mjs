import { expect, test } from 'vitest';
import { electronLaunch } from './electron-launch.mjs';

const runtime = { binary: '/electron', note: 'for tests' };

test('ELECTRON_RUN_AS_NODE never reaches the application', () => {
  const { env } = electronLaunch(runtime, { appFolder: '/app', env: { ELECTRON_RUN_AS_NODE: '1', HOME: '/home/x' } });
  expect(env).toEqual({ HOME: '/home/x', EVERTILL_RUNTIME_NOTE: 'for tests' });
});

test('only root goes without the sandbox', () => {
  const options = { appFolder: '/app', args: ['--smoke'], env: {}, display: ':7' };
  expect(electronLaunch(runtime, { ...options, isRoot: false })).toEqual({
    file: '/electron',
    args: ['--log-level=3', '/app', '--smoke'],
    env: { DISPLAY: ':7', EVERTILL_RUNTIME_NOTE: 'for tests' },
  });
  expect(electronLaunch(runtime, { ...options, isRoot: true }).args).toEqual([
    '--no-sandbox',
    '--log-level=3',
    '/app',
    '--smoke',
  ]);
});
