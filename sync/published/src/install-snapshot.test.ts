import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ed25519Signer, ed25519Verifier, installSnapshot, keyIdOf, publishSnapshot, readHead } from './index.ts';
import type { ManifestObject } from './index.ts';
import { objectPath } from './layout.ts';
import { readHeadText } from './read-head.ts';

const scope = 'store-1';
const keys = () => {
  const pair = generateKeyPairSync('ed25519');
  const publicKeyPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return {
    sign: ed25519Signer(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    verify: ed25519Verifier([{ keyId: keyIdOf(publicKeyPem), publicKeyPem }]),
  };
};
const { sign, verify } = keys();

let root: TemporaryFolder;
let from: string;
let to: string;
let fetched: string[];
beforeEach(() => {
  root = temporaryFolder('install');
  [from, to] = [join(root.path, 'from'), join(root.path, 'to')];
  fetched = [];
});
afterEach(() => root.dispose());

async function publish(names: string[], signer = sign): Promise<string> {
  const taxes = names.map((name) => ({ id: name, name, rates: [] }));
  const collections = { products: [], prices: [], taxes, stores: [] };
  await publishSnapshot({ folder: from, scope, createdAtIso: '2026-03-02T08:00:00Z', collections, sign: signer });
  return readHeadText(from, scope) ?? '';
}
const fetchObject = async ({ sha256 }: ManifestObject): Promise<Uint8Array> => {
  fetched.push(sha256);
  return readFileSync(objectPath(from, sha256));
};
const install = (headText: string, fetch = fetchObject) =>
  installSnapshot({ folder: to, scope, headText, verify, fetchObject: fetch });

async function taxesInstalled(): Promise<string[] | null> {
  const head = readHead({ folder: to, scope, verify });
  if (!head) return null;
  const names: string[] = [];
  for await (const batch of head.readBatches('taxes')) names.push(...batch.map(({ id }) => id));
  return names;
}

describe('a snapshot from elsewhere', () => {
  test('is there whole, is not fetched twice, and gives way to the next one', async () => {
    const head = await publish(['full', 'zero']);
    expect(await install(head)).toEqual({ version: 1, changed: true });
    expect(await taxesInstalled()).toEqual(['full', 'zero']);
    expect(await install(head)).toEqual({ version: 1, changed: false });
    expect(fetched).toHaveLength(1);
    expect(await install(await publish(['full', 'new']))).toEqual({ version: 2, changed: true });
    expect(await taxesInstalled()).toEqual(['full', 'new']);
  });

  test('goes on where it was cut off: an object that is there is not fetched again', async () => {
    const head = await publish(['full']);
    await install(head);
    rmSync(join(to, 'manifests'), { recursive: true });
    await install(head);
    expect(fetched).toHaveLength(1);
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['cut short', (bytes) => bytes.subarray(1), 'hash-mismatch'],
    ['with a bit turned', (bytes) => bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte)), 'hash-mismatch'],
    ['swollen', (bytes) => Buffer.concat([bytes, bytes]), 'hash-mismatch'],
  ])('an object that comes %s is not kept, and the old catalog stays', async (_what, spoil, code) => {
    await install(await publish(['full']));
    const head = await publish(['full', 'more']);
    const spoilt = install(head, async (object) => spoil(await fetchObject(object)));
    await expect(spoilt).rejects.toMatchObject({ code });
    expect(await taxesInstalled()).toEqual(['full']);
    expect(existsSync(objectPath(to, fetched.at(-1) ?? ''))).toBe(false);
    expect(await install(head)).toMatchObject({ changed: true });
  });

  test('an older head, a stranger’s and a torn one change nothing', async () => {
    const first = await publish(['full']);
    const second = await publish(['full', 'more']);
    await install(second);
    await expect(install(first)).rejects.toMatchObject({ code: 'version-not-newer' });
    rmSync(from, { recursive: true });
    await expect(install(await publish(['evil'], keys().sign))).rejects.toMatchObject({ code: 'bad-signature' });
    await expect(install(second.slice(0, -9))).rejects.toMatchObject({ code: 'malformed' });
    expect(await taxesInstalled()).toEqual(['full', 'more']);
  });
});
