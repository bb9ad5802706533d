import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replay } from '../src/replay.ts';
import { APPEND, enrol, graphql, segmentInput, startTestHub, tokenFor } from './test-hub.ts';
import type { TestHub } from './test-hub.ts';

const author = { ...exampleIdentity, role: 'register' as const };
const key = exampleKey(1);
const journal = exampleJournal([60], key).map(({ sealed }) => sealed);
const PULL = `query Pull($collection: String!, $scope: ID!, $afterPeriod: String, $afterSeq: Int, $limit: Int) {
  pull(collection: $collection, scope: $scope, afterPeriod: $afterPeriod, afterSeq: $afterSeq, limit: $limit) {
    documents { id period seq deleted covers { journal seq } body } checkpoint { period seq } more
  }
}`;

interface Page {
  documents: { id: string; period: string; seq: number; covers: { journal: string; seq: number }[]; body: string }[];
  checkpoint: { period: string; seq: number } | null;
  more: boolean;
}

let test: TestHub;
let token: string;

beforeEach(async () => {
  test = await startTestHub();
  await enrol(test, author, key);
  token = await tokenFor(test.hub, author, key);
});

afterEach(async () => {
  await test.close();
});

async function append(from: number, to: number): Promise<void> {
  const { body } = await graphql(test.hub, token, APPEND, {
    input: segmentInput(author.register, journal.slice(from, to)),
  });
  expect(body.errors).toBeUndefined();
}

async function pull(collection: string, after: Page['checkpoint'] = null, limit = 200): Promise<Page> {
  const place = after && { afterPeriod: after.period, afterSeq: after.seq };
  const { body } = await graphql(test.hub, token, PULL, { collection, scope: author.store, limit, ...place });
  expect(body.errors).toBeUndefined();
  return (body.data as { pull: Page }).pull;
}

const sales = journal.filter(({ text }) => text.includes('"type":"TransactionCompleted"')).length;

describe('views', () => {
  it('[I1][I17] a sale is an order, and lowers stock, once, however often its segment comes', async () => {
    for (const [from, to] of [
      [0, 20],
      [0, 20],
      [10, 40],
      [40, 61],
    ] as const)
      await append(from, to);
    await test.hub.settled();
    const orders = await pull('orders');
    expect(orders.documents).toHaveLength(sales);
    const stock = await pull('stock');
    const onHand = stock.documents.map(({ body }) => (JSON.parse(body) as { onHand: number }).onHand);
    expect(onHand.length).toBeGreaterThan(0);
    expect(onHand.every((quantity) => quantity < 0)).toBe(true);
    expect(
      stock.documents.every(({ covers }) => covers.some(({ journal: name }) => name === `${author.register}.1`)),
    ).toBe(true);
    expect(test.faults).toEqual([]);
  });

  it('[I13] pages follow each other without a gap, and a checkpoint is never beyond what was read', async () => {
    await append(0, 40);
    await test.hub.settled();
    const seen = new Set<string>();
    let checkpoint: Page['checkpoint'] = null;
    for (let more = true; more;) {
      const page: Page = await pull('orders', checkpoint, 7);
      for (const { id, seq } of page.documents) {
        expect(seq).toBeLessThanOrEqual(page.checkpoint?.seq ?? -1);
        seen.add(id);
      }
      ({ checkpoint, more } = page);
    }
    expect([...seen].sort()).toEqual((await pull('orders')).documents.map(({ id }) => id).sort());
    await append(40, 61);
    await test.hub.settled();
    const next = await pull('orders', checkpoint);
    expect(next.documents.length + seen.size).toBe(sales);
  });

  it('[I21] built anew from the ledger they are the same; a row changed by hand is noticed', async () => {
    await append(0, 30);
    await test.hub.settled();
    await append(30, 61);
    await test.hub.settled();
    const now = (): number => Date.now();
    expect(await replay(test.folder, now, () => undefined)).toMatchObject({ isEqual: true });
    test.folder.tables.exec(
      `UPDATE item SET body = replace(body, 'onHand', 'onHead') WHERE tbl = 'views' AND body LIKE '%onHand%'`,
    );
    expect(await replay(test.folder, now, () => undefined)).toMatchObject({ isEqual: false });
  });

  it('[I21] of another version of the program are built anew, in a later period; who knew the old one gets everything', async () => {
    await append(0, 30);
    await test.hub.settled();
    const { checkpoint } = await pull('orders');
    const before = (await pull('orders')).documents.map(({ id }) => id);
    test.folder.tables.exec(
      `UPDATE item SET body = replace(body, '"N":"', '"N":"9') WHERE tbl = 'views' AND body LIKE '%"version"%'`,
    );
    expect(
      await replay(
        test.folder,
        () => Date.now() + 60_000,
        () => undefined,
      ),
    ).toMatchObject({ isEqual: true });
    const after = await pull('orders', checkpoint);
    expect(after.documents.map(({ id }) => id)).toEqual(before);
    expect((after.checkpoint?.period ?? '') > (checkpoint?.period ?? '')).toBe(true);
  });
});
