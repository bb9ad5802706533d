import type { FeedWrite, PulledDocument } from '@evertill/client';
import { temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStockCopy, type StockChange, type StockCopy } from './stock-copy.ts';

const FEED = { collection: 'stock', scope: 'DUB1' };
const asOf = '2026-03-02T08:00:00.000Z';
const document = (id: string, onHand: number, more: Partial<PulledDocument> = {}): PulledDocument => ({
  id,
  period: 'p1',
  seq: 1,
  deleted: false,
  covers: [{ journal: 'DUB1-1.1', seq: 7 }],
  body: { onHand, unit: 'EA', asOf },
  ...more,
});
const page = (documents: readonly PulledDocument[], more: Partial<FeedWrite> = {}): FeedWrite => ({
  documents,
  checkpoint: { period: 'p1', seq: 1 },
  beginsAnew: false,
  isWhole: true,
  ...more,
});

let folder: TemporaryFolder;
let copy: StockCopy;
let changes: StockChange[];
beforeEach(() => {
  folder = temporaryFolder('stock-copy');
  copy = openStockCopy(folder.path);
  changes = [];
  copy.onChange((these) => void changes.push(...these));
});
afterEach(() => {
  copy.close();
  folder.dispose();
});

describe('a copy of stock', () => {
  test('[I13] keeps documents and checkpoint together, and has both when it is opened again', async () => {
    expect(await copy.checkpoint(FEED)).toBeNull();
    await copy.write(FEED, page([document('mug', 12)], { beginsAnew: true }));
    copy.close();
    copy = openStockCopy(folder.path);
    expect(await copy.checkpoint(FEED)).toEqual({ period: 'p1', seq: 1 });
    const mug = { store: 'DUB1', itemId: 'mug', onHand: 12, unit: 'EA', asOf, covers: { 'DUB1-1.1': 7 } };
    expect(copy.find('DUB1', 'mug')).toEqual(mug);
    expect(copy.find('CRK1', 'mug')).toBeNull();
  });

  test('tells what changed, but not what it is filled with at first', async () => {
    await copy.write(FEED, page([document('mug', 12)], { beginsAnew: true, isWhole: false }));
    await copy.write(FEED, page([document('tea', 3)]));
    expect(changes).toEqual([]);
    await copy.write(FEED, page([document('mug', 10), document('tea', 3)]));
    expect(changes).toEqual([{ store: 'DUB1', itemId: 'mug', before: 12, after: 10 }]);
  });

  test('of a view that was built anew, what it does not bring is gone at its end and not before', async () => {
    await copy.write(FEED, page([document('mug', 12), document('tea', 3)], { beginsAnew: true }));
    const checkpoint = { period: 'p2', seq: 1 };
    await copy.write(FEED, page([document('mug', 11)], { beginsAnew: true, isWhole: false, checkpoint }));
    expect(copy.find('DUB1', 'tea')).not.toBeNull();
    await copy.write(FEED, page([], { checkpoint }));
    expect(copy.find('DUB1', 'tea')).toBeNull();
    expect(copy.find('DUB1', 'mug')).toMatchObject({ onHand: 11 });
  });

  test.each([
    ['a tombstone', { deleted: true }],
    ['a body without a figure', { body: { unit: 'EA', asOf } }],
    ['a figure that is no whole number', { body: { onHand: 1.5, unit: 'EA', asOf } }],
  ])('%s leaves nothing to be shown as stock', async (_, more) => {
    await copy.write(FEED, page([document('mug', 12)], { beginsAnew: true }));
    await copy.write(FEED, page([document('mug', 12, more)]));
    expect(copy.find('DUB1', 'mug')).toBeNull();
  });
});
