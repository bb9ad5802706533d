import { randomBytes } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SyncView } from '@evertill/client';
import { exampleIdentity, exampleKey } from '@evertill/journal/testing';
import { temporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDataFolder } from '../src/data-folder.ts';
import type { DataFolder } from '../src/data-folder.ts';
import { Enrolment, revoke } from '../src/enrolment.ts';
import { loadHubApi } from '../src/hub-api.ts';
import { startHub } from '../src/hub.ts';
import type { Hub } from '../src/hub.ts';
import { copyLedger, ledgerOf, loseMark, switchOn } from './register-on-disk.ts';
import type { Disk, RegisterOnDisk } from './register-on-disk.ts';
import { graphql, post, tokenFor } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const nowMs = (): number => Date.now();

/** The order of every sale that the hub knows of, by `<epoch>.<seq>`. */
const ORDERS = `query ($store: ID!) { pull(collection: "orders", scope: $store, limit: 500) { documents { id } more } }`;

const clean: (() => unknown)[] = [];
let root: string;
let disk: Disk;
let server: { hub: Hub; folder: DataFolder; off(): Promise<void> };

/** The hub of a folder, on the port that it had. */
async function serve(port: number): Promise<void> {
  const folder = openDataFolder(join(root, 'hub'), { exclusive: true });
  const hub = await startHub({ folder, host: '127.0.0.1', port, nowMs, log: () => undefined });
  const off = async (): Promise<void> => {
    await hub.close();
    folder.close();
  };
  server = { hub, folder, off };
}

async function enrolled(): Promise<void> {
  const code = new Enrolment(server.folder.enrolment, nowMs).issue(author, randomBytes);
  expect(await post(`${server.hub.url}/enrol`, { code, publicKey: key.publicKey })).toMatchObject({ status: 200 });
}

beforeEach(async () => {
  const folder = temporaryFolder('told-apart');
  clean.push(() => folder.dispose());
  root = folder.path;
  disk = { folder: join(root, 'register') };
  await serve(0);
  clean.push(() => server.off());
  await enrolled();
});

afterEach(async () => {
  for (const step of clean.splice(0).reverse()) await step();
});

function on(which: Disk, name: string): RegisterOnDisk {
  const register = switchOn(which, server.hub, key, name);
  clean.push(() => register.off());
  return register;
}

const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 10 });

/** Waits until the register says this of itself. */
function says(register: RegisterOnDisk, view: Partial<SyncView> | object): Promise<void> {
  return eventually(() => expect(register.client.view()).toMatchObject(view));
}

const proven = ({ ledger }: RegisterOnDisk): object => ({
  waitingRecords: 0,
  headProof: { ...ledger.head(), equal: true },
});

async function salesAtHub(): Promise<string[]> {
  await server.hub.settled();
  const token = await tokenFor(server.hub, author, key);
  const { body } = await graphql(server.hub, token, ORDERS, { store: author.store });
  const { documents } = (body as { data: { pull: { documents: { id: string }[] } } }).data.pull;
  return documents.map(({ id }) => id.slice(author.register.length + 1)).sort();
}

/** The sales of a ledger, by `<epoch>.<seq>`. */
function salesOf({ ledger }: RegisterOnDisk): string[] {
  const sales = [...ledger.records()].filter((record) => record.read().type === 'TransactionCompleted');
  expect(sales).toHaveLength(ledger.counts().sales);
  return sales.map(({ epoch, seq }) => `${epoch}.${seq}`).sort();
}

test('[I1] [I19] revoked: it sells on, everything waits by name, and goes up once it may speak again', async () => {
  const register = on(disk, 'first');
  register.sell(3);
  await says(register, proven(register));
  const confirmed = register.ledger.head().seq;
  const { tables } = loadHubApi(server.folder, nowMs, () => undefined);
  expect(revoke(tables, author.tenant, author.register)).toBe(true);
  register.sell(4);
  const waiting = { epoch: 1, from: confirmed + 1, to: confirmed + 4 };
  const revoked = {
    connection: 'online',
    waitingRecords: 4,
    parked: [{ epoch: 1, reason: 'revoked', waiting, lacking: null }],
  };
  await says(register, revoked);
  expect(register.ledger.counts().sales).toBe(7);
  await register.off();

  // A process that never had a token hears it from the token handler.
  const again = on(disk, 'again');
  await says(again, revoked);
  again.sell(2);
  expect(again.client.view()).toMatchObject({ waitingRecords: 6 });
  await enrolled();
  again.client.retryParked();
  await says(again, { ...proven(again), parked: [] });
  expect(again.ledger.counts().sales).toBe(9);
  expect(await salesAtHub()).toEqual(salesOf(again));
});

test('[I4] forked: a copy of a register is found out, names what it could not hand in, and goes on in an epoch of its own', async () => {
  const before = on(disk, 'before');
  before.sell(3);
  await says(before, proven(before));
  const common = before.ledger.head().seq;
  await before.off();
  const otherDisk = { folder: join(root, 'other-machine') };
  copyLedger(ledgerOf(disk), ledgerOf(otherDisk));

  const original = on(disk, 'original');
  original.sell(5);
  await says(original, proven(original));
  const copy = on(otherDisk, 'copy');
  expect(copy.ledger.opened.newEpoch).toBeNull();
  // Until it sells, it is as one that was put back: all that it holds is there.
  await says(copy, { parked: [{ reason: 'restored', waiting: null }] });
  copy.sell(4);
  copy.client.retryParked();
  const theirs = original.ledger.head();
  const forked = {
    ...{ lane: 'journal', epoch: 1, seq: common + 1, reason: 'forked', theirs },
    waiting: { epoch: 1, from: common + 1, to: common + 4 },
    lacking: { epoch: 1, from: common + 1, to: common + 5 },
  };
  await says(copy, { waitingRecords: 4, parked: [forked] });
  copy.sell(1);
  expect(copy.ledger.counts().sales).toBe(8);
  const unsent = salesOf(copy).filter((place) => Number(place.slice(2)) > common);
  await copy.off();

  const apart = on(otherDisk, 'apart');
  expect(apart.ledger.opened.newEpoch).toBe('cloned');
  apart.sell(2);
  await says(apart, {
    waitingRecords: 5,
    contested: [2],
    parked: [{ ...forked, waiting: { ...forked.waiting, to: common + 5 } }],
  });
  await says(apart, { headProof: { ...apart.ledger.head(), equal: true } });
  expect(apart.ledger.counts().sales).toBe(10);

  // The original is held up by nothing, and hears that somebody else went on from a place before its head.
  original.sell(1);
  await says(original, { ...proven(original), parked: [], contested: [1] });
  const sold = [...salesOf(original), ...salesOf(apart).filter((place) => place.startsWith('2.'))].sort();
  expect(await salesAtHub()).toEqual(sold);
  expect(unsent).toHaveLength(5);
  expect(salesOf(apart)).toEqual(expect.arrayContaining(unsent));
});

test('[I4] restored: a register whose older ledger was put back says what it lacks and goes on in a new epoch', async () => {
  const before = on(disk, 'before');
  before.sell(3);
  await says(before, proven(before));
  const backedUp = before.ledger.head().seq;
  await before.off();
  const backup = join(root, 'backup');
  copyLedger(ledgerOf(disk), backup);
  const later = on(disk, 'later');
  later.sell(5);
  await says(later, proven(later));
  const theirs = later.ledger.head();
  const sold = salesOf(later);
  await later.off();

  copyLedger(backup, ledgerOf(disk));
  const restored = on(disk, 'restored');
  expect(restored.ledger.opened.newEpoch).toBe('restored');
  restored.sell(2);
  const parked = {
    ...{ lane: 'journal', epoch: 1, seq: backedUp + 1, reason: 'restored', theirs, waiting: null },
    lacking: { epoch: 1, from: backedUp + 1, to: theirs.seq },
  };
  await says(restored, { ...proven(restored), parked: [parked], contested: [2] });
  expect(restored.ledger.counts().sales).toBe(5);
  const all = [...sold, ...salesOf(restored).filter((place) => place.startsWith('2.'))].sort();
  expect(all).toHaveLength(10);
  expect(await salesAtHub()).toEqual(all);
});

test('[I4] restored without its mark: the server says it, and the ledger opens a new epoch at the next start', async () => {
  const before = on(disk, 'before');
  before.sell(3);
  await before.off();
  const backup = join(root, 'backup');
  copyLedger(ledgerOf(disk), backup);
  const later = on(disk, 'later');
  later.sell(5);
  await says(later, proven(later));
  const theirs = later.ledger.head();
  const sold = salesOf(later);
  await later.off();

  copyLedger(backup, ledgerOf(disk));
  loseMark(disk);
  const unaware = on(disk, 'unaware');
  expect(unaware.ledger.opened.newEpoch).toBeNull();
  await says(unaware, { waitingRecords: 0, parked: [{ reason: 'restored', theirs, lacking: { to: theirs.seq } }] });
  await unaware.off();

  const aware = on(disk, 'aware');
  expect(aware.ledger.opened.newEpoch).toBe('restored');
  aware.sell(2);
  await says(aware, { ...proven(aware), contested: [2], parked: [{ epoch: 1, reason: 'restored', waiting: null }] });
  expect(await salesAtHub()).toEqual([...sold, ...salesOf(aware).filter((place) => place.startsWith('2.'))].sort());
});

test('[I1] server restored: what it lost is named, sent again, and nothing is parked', async () => {
  const register = on(disk, 'first');
  register.sell(3);
  await says(register, proven(register));
  const port = Number(new URL(server.hub.url).port);
  const kept = register.ledger.head().seq;
  await server.off();
  cpSync(join(root, 'hub'), join(root, 'hub-backup'), { recursive: true });
  await serve(port);
  register.client.networkChanged();
  register.sell(4);
  await says(register, proven(register));
  const lost = register.ledger.head().seq;
  await server.off();
  register.sell(1);
  await says(register, { connection: 'server-trouble', waitingRecords: 1, serverLost: [] });

  rmSync(join(root, 'hub'), { recursive: true });
  cpSync(join(root, 'hub-backup'), join(root, 'hub'), { recursive: true });
  await serve(port);
  register.client.networkChanged();
  await says(register, { ...proven(register), parked: [], serverLost: [{ epoch: 1, from: kept + 1, to: lost }] });
  expect(register.ledger.counts().sales).toBe(8);
  expect(await salesAtHub()).toEqual(salesOf(register));
});

test('[I1] other version: a hub without a field that is asked for is no broken record, and holds up no sale', async () => {
  let isOld = true;
  // The hub of before: it knows nothing of contested epochs.
  const toOldHub: typeof fetch = (url, init) =>
    fetch(url, isOld ? { ...init, body: String(init?.body).replace('hash contested', 'hash settledBy') } : init);
  const register = switchOn(disk, server.hub, key, 'new', toOldHub);
  clean.push(() => register.off());
  register.sell(3);
  const to = register.ledger.head().seq;
  await says(register, {
    connection: 'online',
    waitingRecords: to,
    parked: [{ reason: 'other-version', seq: 1, waiting: { epoch: 1, from: 1, to } }],
  });
  register.sell(1);
  expect(register.ledger.counts().sales).toBe(4);
  expect(await salesAtHub()).toEqual([]);
  isOld = false;
  register.client.retryParked();
  await says(register, { ...proven(register), parked: [] });
  expect(await salesAtHub()).toEqual(salesOf(register));
});
