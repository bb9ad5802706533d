import { expect, test } from 'vitest';
import { startArguments } from './start-arguments.mjs';

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
