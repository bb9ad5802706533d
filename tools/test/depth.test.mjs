import { expect, test } from 'vitest';
import { chosenDepth } from './depth.mjs';

test('npm test leaves the counts as the tests name them', () => {
  const env = { PATH: '/bin' };
  expect(chosenDepth([], env)).toEqual({ env, vitest: [] });
});

test('the deep run multiplies them and gives the tests time', () => {
  const { env, vitest } = chosenDepth(['--deep'], { PATH: '/bin' });
  expect(env).toEqual({ PATH: '/bin', EVERTILL_FUZZ: '10', EVERTILL_KILLS: '500' });
  expect(vitest).toEqual(['--testTimeout=1200000']);
});

test('whoever asks for other counts gets them', () => {
  expect(chosenDepth(['--deep'], { EVERTILL_KILLS: '10000' }).env).toMatchObject({ EVERTILL_KILLS: '10000' });
});

test('an argument that would be ignored is refused', () => {
  expect(() => chosenDepth(['packages/ledger'], {})).toThrow('npx vitest run FILE');
});
