import { openLedger, memoryHighWaterMark, type Ledger } from '@evertill/ledger';
import { exampleIdentity, exampleKey } from '@evertill/journal/testing';
import { exampleBasis, exampleSale } from '@evertill/records/testing';
import { overlayRowsOf } from '@evertill/register';
import { type TemporaryFolder, temporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localFacts } from './local-facts.ts';

let folder: TemporaryFolder;
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder('local-facts');
  ledger = openLedger({
    folder: folder.path,
    identity: exampleIdentity,
    key: exampleKey(1),
    clock: { nowMs: () => Date.UTC(2026, 2, 2, 8), tzOffsetMin: () => 0 },
    random: { bytes: (count) => new Uint8Array(count) },
    highWater: memoryHighWaterMark(),
  });
});
afterEach(async () => {
  await ledger.dispose();
  folder.dispose();
});

function sell(id: string): void {
  const sale = exampleSale(id, ledger.nextReceiptNumber());
  const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
  ledger.append([sale], context, (tx) => {
    for (const record of tx.records) for (const row of overlayRowsOf(record.header, sale.payload)) tx.addOverlay(row);
  });
}
const held = () => (['order', 'stock'] as const).flatMap((kind) => ledger.overlay({ kind }));

test('[I26] rows that went come back from the journal as they were, and a sale made meanwhile counts once', async () => {
  for (let nth = 0; nth < 250; nth += 1) sell(`tx-${nth}`);
  const facts = localFacts(ledger, exampleIdentity);
  const [order] = facts.rows('order');
  facts.remove([{ kind: 'order', entityId: order?.entityId ?? '', epoch: 1, seq: order?.seq ?? 0 }]);
  expect(facts.rows('order')).toHaveLength(249);
  const derived = facts.deriveAnew('file-2.1');
  sell('meanwhile');
  expect(facts.prunedFor()).toBeNull();
  await derived;
  expect(facts.prunedFor()).toBe('file-2.1');
  expect(
    facts
      .rows('order')
      .map(({ seq }) => seq)
      .sort((a, b) => a - b),
  ).toEqual([...ledger.records({ type: 'TransactionCompleted' })].map(({ seq }) => seq));
  const before = held();
  await facts.deriveAnew('file-2.2');
  expect(new Set(held().map((row) => JSON.stringify(row)))).toEqual(new Set(before.map((row) => JSON.stringify(row))));
});

test('rows of one entity are found without reading the others', () => {
  sell('tx-1');
  const facts = localFacts(ledger, exampleIdentity);
  const [first] = facts.rows('stock');
  expect(facts.rows('stock', first?.entityId).every(({ entityId }) => entityId === first?.entityId)).toBe(true);
  expect(facts.rows('stock', 'nothing')).toEqual([]);
});
