import type { Cashier, SeenSale } from './cashier.ts';
import { expectSame } from './expectations.ts';
import type { Shop, Victim } from './shop.ts';
import { until } from './waiting.ts';

export type Phase = 'draft' | 'tendering' | 'just after pay' | 'while printing';
export const phases: readonly Phase[] = ['draft', 'tendering', 'just after pay', 'while printing'];
export const victims: readonly Victim[] = ['page', 'core', 'main'];

export type Person = { name: string; pin: string };

const PART_MINOR = 100;
const PRINTING_DEADLINE_MS = 10_000;

/** A sale of two lines in the middle of which a process dies. Answers in words what was observed afterwards. */
export async function saleWithKill(
  shop: Shop,
  person: Person,
  codes: readonly string[],
  phase: Phase,
  victim: Victim,
): Promise<string> {
  const { cashier, witness } = shop;
  const before = witness.completedSales();
  for (const code of codes) await cashier.scan(code);
  switch (phase) {
    case 'draft': {
      const totalMinor = await cashier.totalMinor();
      await witness.untilDraftHolds(codes);
      await killAndReturn(shop, person, victim);
      await until(
        'the restored transaction',
        async () => (await cashier.lineCount()) === codes.length,
        PRINTING_DEADLINE_MS,
      );
      expectSame('total after the restart', await cashier.totalMinor(), totalMinor);
      await finish(shop, await cashier.goToPay());
      return await oneMore(shop, before, `${codes.length} lines were there again`);
    }
    case 'tendering': {
      const due = await cashier.goToPay();
      await cashier.pressTender(PART_MINOR);
      await until('the part taken', async () => (await cashier.dueMinor()) === due - PART_MINOR, PRINTING_DEADLINE_MS);
      await killAndReturn(shop, person, victim);
      await until(
        'the cash taken, after the restart',
        async () => (await cashier.dueMinor()) === due - PART_MINOR,
        PRINTING_DEADLINE_MS,
      );
      await finish(shop, due);
      return await oneMore(shop, before, 'the cash taken was there again');
    }
    case 'just after pay': {
      const due = await cashier.goToPay();
      // Not awaited: the process dies while the cash is on its way into the journal.
      const pressed = cashier.pressTender().catch(() => undefined);
      await killAndReturn(shop, person, victim);
      await pressed;
      return await settle(shop, before, due);
    }
    case 'while printing': {
      await witness.untilPrinted();
      const due = await cashier.goToPay();
      const { length } = shop.counter.printerBytes();
      const seen = await cashier.takeCash(due);
      witness.saw(seen);
      await until(
        'the first bytes of the receipt',
        () => shop.counter.printerBytes().length > length + 100,
        PRINTING_DEADLINE_MS,
      );
      await killAndReturn(shop, person, victim);
      await cashier.toSellScreen();
      await witness.untilPrinted();
      return await oneMore(shop, before, paperOf(shop, seen));
    }
  }
}

async function killAndReturn(shop: Shop, person: Person, victim: Victim): Promise<void> {
  const { signedOff } = await shop.kill(victim);
  if (signedOff) await shop.cashier.signOn(person.name, person.pin);
}

async function finish(shop: Shop, totalMinor: number): Promise<void> {
  const seen = await shop.cashier.takeCash(totalMinor);
  shop.witness.saw(seen);
  await shop.cashier.nextSale();
}

/** The cash was on its way: the sale is wholly in the journal, or wholly absent and offered again. */
async function settle(shop: Shop, before: number, due: number): Promise<string> {
  const { cashier, witness } = shop;
  const where = await until(
    'the sale, done or offered again',
    () => whereIsIt(cashier, witness.completedSales() > before),
    PRINTING_DEADLINE_MS,
  );
  if (where === 'recorded') {
    await cashier.toSellScreen();
    return await oneMore(shop, before, 'the sale was in the journal');
  }
  await finish(shop, where === 'draft' ? await cashier.goToPay() : due);
  return await oneMore(shop, before, 'the sale was offered again');
}

async function whereIsIt(cashier: Cashier, recorded: boolean): Promise<'recorded' | 'tendering' | 'draft' | null> {
  if (recorded) return 'recorded';
  if (await cashier.isTendering()) return 'tendering';
  return (await cashier.lineCount()) > 0 ? 'draft' : null;
}

async function oneMore(shop: Shop, before: number, words: string): Promise<string> {
  expectSame('sales in the journal', shop.witness.completedSales(), before + 1);
  return words;
}

function paperOf(shop: Shop, { receiptLabel }: SeenSale): string {
  const number = Number(receiptLabel.split('-').at(-1));
  const slips = shop.witness.paper().slips.filter((slip) => slip.receiptNumber === number && slip.whole);
  return slips.every((slip) => slip.mark === null) ? 'one original on paper' : 'printed again, and the paper says so';
}
