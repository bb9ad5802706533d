import { generateKeyPairSync } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  collectionNames,
  ed25519Signer,
  ed25519Verifier,
  keyIdOf,
  pruneSnapshots,
  publishSnapshot,
  PublishedFault,
  readHead,
} from './index.ts';
import type {
  CollectionName,
  Price,
  Product,
  PublishedDocuments,
  PublishSnapshotOptions,
  Store,
  Tax,
} from './index.ts';

const pair = generateKeyPairSync('ed25519');
const privateKeyPem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicKeyPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const sign = ed25519Signer(privateKeyPem);
const verify = ed25519Verifier([{ keyId: keyIdOf(publicKeyPem), publicKeyPem }]);
const scope = 'store-1';

const product = (id: string): Product => ({
  id,
  sku: `SKU-${id}`,
  scanCode: '',
  name: `Crème brûlée ${id}`,
  variant: null,
  brand: null,
  department: 'dairy',
  taxClass: 'standard',
  styleId: null,
});
const price = (id: string): Price => ({
  id,
  itemId: id,
  amountMinor: 199,
  compareAtMinor: null,
  currency: 'EUR',
  validFrom: '2026-01-01T00:00:00.000Z',
});
const tax: Tax = { id: 'standard', name: 'Standard', rates: [{ rateId: 'vat', name: 'VAT', ratePpm: 200_000 }] };
const store: Store = {
  id: '1',
  name: 'Evertill Market',
  addressLines: ['1 Main Street'],
  currency: 'EUR',
  countryCode: 'IE',
  locale: 'en-IE',
  timeZone: 'Europe/Dublin',
  taxIncluded: true,
  receiptFooterLines: [],
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-published-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function publish(
  ids: readonly string[],
  options: Partial<PublishSnapshotOptions> = {},
): ReturnType<typeof publishSnapshot> {
  const collections = { products: ids.map(product), prices: ids.map(price), taxes: [tax], stores: [store] };
  return publishSnapshot({ folder, scope, createdAtIso: '2026-02-01T08:00:00Z', collections, sign, ...options });
}

async function readAll<Name extends CollectionName>(name: Name): Promise<PublishedDocuments[Name][]> {
  const found: PublishedDocuments[Name][] = [];
  const snapshot = readHead({ folder, scope, verify });
  if (snapshot) for await (const batch of snapshot.readBatches(name)) found.push(...batch);
  return found;
}

async function faultOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PublishedFault) return error.code;
    throw error;
  }
  return 'none';
}

/** Reads every collection, as an import does. */
async function readEverything(): Promise<void> {
  for (const name of collectionNames) await readAll(name);
}

describe('publishing', () => {
  it('what was published is what is read, in order of id, whatever the order and the kind of input', async () => {
    expect(readHead({ folder, scope, verify })).toBeNull();
    async function* asynchronous(): AsyncGenerator<Price> {
      yield price('b');
      yield price('a');
    }
    const collections = {
      products: [product('b'), product('é'), product('a')],
      prices: asynchronous(),
      taxes: [tax],
      stores: [store],
    };
    const result = await publish([], { collections });
    expect(result).toMatchObject({
      scope,
      version: 1,
      unchanged: false,
      documents: { products: 3, prices: 2, taxes: 1, stores: 1 },
    });
    expect(await readAll('products')).toEqual([product('a'), product('b'), product('é')]);
    expect(await readAll('prices')).toEqual([price('a'), price('b')]);
    expect(await readAll('taxes')).toEqual([tax]);
    expect(await readAll('stores')).toEqual([store]);
    const manifest = readHead({ folder, scope, verify })?.manifest;
    expect(manifest).toMatchObject({
      version: 1,
      contentHash: result.contentHash,
      createdAt: '2026-02-01T08:00:00.000Z',
    });
  });

  it('the content hash does not depend on order, version or time, and a publication without change is none', async () => {
    const first = await publish(['a', 'b']);
    const again = await publish(['b', 'a'], { version: 7, createdAtIso: '2027-01-01T00:00:00Z' });
    expect(again).toMatchObject({ unchanged: true, version: 1, contentHash: first.contentHash });
    const changed = await publish(['a', 'b', 'c']);
    expect(changed).toMatchObject({ unchanged: false, version: 2 });
    expect(changed.contentHash).not.toBe(first.contentHash);
    expect(readdirSync(join(folder, 'manifests', scope)).sort()).toEqual(['1.json', '2.json', 'head.json']);
    expect(existsSync(join(folder, 'staging'))).toBe(false);
  });

  it('random documents come back as they went in, and the content hash is that of their set', async () => {
    const anyProduct = fc.record({
      ...Object.fromEntries(Object.entries(product('x')).map(([key, value]) => [key, fc.constant(value)])),
      id: fc.stringMatching(/^[!-~]{1,12}$/),
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text)),
    }) as fc.Arbitrary<Product>;
    const anySet = fc.uniqueArray(anyProduct, { selector: ({ id }) => id, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anySet, fc.integer(), async (products, rotation) => {
        rmSync(folder, { recursive: true });
        const { contentHash } = await publish([], { collections: { products, prices: [], taxes: [], stores: [] } });
        const byId = (a: Product, b: Product): number => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
        expect(await readAll('products')).toEqual([...products].sort(byId));
        const cut = products.length === 0 ? 0 : Math.abs(rotation) % products.length;
        const rotated = [...products.slice(cut), ...products.slice(0, cut)];
        const again = await publish([], { collections: { products: rotated, prices: [], taxes: [], stores: [] } });
        expect(again).toMatchObject({ unchanged: true, contentHash });
      }),
      propertyOptions(40),
    );
  });

  it('splits what is large into objects that fit the limit, and reads them as one', async () => {
    const ids = Array.from({ length: 9_000 }, (_, n) => `item-${String(n).padStart(6, '0')}`);
    const long = (id: string): Product => ({
      ...product(id),
      name: 'n'.repeat(300),
      department: 'd'.repeat(200),
      variant: 'v'.repeat(300),
    });
    await publish([], { collections: { products: ids.map(long), prices: [], taxes: [], stores: [] } });
    expect(readHead({ folder, scope, verify })?.manifest.collections.products.length).toBeGreaterThan(1);
    expect((await readAll('products')).map(({ id }) => id)).toEqual(ids);
  });

  it('refuses what readers would refuse, and the head stays', async () => {
    await publish(['a']);
    expect(await faultOf(() => publish(['a', 'b', 'a']))).toBe('duplicate-id');
    expect(await faultOf(() => publish(['a', 'b'], { version: 1 }))).toBe('version-not-newer');
    expect(await faultOf(() => publish(['a', 'b'], { scope: '../escape' }))).toBe('malformed');
    expect(await faultOf(() => publish(['x\u0000y']))).toBe('invalid-document');
    const half = { ...product('a'), name: 'half a character \ud83d' };
    const collections = { products: [half], prices: [], taxes: [], stores: [] };
    expect(await faultOf(() => publish([], { collections }))).toBe('invalid-document');
    const negative = { ...price('a'), amountMinor: -1 };
    expect(
      await faultOf(() => publish([], { collections: { ...collections, products: [], prices: [negative] } })),
    ).toBe('invalid-document');
    expect(await readAll('products')).toEqual([product('a')]);
  });

  it('brings instants to one form, so that they compare as text', async () => {
    const prices = [{ ...price('a'), validFrom: '2026-01-01T01:00:00+01:00' }];
    await publish([], { collections: { products: [], prices, taxes: [], stores: [] } });
    expect((await readAll('prices'))[0]?.validFrom).toBe('2026-01-01T00:00:00.000Z');
  });

  it('a publisher killed before the head was replaced costs nothing: the next one succeeds', async () => {
    await publish(['a']);
    const head = readFileSync(join(folder, 'manifests', scope, 'head.json'));
    await publish(['a', 'b']);
    writeFileSync(join(folder, 'manifests', scope, 'head.json'), head);
    mkdirSync(join(folder, 'staging', scope), { recursive: true });
    writeFileSync(join(folder, 'staging', scope, 'products.db'), 'half a file');
    expect(await readAll('products')).toEqual([product('a')]);
    expect(await publish(['a', 'c'])).toMatchObject({ version: 2, unchanged: false });
    expect(await readAll('products')).toEqual([product('a'), product('c')]);
  });
});

describe('pruning', () => {
  const later = Date.parse('2100-01-01T00:00:00Z');
  const files = (...path: string[]): string[] => readdirSync(join(folder, ...path)).sort();

  it('keeps the newest versions of each scope with their objects, and nothing else', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await publish([id]);
    await publish(['a'], { scope: 'store-2' });
    const pruned = pruneSnapshots({ folder, keepVersions: 2, untouchedForMs: 1_000, nowMs: later });
    expect(files('manifests', scope)).toEqual(['3.json', '4.json', 'head.json']);
    expect(files('manifests', 'store-2')).toEqual(['1.json', 'head.json']);
    // Products and prices of b are nobody's now; those of a belong to the other store.
    expect(pruned).toEqual({ manifests: 2, objects: 2 });
    expect(await readAll('products')).toEqual([product('d')]);
    expect(readHead({ folder, scope: 'store-2', verify })).not.toBeNull();
    await readEverything();
  });

  it('spares what is young: another publisher may be about to name it', async () => {
    await publish(['a']);
    writeFileSync(join(folder, 'objects', `${'0'.repeat(64)}.ndjson`), 'x\n');
    expect(pruneSnapshots({ folder, keepVersions: 1, untouchedForMs: 3_600_000, nowMs: Date.now() }).objects).toBe(0);
    expect(pruneSnapshots({ folder, keepVersions: 1, untouchedForMs: 3_600_000, nowMs: later }).objects).toBe(1);
    await readEverything();
  });

  it('touches nothing when a manifest cannot be read', async () => {
    await publish(['a']);
    await publish(['b']);
    writeFileSync(join(folder, 'manifests', scope, 'head.json'), 'half a fi');
    expect(() => pruneSnapshots({ folder, keepVersions: 1, untouchedForMs: 0, nowMs: later })).toThrow(PublishedFault);
    expect(files('objects').length).toBe(6);
  });
});

describe('reading refuses', () => {
  beforeEach(() => publish(['a', 'b', 'c']));

  const headFile = (): string => join(folder, 'manifests', scope, 'head.json');
  const objectFiles = (): string[] => readdirSync(join(folder, 'objects')).map((name) => join(folder, 'objects', name));

  it('a manifest signed by a stranger, with a stranger named or posing as ours', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await publish(['x'], { sign: ed25519Signer(stranger) });
    expect(await faultOf(() => readHead({ folder, scope, verify }))).toBe('bad-signature');
    await publish(['y'], { sign: ed25519Signer(stranger, keyIdOf(publicKeyPem)) });
    expect(await faultOf(() => readHead({ folder, scope, verify }))).toBe('bad-signature');
  });

  it('any changed byte of the head', async () => {
    const genuine = readFileSync(headFile());
    const accepted: number[] = [];
    for (let at = 0; at < genuine.length; at += 3) {
      const bent = Buffer.from(genuine);
      bent[at] = (bent[at] ?? 0) ^ 0x01;
      writeFileSync(headFile(), bent);
      if ((await faultOf(() => readHead({ folder, scope, verify }))) === 'none') accepted.push(at);
    }
    expect(accepted).toEqual([]);
  });

  it('any changed, missing or added byte of an object', async () => {
    for (const file of objectFiles()) {
      const genuine = readFileSync(file);
      for (const bent of [
        genuine.subarray(1),
        Buffer.concat([genuine, Buffer.from('\n')]),
        flipped(genuine, genuine.length >> 1),
      ]) {
        writeFileSync(file, bent);
        expect(await faultOf(readEverything)).toBe('hash-mismatch');
      }
      rmSync(file);
      expect(await faultOf(readEverything)).toBe('object-missing');
      writeFileSync(file, genuine);
    }
    expect(await faultOf(readEverything)).toBe('none');
  });

  it('a genuine head of another scope', async () => {
    mkdirSync(join(folder, 'manifests', 'store-2'));
    copyFileSync(headFile(), join(folder, 'manifests', 'store-2', 'head.json'));
    expect(await faultOf(() => readHead({ folder, scope: 'store-2', verify }))).toBe('wrong-scope');
  });

  it('a head without measure', async () => {
    writeFileSync(headFile(), 'x'.repeat(300 * 1024));
    expect(await faultOf(() => readHead({ folder, scope, verify }))).toBe('too-large');
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}
