import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NATIVE_PACKAGES } from '../../apps/register/build/bundles.mjs';
import { ROOT } from '../bootstrap/folders.mjs';
import { withDependencies } from './gather-application.mjs';

test('native packages come with everything they load, and without what they were compiled with', () => {
  const found = withDependencies(NATIVE_PACKAGES, join(ROOT, 'apps', 'register'));
  expect([...found.keys()]).toEqual(expect.arrayContaining([...NATIVE_PACKAGES, 'node-gyp-build', 'debug', 'ms']));
  expect(found.has('node-addon-api')).toBe(false);
});

test('a package that is not installed is an error, not a hole in the application', () => {
  expect(() => withDependencies(['no-such-package'], ROOT)).toThrow('not installed');
});
