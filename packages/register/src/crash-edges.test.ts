import { describe, expect, test } from 'vitest';
import type { CommandName } from './commands.ts';
import { auditDisk, settle } from './testing/audit.ts';
import { type Disk, LedgerFailure } from './testing/memory-ledger.ts';
import { sellingDay } from './testing/selling-day.ts';
import { TestShop } from './testing/test-shop.ts';
import { useCases } from './use-cases.ts';

describe('[I14] [CA-32] the power goes at every edge of every commit of a day', () => {
  test('whatever the disk holds then opens, audits, and can be finished to a Z that equals the journal', async () => {
    const edges: { moment: string; during: string; acknowledged: string[]; disk: Disk }[] = [];
    const shop = await TestShop.open();
    let during = '';
    shop.ledger.hook = (moment, disk) => edges.push({ moment, during, acknowledged: acknowledgedSales(shop), disk });
    for (const [name, step] of sellingDay) {
      during = name;
      await step(shop);
    }
    expect(shop.faults).toEqual([]);
    expect(edges.length).toBeGreaterThan(40);
    for (const { moment, during: step, acknowledged, disk } of edges) {
      const where = `${moment} a commit of "${step}"`;
      auditDisk(disk, where);
      const sold = disk.records.filter((record) => record.type === 'TransactionCompleted').map((record) => record.text);
      for (const id of acknowledged)
        expect(
          sold.filter((text) => text.includes(`"${id}"`)),
          where,
        ).toHaveLength(1);
      await settleOn(disk, where);
    }
  });

  test('a draft that was shown is on the disk 50 ms later, whatever comes next', async () => {
    const shop = await TestShop.open();
    for (const [, step] of sellingDay) {
      await step(shop);
      shop.timers.pass(50);
      const shown = shop.register.snapshot('transaction');
      const again = await TestShop.open(structuredClone(shop.ledger.disk));
      expect(again.register.snapshot('transaction')).toEqual(shown);
      expect(again.register.snapshot('suspended')).toEqual(shop.register.snapshot('suspended'));
      expect(again.register.snapshot('lastSale')).toEqual(shop.register.snapshot('lastSale'));
      expect(again.register.snapshot('till')).toEqual(shop.register.snapshot('till'));
    }
  });
});

describe('[I14] the disk refuses, at every commit of a day', () => {
  const quiet = { hook: () => undefined };

  test('the answer says so, nothing changed, and the same command succeeds once there is room', async () => {
    const commits = await commitsOfDay();
    for (let failing = 1; failing <= commits; failing += 1) {
      const shop = await TestShop.open();
      let seen = 0;
      let failed = '';
      shop.ledger.hook = (moment) => {
        if (moment === 'before' && ++seen === failing) throw new LedgerFailure('disk-full');
      };
      for (const [name, step] of sellingDay) {
        const before = { ...snapshots(shop), disk: stated(shop.ledger.disk) };
        try {
          await step(shop);
        } catch (error) {
          failed = name;
          expect(String(error), name).toContain('disk-full');
          expect({ ...snapshots(shop), disk: stated(shop.ledger.disk) }, `${name}, commit ${failing}`).toEqual(before);
          Object.assign(shop.ledger, quiet);
          await step(shop);
        }
      }
      const told = failed !== '' || shop.notices.some((notice) => notice.detail === 'disk-full');
      expect(told, `commit ${failing} failed in silence`).toBe(true);
      auditDisk(shop.ledger.disk, `commit ${failing}`);
      expect(shop.ledger.counts().sales).toBe(3);
    }
  });

  test('in doubt: durable, but reported as failed; trying again never doubles, and a restart shows the truth', async () => {
    const commits = await commitsOfDay();
    for (let doubtful = 1; doubtful <= commits; doubtful += 1) {
      const shop = await TestShop.open();
      let seen = 0;
      shop.ledger.hook = (moment) => {
        if (moment === 'after' && ++seen === doubtful) throw new LedgerFailure('io');
      };
      for (const [name, step] of sellingDay) {
        try {
          await step(shop);
        } catch (error) {
          expect(String(error), name).toContain('storage-failed');
          break;
        }
      }
      Object.assign(shop.ledger, quiet);
      if (shop.register.snapshot('transaction')) {
        await shop.register.handle('tenderCash', { ...shop.aim, amountMinor: shop.transaction.dueMinor });
      }
      auditDisk(shop.ledger.disk, `commit ${doubtful} in doubt`);
      await settleOn(shop.ledger.disk, `after commit ${doubtful} in doubt`);
    }
  });
});

/** Opens a register on a copy of this disk and goes on to the end of the day. */
async function settleOn(disk: Disk, where: string): Promise<void> {
  const again = await TestShop.open(structuredClone(disk));
  await settle(again, () => again.ledger.disk, where);
}

async function commitsOfDay(): Promise<number> {
  const shop = await TestShop.open();
  const before = shop.ledger.commits;
  for (const [, step] of sellingDay) await step(shop);
  return shop.ledger.commits - before;
}

/**
 * What a disk says for good. Left out: an attempt to sign on, which counts whatever fails after it, and drafts, which may be written
 * at any time once they were shown.
 */
function stated({ records, overlay, jobs }: Disk): Omit<Disk, 'drafts' | 'settings'> {
  return { records, overlay, jobs };
}

function snapshots(shop: TestShop) {
  const names = ['till', 'transaction', 'lastSale', 'suspended'] as const;
  const signedOn = shop.register.snapshot('session').signedOn;
  return { signedOn, ...Object.fromEntries(names.map((name) => [name, shop.register.snapshot(name)])) };
}

function acknowledgedSales(shop: TestShop): string[] {
  const last = shop.register.snapshot('lastSale');
  return last ? [last.transactionId] : [];
}

test('the day gives every command that commits', () => {
  const given = sellingDay.map(([name]) => name).join(' ');
  const aside: CommandName[] = [
    'addByCode',
    'addItem',
    'searchItems',
    'findOrders',
    'stockOf',
    'askServerAgain',
    'countTill',
    'lastZ',
    'backToDraft',
    'resolvePrintJob',
  ];
  const committing = (Object.keys(useCases) as CommandName[]).filter((name) => !aside.includes(name));
  for (const name of committing) expect(given).toContain(name);
});
