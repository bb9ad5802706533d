import { expect, test } from 'vitest';
import { REGISTRY_NOTE, chooseRuntime } from './ensure-electron.mjs';

/** @param {Partial<import('./ensure-electron.mjs').RuntimeSources>} given */
function sources(given) {
  /** @type {string[]} */
  const asked = [];
  return {
    asked,
    exists: () => true,
    findOfficial: () => void asked.push('find'),
    fetchOfficial: async (/** @type {boolean} */ again) => {
      asked.push(again ? 'fetch again' : 'fetch');
      return /** @type {const} */ ({ ok: false, reason: 'out of reach' });
    },
    fetchRegistry: async () => {
      asked.push('registry');
      return '/cache/electron';
    },
    ...given,
  };
}
const linux = { platform: 'linux', arch: 'x64' };

test('EVERTILL_ELECTRON wins over everything', async () => {
  const from = sources({});
  const runtime = await chooseRuntime({ ...linux, env: { EVERTILL_ELECTRON: '/opt/electron' }, sources: from });
  expect(runtime).toMatchObject({ kind: 'override', binary: '/opt/electron', note: '' });
  expect(from.asked).toEqual([]);
});

test('an EVERTILL_ELECTRON that is not there is an error, not a silent change of plan', async () => {
  const choosing = chooseRuntime({
    ...linux,
    env: { EVERTILL_ELECTRON: '/gone' },
    sources: sources({ exists: () => false }),
  });
  await expect(choosing).rejects.toThrow('/gone');
});

test('an official binary that is there is used without a look at the network', async () => {
  const from = sources({ findOfficial: () => ({ binary: '/official', version: '45.4.1' }) });
  const runtime = await chooseRuntime({ ...linux, env: {}, sources: from });
  expect(runtime).toMatchObject({ kind: 'official', binary: '/official', note: '' });
  expect(from.asked).toEqual([]);
});

test('an official binary that can be had is fetched', async () => {
  const from = sources({ fetchOfficial: async () => ({ ok: true, binary: '/official', version: '45.4.1' }) });
  expect(await chooseRuntime({ ...linux, env: {}, sources: from })).toMatchObject({ kind: 'official', note: '' });
});

test('else the runtime of the registry, and it says what it is and why', async () => {
  const from = sources({});
  const runtime = await chooseRuntime({ ...linux, env: {}, sources: from });
  expect(runtime).toMatchObject({ kind: 'registry', binary: '/cache/electron', note: REGISTRY_NOTE });
  expect(runtime.sentence).toContain('not for shops');
  expect(runtime.sentence).toContain('out of reach');
  expect(from.asked).toEqual(['find', 'fetch', 'registry']);
});

test('"official" tries again and takes nothing else', async () => {
  const from = sources({});
  await expect(chooseRuntime({ ...linux, env: { EVERTILL_ELECTRON: 'official' }, sources: from })).rejects.toThrow(
    'out of reach',
  );
  expect(from.asked).toEqual(['find', 'fetch again']);
});

test('"registry" asks for nothing official', async () => {
  const from = sources({});
  await chooseRuntime({ ...linux, env: { EVERTILL_ELECTRON: 'registry' }, sources: from });
  expect(from.asked).toEqual(['registry']);
});

test.each([
  ['darwin', 'arm64'],
  ['linux', 'arm64'],
  ['win32', 'x64'],
])('on %s %s there is no test runtime, and the message says what to do', async (platform, arch) => {
  await expect(chooseRuntime({ platform, arch, env: {}, sources: sources({}) })).rejects.toThrow('EVERTILL_ELECTRON');
});
