import { propertyOptions, seededRandom } from '@evertill/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fact, movementOf, type Recorded } from './facts.ts';
import { applyToStock, NO_STOCK, onHandOf, outranks, type Stock, stockOf } from './stock.ts';

const ITEM = 'mug';
const journal = fc.constantFrom('r1.1', 'r2.1', 'r2.2');

/** Journals whose counts have any basis at all, also such as no register would write. */
const journals: fc.Arbitrary<Recorded[]> = fc
  .array(
    fc.record({
      journal,
      fact: fc.oneof(
        fc
          .integer({ min: 1, max: 4 })
          .map((quantity): Fact => ({ kind: 'sale', lines: [{ item: ITEM, quantity, left: 0 }] })),
        fc
          .record({ counted: fc.integer({ min: -3, max: 9 }), basis: fc.dictionary(journal, fc.nat({ max: 8 })) })
          .map((count): Fact => ({ kind: 'count', item: ITEM, ...count })),
      ),
    }),
    { maxLength: 24, size: 'max' },
  )
  .map((rows) => {
    const length = new Map<string, number>();
    return rows.map(({ journal: name, fact }, index) => {
      const seq = (length.get(name) ?? 0) + 1;
      length.set(name, seq);
      return { journal: name, seq, hash: `#${index}`, fact };
    });
  });

/** The projection as a server makes it: each journal in order, the journals interleaved as they happen to come. */
function projected(records: readonly Recorded[], seed: number): Stock {
  const random = seededRandom(seed);
  const queues = new Map<string, Recorded[]>();
  for (const record of records) queues.set(record.journal, [...(queues.get(record.journal) ?? []), record]);
  const applied: Recorded[] = [];
  let stock = NO_STOCK;
  while (applied.length < records.length) {
    const next = random.pick([...queues.values()].filter((queue) => queue.length > 0)).shift();
    if (!next) continue;
    stock = applyToStock(stock, next, ITEM, (name, upTo) =>
      applied
        .filter((record) => record.journal === name && record.seq <= upTo)
        .reduce((sum, { fact }) => sum + movementOf(fact, ITEM), 0),
    );
    applied.push(next);
  }
  return stock;
}

test('[I10] what is on hand follows from the set of records: any order, any doubling', () => {
  fc.assert(
    fc.property(journals, fc.nat(), (records, seed) => {
      const random = seededRandom(seed);
      const again = [...records, ...records.filter(() => random.chance(0.3))];
      expect(stockOf(ITEM, random.shuffled(again))).toEqual(stockOf(ITEM, records));
    }),
    propertyOptions(300),
  );
});

test('[I10] projected step by step it is the same, however the journals interleave', () => {
  fc.assert(
    fc.property(journals, fc.nat(), (records, seed) => {
      expect(projected(records, seed)).toEqual(stockOf(ITEM, records));
    }),
    propertyOptions(500),
  );
});

test('a count outranks every count that it knows, and of any two exactly one holds', () => {
  const count = fc.record({
    journal,
    seq: fc.integer({ min: 1, max: 9 }),
    counted: fc.nat({ max: 9 }),
    basis: fc.dictionary(journal, fc.nat({ max: 8 })),
  });
  fc.assert(
    fc.property(count, count, (one, other) => {
      fc.pre(one.journal !== other.journal || one.seq !== other.seq);
      expect(outranks(one, other)).toBe(!outranks(other, one));
      const basis: Record<string, number> = { ...other.basis };
      basis[other.journal] = Math.max(other.seq, (basis[other.journal] ?? 0) + 1);
      expect(outranks({ ...one, basis }, other)).toBe(true);
    }),
    propertyOptions(300),
  );
});

test('a count corrects by what its basis covered; a sale outside the basis still applies', () => {
  const sale = (seq: number, quantity: number): Recorded => ({
    journal: 'r1.1',
    seq,
    hash: `#${seq}`,
    fact: { kind: 'sale', lines: [{ item: ITEM, quantity, left: 0 }] },
  });
  const count: Recorded = {
    journal: 'r2.1',
    seq: 1,
    hash: '#count',
    fact: { kind: 'count', item: ITEM, counted: 10, basis: { 'r1.1': 1 } },
  };
  expect(onHandOf(stockOf(ITEM, [count, sale(2, 3), sale(1, 5)]))).toBe(7);
});
