import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en as words } from '../src/ui/words/en.ts';
import { axeFindings, sticksOutRightToLeft } from './harness/axe.ts';
import { goodsOf, type Goods } from './harness/core-line.ts';
import { openShop, type Shop } from './harness/shop.ts';
import { openStage, type Stage } from './harness/stage.ts';
import { until } from './harness/waiting.ts';
import { listAt, numberAt } from './harness/oracle.ts';

const FLOAT = { 5000: 2, 2000: 5, 100: 20 };
const FLOAT_MINOR = 22_000;
const PAPER_DEADLINE_MS = 20_000;

/** One day in one shop, in order: each test goes on where the one before ended, as a day does. */
describe('a day at the register, by keyboard alone', () => {
  let stage: Stage;
  let shop: Shop;
  let goods: Goods[];
  const looked: string[] = [];
  const axe: string[] = [];
  const outside: string[] = [];

  async function look(screen: string): Promise<void> {
    looked.push(screen);
    axe.push(...(await axeFindings(shop.register.page, screen)));
    const excess = await sticksOutRightToLeft(shop.register.page);
    if (excess > 0) outside.push(`${screen}: ${excess} px`);
  }
  const codeAt = (index: number): string => goods[index]?.scanCode ?? '';

  beforeAll(async () => {
    stage = await openStage();
    shop = await openShop(stage, { items: 400 });
  });
  afterAll(async () => {
    await shop?.dispose();
    await stage?.dispose();
  });

  it('[CA-06] opens on the sign-on screen with the cursor in the PIN field', async () => {
    await shop.cashier.untilReady();
    await look('sign-on');
    expect(shop.witness.payloads('EpochOpened')).toHaveLength(1);
  });

  it('refuses a wrong PIN in words', async () => {
    const { page } = shop.register;
    await page.keyboard.type('0000');
    await page.keyboard.press('Enter');
    await page.getByText(words.refusals['wrong-pin']).waitFor();
    expect(shop.witness.payloads('SignedOn')).toHaveLength(0);
  });

  it('does not sell while the till is closed: a scan is answered in words', async () => {
    await shop.cashier.signOn('Aoife', '1111');
    shop.counter.scan('4006381333931');
    await shop.register.page.getByText(words.notices['scan-ignored-till-closed'](null)).first().waitFor();
    await look('open till');
  });

  it('[I8] opens the till with a counted float', async () => {
    await shop.cashier.openTill(FLOAT);
    await look('ready to sell');
    expect(numberAt(shop.witness.payloads('TillOpened')[0] ?? {}, 'floatMinor')).toBe(FLOAT_MINOR);
    goods = await goodsOf(shop.register.page, ['coffee', 'bread', 'soap', 'apple'], 5);
    expect(goods.length).toBeGreaterThan(4);
  });

  it('a scan becomes a line, wherever the cursor is, and never lands in a field', async () => {
    await shop.cashier.scan(codeAt(0));
    expect(await shop.cashier.lineCount()).toBe(1);
    expect(await shop.cashier.totalMinor()).toBe(goods[0]?.priceMinor);
    expect(await shop.cashier.searchField.inputValue()).toBe('');
  });

  it('says so when it does not know a code, and adds nothing', async () => {
    shop.counter.scan('9999999999994');
    await shop.register.page
      .getByText(/No item has the code/)
      .first()
      .waitFor();
    expect(await shop.cashier.lineCount()).toBe(1);
  });

  it('finds by name, changes the quantity, voids a line', async () => {
    const { cashier } = shop;
    await cashier.addByName(goods[1]?.name ?? '');
    const before = await cashier.totalMinor();
    await cashier.changeQuantity(12);
    expect(await cashier.totalMinor()).toBeGreaterThan(before);
    await cashier.scan(codeAt(2));
    await cashier.voidLine();
    expect(await cashier.lineCount()).toBe(2);
    await look('selling');
  });

  it('takes Enter for the whole name when it comes faster than the search', async () => {
    await shop.cashier.addByNameBlind(goods[3]?.name ?? '');
    await shop.cashier.voidLine();
  });

  it('[CA-13] suspends, serves another, resumes', async () => {
    const { cashier, witness, register } = shop;
    const totalMinor = await cashier.totalMinor();
    await cashier.suspend('Red scarf');
    witness.saw(await cashier.sell([codeAt(3)], 'exact'));
    await register.page.keyboard.press('F7');
    await register.page.getByRole('heading', { name: words.suspended.title }).waitFor();
    await look('suspended');
    await register.page.keyboard.press('F7');
    await cashier.resume();
    expect(await cashier.totalMinor()).toBe(totalMinor);
    expect(witness.drafts().map(({ status }) => status)).toEqual(['open']);
  });

  it('[I14] takes cash in two parts, gives change, and says done only after the record is on disk', async () => {
    const { cashier, witness } = shop;
    const due = await cashier.goToPay();
    await look('tender');
    await cashier.pressTender(100);
    await until('what is still due', async () => (await cashier.dueMinor()) === due - 100, PAPER_DEADLINE_MS);
    const seen = await cashier.takeCash(due, due + 400);
    const sale = witness.books().sales.at(-1);
    expect(seen.changeMinor).toBe(500);
    expect(sale?.totalMinor).toBe(due);
    expect(numberAt(sale?.payload ?? {}, 'changeDueMinor')).toBe(500);
    expect(listAt(sale?.payload ?? {}, 'lines').map((line) => numberAt(line, 'quantity'))).toEqual([1, 12]);
    expect(listAt(sale?.payload ?? {}, 'voidedLines')).toHaveLength(2);
    expect(witness.drafts()).toEqual([]);
    witness.saw(seen);
    await look('done');
  });

  it('[I25] prints one original and opens the drawer once a sale; a reprint says DUPLICATE and opens nothing', async () => {
    const { witness, register } = shop;
    await witness.untilPrinted();
    expect(witness.paper()).toMatchObject({ drawerKicks: 2, slips: [{ mark: null }, { mark: null }] });
    await register.page.keyboard.press('F9');
    await until('the copy', () => witness.paper().slips.filter((slip) => slip.whole).length === 3, PAPER_DEADLINE_MS);
    await until('its record', () => witness.payloads('ReceiptReprinted').length === 1, PAPER_DEADLINE_MS);
    expect(witness.paper()).toMatchObject({ drawerKicks: 2 });
    expect(witness.paper().slips[2]).toMatchObject({ mark: 'duplicate', receiptNumber: 2 });
    await shop.cashier.nextSale();
  });

  it('goes on selling while the printer is out of paper; the receipt waits and then prints once', async () => {
    const { cashier, witness, counter } = shop;
    counter.printer.paperOutAfterLines(3);
    witness.saw(await cashier.sell([codeAt(4)], 'exact'));
    witness.saw(await cashier.sell([codeAt(0)], 'exact'));
    counter.printer.loadPaper();
    await witness.untilPrinted();
    const { slips } = witness.paper();
    for (const number of [3, 4]) {
      expect(slips.filter((slip) => slip.receiptNumber === number && slip.mark === null)).toHaveLength(1);
    }
  });

  it('shows devices and safety', async () => {
    await shop.register.page.keyboard.press('F8');
    await shop.register.page.getByRole('heading', { name: words.devices.title }).waitFor();
    await look('devices');
    await shop.register.page.keyboard.press('Escape');
  });

  it('does not let a cashier read or close the day', async () => {
    await shop.register.page.keyboard.press('F10');
    await shop.register.page.getByText(words.notAllowed(words.permissions['close-till'])).waitFor();
    expect(shop.witness.payloads('XReportRead')).toHaveLength(0);
    await shop.register.page.keyboard.press('Escape');
  });

  it('[I12] the manager reads X, counts one cent over, closes; Z in journal and on paper', async () => {
    const { cashier, witness } = shop;
    await cashier.signOff();
    await cashier.signOn('Cormac', '9999');
    await cashier.openDay();
    await look('day');
    const takenMinor = witness.books().sales.reduce((total, sale) => total + sale.totalMinor, 0);
    await cashier.countToClose(FLOAT_MINOR + takenMinor + 1);
    await look('count');
    await cashier.closeTill();
    await look('Z report');
    expect(numberAt(witness.payloads('ZReportIssued')[0] ?? {}, 'overShortMinor')).toBe(1);
    await until(
      'the Z on paper',
      () => witness.paper().slips.some((slip) => slip.kind === 'z-report' && slip.whole),
      PAPER_DEADLINE_MS,
    );
  });

  it('loses, doubles and alters nothing: the verdict from outside', () => {
    expect(shop.witness.verdict()).toMatchObject({
      findings: [],
      lost: 0,
      doubled: 0,
      altered: 0,
      zEqualsJournal: true,
      receiptNumbersGapless: true,
      chainVerifies: true,
      counts: { sales: 4, acknowledged: 4, zReports: 1, originals: 4, marked: 1, drawerKicks: 4 },
    });
  });

  it('[IT-15] axe finds nothing on any screen in light or dark; nothing sticks out from right to left', () => {
    expect(looked).toHaveLength(11);
    expect(axe).toEqual([]);
    expect(outside).toEqual([]);
  });
});
