import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MINIMUM_NODE, isNodeNewEnough } from './ensure-node-version.mjs';
import { ROOT } from './folders.mjs';

test.each([
  ['20.19.0', true],
  ['20.19.1', true],
  ['24.0.0', true],
  ['20.9.0', false],
  ['18.20.4', false],
])('Node %s is new enough for 20.19.0: %s', (version, expected) => {
  expect(isNodeNewEnough(version, '20.19.0')).toBe(expected);
});

test('the minimum is the one package.json and .node-version name', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(`>=${MINIMUM_NODE}`).toContain(manifest.engines.node);
  expect(readFileSync(join(ROOT, '.node-version'), 'utf8').trim()).toBe(MINIMUM_NODE);
});
