import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodsOf } from './harness/core-line.ts';
import { phases, saleWithKill, victims, type Person } from './harness/sale-with-kill.ts';
import { openShop, type Shop } from './harness/shop.ts';
import { openStage, type Stage } from './harness/stage.ts';

const person: Person = { name: 'Aoife', pin: '1111' };

describe('[CA-32] a process dies in the middle of a sale', () => {
  let stage: Stage;
  let shop: Shop;
  let codes: string[];

  beforeAll(async () => {
    stage = await openStage();
    shop = await openShop(stage, { items: 400, linesPerSecond: 100 });
    await shop.cashier.signOn(person.name, person.pin);
    await shop.cashier.openTill({ 5000: 2 });
    const goods = await goodsOf(shop.register.page, ['coffee', 'bread'], 4);
    codes = goods.slice(0, 2).map((item) => item.scanCode);
  });
  afterAll(async () => {
    await shop?.dispose();
    await stage?.dispose();
  });

  const deaths = phases.flatMap((phase) =>
    victims.map((victim) => ({ name: `${victim} killed, ${phase}`, phase, victim })),
  );
  it.each(deaths)('[I14] $name: the sale is wholly there, or offered again', async ({ phase, victim }) => {
    expect(codes).toHaveLength(2);
    expect(await saleWithKill(shop, person, codes, phase, victim)).not.toBe('');
  });

  it('the printer loses its line in the middle of a receipt: nothing is lost, nothing doubled in silence', async () => {
    const { cashier, counter, witness } = shop;
    const before = counter.printerBytes().length;
    for (const code of codes) await cashier.scan(code);
    const seen = await cashier.takeCash(await cashier.goToPay());
    witness.saw(seen);
    while (counter.printerBytes().length < before + 100) await new Promise((resolve) => setTimeout(resolve, 5));
    await counter.printerCable.unplug();
    await cashier.nextSale();
    await counter.printerCable.plug();
    await witness.untilPrinted();
  });

  it('[I1] [I4] [I5] [I25] the verdict from outside over all of it', async () => {
    await shop.witness.untilPrinted();
    const verdict = shop.witness.verdict();
    expect(verdict.counts.drawerKicks).toBeLessThanOrEqual(deaths.length + 1);
    expect(verdict).toMatchObject({
      findings: [],
      counts: { sales: deaths.length + 1 },
      receiptNumbersGapless: true,
      chainVerifies: true,
    });
  });
});
