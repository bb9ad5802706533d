import { expect, test } from 'vitest';
import { MemoryLedger } from './testing/memory-ledger.ts';
import { identity, TEA, TestShop } from './testing/test-shop.ts';

test('[I14] a sale that came back from the second copy is not offered again by the older draft', async () => {
  const shop = await TestShop.open();
  await shop.openForSale();
  await shop.scan(TEA);
  shop.timers.pass(50);
  const { drafts } = structuredClone(shop.ledger.disk);
  await shop.sell([]);
  const restored = { ...structuredClone(shop.ledger.disk), drafts };

  const untold = await TestShop.open(structuredClone(restored));
  expect(untold.register.snapshot('transaction')).not.toBeNull();

  const again = await TestShop.openOn((clock) => {
    const ledger = new MemoryLedger(structuredClone(restored), { identity, clock });
    return Object.assign(ledger, { opened: { regainedRecords: 1 } });
  });
  expect(again.register.snapshot('transaction')).toBeNull();
  expect(again.ledger.drafts()).toEqual([]);
});

test('a draft that cannot be read is kept and told', async () => {
  const shop = await TestShop.open();
  await shop.openForSale();
  await shop.scan(TEA);
  shop.timers.pass(50);
  const disk = structuredClone(shop.ledger.disk);
  for (const draft of Object.values(disk.drafts)) draft.json = draft.json.replace('"v":1', '"v":2');
  const again = await TestShop.open(disk);
  expect(again.register.snapshot('transaction')).toBeNull();
  expect(again.faults).toMatchObject([{ where: 'draft' }]);
  expect(again.ledger.drafts()).toHaveLength(1);
});
