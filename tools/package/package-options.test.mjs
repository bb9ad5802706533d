import { expect, test } from 'vitest';
import { readPackageOptions } from './package-options.mjs';

test('without options the installers of this system are made from the official Electron', () => {
  expect(readPackageOptions([])).toEqual({ unpackedOnly: false, electronDist: undefined });
});

test('another runtime becomes an unpacked folder for tests', () => {
  expect(readPackageOptions(['--dir', '--electron-dist', '/x'])).toEqual({ unpackedOnly: true, electronDist: '/x' });
});

test('another runtime never reaches an installer', () => {
  expect(() => readPackageOptions(['--electron-dist', '/x'])).toThrow('official Electron');
});
