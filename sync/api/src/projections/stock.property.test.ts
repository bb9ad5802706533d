import { onHandOf, type Recorded, stockOf } from '@evertill/model';
import type { Fact } from '@evertill/records';
import { propertyOptions, seededRandom } from '@evertill/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ledgerRecord, saleOf } from '../testing/example-ledger.ts';
import { createMemoryViews, type MemoryViews } from '../testing/memory-views.ts';
import type { LedgerRecord } from './projection.ts';
import { type StockBody, stockProjection } from './stock.ts';

const STORE = 'berlin-1';
const ITEMS = ['item-mug', 'item-pen'] as const;
const journal = fc.constantFrom('r1.1', 'r2.1', 'r2.2');
const item = fc.constantFrom(...ITEMS);

type Row = { readonly journal: string; readonly seq: number; readonly real: LedgerRecord; readonly model: Recorded };

/** The same records twice: as real ones, and as the model's. */
const rows: fc.Arbitrary<Row[]> = fc
  .array(
    fc.record({
      journal,
      what: fc.oneof(
        fc.record({
          lines: fc.array(fc.record({ itemId: item, quantity: fc.integer({ min: 1, max: 4 }) }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
        fc.record({
          itemId: item,
          counted: fc.integer({ min: -3, max: 9 }),
          basis: fc.dictionary(journal, fc.nat({ max: 8 })),
        }),
      ),
    }),
    { maxLength: 20, size: 'max' },
  )
  .map((drafts) => {
    const lengths = new Map<string, number>();
    return drafts.map(({ journal: name, what }) => {
      const seq = (lengths.get(name) ?? 0) + 1;
      lengths.set(name, seq);
      const hash = `${name}/${seq}`;
      if ('lines' in what) {
        const lines = what.lines.map(({ itemId, quantity }) => ({ item: itemId, quantity, left: 0 }));
        const model: Recorded = { journal: name, seq, hash, fact: { kind: 'sale', lines } };
        return { journal: name, seq, real: ledgerRecord(name, seq, saleOf(what.lines)), model };
      }
      const { itemId, counted, basis } = what;
      const fact: Fact = {
        type: 'StockCounted',
        payload: { location: STORE, items: [{ itemId, counted, unit: 'EA' }], basis, source: 'shelf' },
      };
      const model: Recorded = { journal: name, seq, hash, fact: { kind: 'count', item: itemId, counted, basis } };
      return { journal: name, seq, real: ledgerRecord(name, seq, fact), model };
    });
  });

/** Each journal in order, some records twice; the journals interleave as the seed says. */
function projected(all: readonly Row[], seed: number): MemoryViews {
  const random = seededRandom(seed);
  const views = createMemoryViews(stockProjection);
  const queues = new Map<string, Row[]>();
  for (const row of all) queues.set(row.journal, [...(queues.get(row.journal) ?? []), row]);
  for (;;) {
    const waiting = [...queues.values()].filter((queue) => queue.length > 0);
    if (waiting.length === 0) return views;
    const row = random.pick(waiting).shift();
    if (!row) return views;
    views.take(row.real);
    if (random.chance(0.3)) views.take(row.real);
  }
}

test('[I10] [I17] the stock projection agrees with the model, however journals interleave and records repeat', () => {
  fc.assert(
    fc.property(rows, fc.nat(), (all, seed) => {
      const views = projected(all, seed);
      for (const itemId of ITEMS) {
        const right = stockOf(
          itemId,
          all.map(({ model }) => model),
        );
        const document = views.documents.get(`stock/${STORE}/${itemId}`);
        if (!document) {
          expect(right).toEqual({ moved: 0, count: null });
          continue;
        }
        const { moved, count, onHand } = document.body as StockBody;
        expect({ moved, count, onHand }).toEqual({ ...right, onHand: onHandOf(right) });
      }
    }),
    propertyOptions(200),
  );
});

test('[I18] [I21] equal events give equal bytes, whatever the order of journals', () => {
  fc.assert(
    fc.property(rows, fc.nat(), fc.nat(), (all, one, other) => {
      expect(bytes(projected(all, one))).toBe(bytes(projected(all, other)));
    }),
    propertyOptions(100),
  );
});

/** Keys in order: what a canonical writer would store. */
function bytes({ documents, rows: kept }: MemoryViews): string {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value;
  const inOrder = (map: ReadonlyMap<string, unknown>) => [...map].sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([inOrder(documents), inOrder(kept)], sorted);
}

test('[I10] a document covers what it includes, and only what touches it', () => {
  const views = createMemoryViews(stockProjection);
  views.take(ledgerRecord('r1.1', 4, saleOf([{ itemId: 'item-mug', quantity: 2 }])));
  views.take(ledgerRecord('r1.1', 5, saleOf([{ itemId: 'item-pen', quantity: 1 }])));
  expect(views.documents.get('stock/berlin-1/item-mug')).toMatchObject({ covers: { 'r1.1': 4 }, body: { onHand: -2 } });
});

test('a record of 400 items is cut into parts that share no item and fit a transaction', () => {
  const lines = Array.from({ length: 400 }, (_, index) => ({ itemId: `item-${index}`, quantity: 1 }));
  const parts = stockProjection.parts(ledgerRecord('r1.1', 1, saleOf(lines)));
  const asked = parts.flatMap(({ needs }) => needs.map((need) => JSON.stringify(need)));
  expect(new Set(asked).size).toBe(asked.length);
  const nothing = { document: () => null, rowAtOrBefore: () => null };
  for (const part of parts) expect(part.project(nothing).length).toBeLessThanOrEqual(90);
  expect(parts.flatMap((part) => part.project(nothing)).length).toBe(800);
});

test('a count whose basis names more journals than are read says nothing', () => {
  const basis = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`r${index}.1`, 1]));
  const fact: Fact = {
    type: 'StockCounted',
    payload: { location: STORE, items: [{ itemId: 'item-mug', counted: 5, unit: 'EA' }], basis, source: 'shelf' },
  };
  expect(stockProjection.parts(ledgerRecord('r1.1', 1, fact))).toEqual([]);
});
