import { expect, test } from 'vitest';
import { startArguments, valueOf } from './start-arguments.mjs';

test('a newcomer gets a seeded shop, virtual devices and a folder of their own', () => {
  expect(startArguments([], '/shop')).toEqual(['--data=/shop', '--demo-shop', '--virtual-devices']);
});

test('what is typed wins', () => {
  expect(startArguments(['--data=/mine', '--demo-shop=100000', '--printer=serial:/dev/ttyUSB0'], '/shop')).toEqual([
    '--data=/mine',
    '--demo-shop=100000',
    '--printer=serial:/dev/ttyUSB0',
  ]);
});

test('a space is as good as an equals sign, and the last one counts', () => {
  const args = startArguments(['--register', '2', '--no-hub', '--register', '3'], '/shop');
  expect(args.slice(-3)).toEqual(['--register=2', '--no-hub', '--register=3']);
  expect(valueOf(args, 'register')).toBe('3');
  expect(valueOf(args, 'hub')).toBeUndefined();
  expect(startArguments(['--register', '--no-hub'], '/shop').slice(-2)).toEqual(['--register', '--no-hub']);
});
