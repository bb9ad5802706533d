import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readHead, ed25519Verifier } from '@evertill/published';
import type { Price, Product } from '@evertill/published';
import { openSqlite } from '@evertill/sqlite';
import { openReplica } from './index.ts';
import type { Replica } from './index.ts';
import { price, product, publish, SCOPE, testPublisher } from './testing/publish-items.ts';

/**
 * Import and look-ups at catalog size, beside raw SQLite doing the same work in the same run: read the ratios, not the milliseconds.
 * Run with `tsx replica.bench.ts [items] [built import-worker]`.
 */
const items = Number(process.argv[2] ?? '100000');
const importWorkerPath = process.argv[3];
const base = mkdtempSync(join(tmpdir(), 'evertill-bench-'));
const publishedFolder = join(base, 'published');
const publisher = testPublisher();
const nowMs = (): number => Date.parse('2026-02-01T09:00:00Z');

const adjectives = [
  'Organic',
  'Fresh',
  'Classic',
  'Roasted',
  'Crème',
  'Wild',
  'Smoked',
  'Golden',
  'Little',
  'Grand',
  'Old',
  'Alpine',
];
const nouns = [
  'oat drink',
  'sourdough loaf',
  'cheddar',
  'notebook',
  'candle',
  'shampoo',
  'tomato',
  'coffee',
  'jersey',
  'puzzle',
  'teapot',
  'brush',
];
const brands = ['Håver', 'Meadow', 'Northlight', 'Ferra', 'Kestrel', 'Luma', 'Orchard & Co'];
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

const scanCodeOf = (n: number): string => String(95_200_000_000_000 + n * 7).padStart(14, '0');

function itemAt(n: number): Product {
  const name = `${pick(adjectives, n)} ${pick(nouns, Math.floor(n / 12))} ${n % 997} g`;
  return product(`item-${n}`, {
    name,
    brand: pick(brands, n),
    sku: `EV-${n}`,
    scanCode: scanCodeOf(n),
    department: pick(nouns, n),
  });
}

function* all<T>(make: (n: number) => T): Generator<T> {
  for (let n = 0; n < items; n++) yield make(n);
}

interface Timed<T> {
  cpuMs: number;
  value: T;
}

async function timed<T>(label: string, work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  const value = await work();
  const ms = performance.now() - start;
  // Of all threads, the worker's included; steadier than the clock on a shared machine.
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1000;
  print(label, `${ms.toFixed(0)} ms   (${cpuMs.toFixed(0)} ms of processor time)`);
  return { cpuMs, value };
}

function print(label: string, figure: string): void {
  process.stdout.write(`${label.padEnd(58)} ${figure}\n`);
}

/** The floor: the same rows, indexes and words by the shortest code there is, parsing and verifying nothing. */
async function rawLoad(): Promise<void> {
  const db = openSqlite({
    file: join(base, 'raw.db'),
    pragmas: { journal_mode: 'MEMORY', synchronous: 'OFF', cache_size: -65_536 },
  });
  db.exec(
    'CREATE TABLE product (id TEXT PRIMARY KEY, scanCode TEXT, json TEXT); CREATE TABLE price (id TEXT PRIMARY KEY, itemId TEXT, json TEXT)',
  );
  db.transaction(() => {
    const insertProduct = db.statement('INSERT INTO product VALUES (?, ?, ?)');
    const insertPrice = db.statement('INSERT INTO price VALUES (?, ?, ?)');
    for (const one of all(itemAt)) insertProduct.run(one.id, one.scanCode, JSON.stringify(one));
    for (const one of all((n) => price(`item-${n}`, 199))) insertPrice.run(one.id, one.itemId, JSON.stringify(one));
  });
  db.exec('CREATE INDEX product_code ON product (scanCode); CREATE INDEX price_item ON price (itemId)');
  db.exec("CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2')");
  db.transaction(() => {
    const words = db.statement('INSERT INTO words (rowid, text) VALUES (?, ?)');
    let rowid = 0;
    for (const { name, brand, sku, scanCode } of all(itemAt))
      words.run((rowid += 1), `${name} ${brand} ${sku} ${scanCode}`);
  });
  db.close();
}

async function readOnly(): Promise<void> {
  const head = readHead({ folder: publishedFolder, scope: SCOPE, verify: ed25519Verifier(publisher.verifyKeys) });
  let documents = 0;
  if (head) for await (const batch of head.readBatches('products')) documents += batch.length;
  if (head) for await (const batch of head.readBatches('prices')) documents += batch.length;
  if (documents !== items * 2) throw new Error(`read ${documents}`);
}

function summary(samples: number[]): string {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   max ${(sorted.at(-1) ?? 0).toFixed(2)} ms   (${samples.length})`;
}

async function sample(label: string, count: number, look: (n: number) => Promise<unknown>): Promise<void> {
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    const start = performance.now();
    await look((n * 7919) % items);
    samples.push(performance.now() - start);
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  print(label, summary(samples));
}

async function expectFound(found: Promise<readonly unknown[]>): Promise<void> {
  if ((await found).length === 0) throw new Error('nothing found');
}

async function lookUps(replica: Replica): Promise<void> {
  await sample('by id', 2_000, async (n) =>
    expectFound(replica.findById(`item-${n}`).then((item) => (item ? [item] : []))),
  );
  await sample('by scan code', 2_000, (n) => expectFound(replica.findByScanCode(scanCodeOf(n))));
  await sample('search, two words (20 shown)', 500, (n) => expectFound(replica.search(itemAt(n).name.slice(0, 9), 20)));
  await sample('search, three letters (20 shown)', 500, (n) =>
    expectFound(replica.search(itemAt(n).name.slice(0, 3), 20)),
  );
  await sample('search, one letter (20 shown)', 200, (n) =>
    expectFound(replica.search(itemAt(n).name.slice(0, 1), 20)),
  );
}

async function lookUpsDuringImport(replica: Replica): Promise<void> {
  const samples: number[] = [];
  let importing = true;
  const refreshed = replica.refresh().finally(() => {
    importing = false;
  });
  for (let n = 0; importing; n++) {
    const start = performance.now();
    await replica.findByScanCode(scanCodeOf((n * 7919) % items));
    samples.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const result = await refreshed;
  if (!result.ok || !result.changed) throw new Error(JSON.stringify(result));
  print('by scan code while the next snapshot is imported', summary(samples));
}

async function run(): Promise<void> {
  print(`Node ${process.version}, ${items} items, import ${importWorkerPath ? 'in its worker' : 'on this thread'}`, '');
  const prices = (): Generator<Price> => all((n) => price(`item-${n}`, 199));
  const raw = await timed('raw SQLite: rows, indexes, words', rawLoad);
  await timed('publish', () => publish(publishedFolder, publisher, all(itemAt), prices()));
  await timed('read and verify the snapshot only', readOnly);
  const options = { publishedFolder, scope: SCOPE, verifyKeys: publisher.verifyKeys, nowMs };
  const replica = await openReplica({
    folder: join(base, 'replica'),
    ...options,
    ...(importWorkerPath ? { importWorkerPath } : {}),
  });
  const imported = await timed('import', () => replica.refresh());
  if (!imported.value.ok) throw new Error(imported.value.error.message);
  print('import / raw, processor time', `${(imported.cpuMs / raw.cpuMs).toFixed(2)} ×`);
  await lookUps(replica);
  await publish(
    publishedFolder,
    publisher,
    all(itemAt),
    all((n) => price(`item-${n}`, 299)),
  );
  await lookUpsDuringImport(replica);
  await replica.dispose();
  await timed('open again', async () => (await openReplica({ folder: join(base, 'replica'), ...options })).dispose());
  rmSync(base, { recursive: true });
}

void run();
