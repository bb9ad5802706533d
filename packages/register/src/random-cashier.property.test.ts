import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditDisk, settle } from './testing/audit.ts';
import { LedgerFailure } from './testing/memory-ledger.ts';
import { MUG, TEA, TestShop } from './testing/test-shop.ts';

type Act = { what: string; pick: number; crash: 'no' | 'now' | 'disk-full' | 'io' };

const whats = (
  'scan scan scan quantity voidLine void suspend resume part part pay pay pay ' +
  'untender back reprint x off wait close'
).split(' ');

const acts = fc.array(
  fc.record<Act>({
    what: fc.constantFrom(...whats),
    pick: fc.nat(20),
    crash: fc.oneof(
      { weight: 8, arbitrary: fc.constant('no' as const) },
      { weight: 1, arbitrary: fc.constantFrom('now' as const, 'disk-full' as const, 'io' as const) },
    ),
  }),
  { minLength: 5, maxLength: 60 },
);

/** Gives one command, sensible or not; refusals are part of life. */
async function perform(shop: TestShop, { what, pick }: Act): Promise<void> {
  const { register } = shop;
  const open = register.snapshot('transaction');
  const aim = { transactionId: open?.transactionId ?? 'none', revision: open?.revision ?? 0 };
  const lineId = open?.lines[pick % Math.max(1, open.lines.length)]?.lineId ?? 'none';
  const due = open?.dueMinor ?? 0;
  const counts = [{ denominationMinor: 1000, count: pick }];
  if (what !== 'off' && !register.snapshot('session').signedOn)
    await register.handle('signOn', { staffId: 'anna', pin: 'pin-anna' });
  if (register.snapshot('till').state === 'closed') await register.handle('openTill', { counts });
  if (what === 'scan') await shop.scan(pick % 2 === 0 ? TEA : MUG);
  else if (what === 'quantity') await register.handle('changeQuantity', { ...aim, lineId, quantity: pick });
  else if (what === 'voidLine') await register.handle('voidLine', { ...aim, lineId, reason: 'r' });
  else if (what === 'void') await register.handle('voidTransaction', { ...aim, reason: 'r' });
  else if (what === 'suspend') await register.handle('suspend', { transactionId: aim.transactionId, name: `n${pick}` });
  else if (what === 'resume') {
    const suspended = register.snapshot('suspended');
    const transactionId = suspended[pick % Math.max(1, suspended.length)]?.transactionId ?? 'none';
    await register.handle('resume', { transactionId });
  } else if (what === 'part') await register.handle('tenderCash', { ...aim, amountMinor: Math.min(due, 1 + pick) });
  else if (what === 'pay') await register.handle('tenderCash', { ...aim, amountMinor: due + pick });
  else if (what === 'untender')
    await register.handle('removeTender', { ...aim, tenderId: open?.tenders[0]?.tenderId ?? 'none' });
  else if (what === 'back') await register.handle('backToDraft', aim);
  else if (what === 'reprint') await register.handle('reprintLast', {});
  else if (what === 'x') await register.handle('readX', { print: pick % 2 === 0 });
  else if (what === 'off') await register.handle('signOff', {});
  else if (what === 'wait') shop.timers.pass(1_100);
  else await register.handle('closeTill', { counts });
}

test('[I5] [I8] [I12] [I14] a random cashier with crashes, full disks and doubtful commits: the journal always audits', async () => {
  const met = new Set<string>();
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      let shop = await TestShop.open();
      let ids = 0;
      const reopen = async () => {
        const last = shop.register.snapshot('lastSale');
        ids += 1;
        shop = await TestShop.open(structuredClone(shop.ledger.disk), { ids: idsOf(ids) });
        // I14: what was acknowledged is there after the crash, once
        if (last) expect(salesOf(shop, last.transactionId)).toBe(1);
      };
      for (const act of all) {
        const { crash } = act;
        if (crash === 'disk-full' || crash === 'io') {
          const failsAt = crash === 'io' ? 'after' : 'before';
          shop.ledger.hook = (moment) => {
            if (moment === failsAt) throw new LedgerFailure(crash);
          };
        }
        await perform(shop, act);
        shop.ledger.hook = () => undefined;
        met.add(`${act.what} ${crash}`);
        auditDisk(shop.ledger.disk, `after ${act.what}, ${crash}`);
        if (crash === 'now' || crash === 'io') await reopen();
      }
      await reopen();
      await settle(shop, () => shop.ledger.disk, 'the end');
    }),
    propertyOptions(60),
  );
  expect(met.size).toBeGreaterThan(20);
});

function salesOf(shop: TestShop, transactionId: string): number {
  const sales = shop.ledger.disk.records.filter((record) => record.type === 'TransactionCompleted');
  return sales.filter((record) => record.text.includes(`"transactionId":"${transactionId}"`)).length;
}

/** Ids are unique over restarts, as random ones are. */
function idsOf(life: number): { next(): string } {
  let issued = 0;
  return { next: () => `life${life}-${(issued += 1)}` };
}
