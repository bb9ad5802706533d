import { expectSame, expectSeen } from '../../apps/register/e2e/harness/expectations.ts';
import { goodsOf, type Goods } from '../../apps/register/e2e/harness/core-line.ts';
import type { SeenSale } from '../../apps/register/e2e/harness/cashier.ts';
import type { Shop } from '../../apps/register/e2e/harness/shop.ts';
import { pause, until } from '../../apps/register/e2e/harness/waiting.ts';
import { listAt, numberAt, objectAt, textAt } from '../oracle/json.ts';
import { phases, saleWithKill, victims, type Person } from '../../apps/register/e2e/harness/sale-with-kill.ts';
import { PAPER_DEADLINE_MS, roundNote, sellMeasured, type Told } from './telling.ts';
import { compareEverywhere, tellOfOneView, type OneView, type UnifiedFigures } from './one-view.ts';
import { savePaper, savePicture, saveRightToLeft } from './pictures.ts';

const cashierPerson: Person = { name: 'Aoife Byrne', pin: '1111' };
const managerPerson: Person = { name: 'Cormac Daly', pin: '9999' };
/** Two fifties, five twenties, twenty ones: 220.00. */
const FLOAT = { 5000: 2, 2000: 5, 100: 20 };
const FLOAT_MINOR = 22_000;
const QUICK_SALES = 24;

/** A day in the shop, kills included. Each step looks from outside at what it did. */
export async function tellTheStory(told: Told, view: OneView): Promise<UnifiedFigures> {
  const goods = await openTheShop(told);
  await firstSale(told, goods);
  await quickSales(told, goods);
  await tellOfOneView(told, view, goods);
  await kills(told, goods);
  await pulledCable(told, goods);
  const figures = await compareEverywhere(told, view, goods);
  await closeTheDay(told);
  return figures;
}

async function openTheShop({ shop, log, folder }: Told): Promise<Goods[]> {
  const { cashier, witness, register } = shop;
  await log.step('first start: a shop with its catalog', async () => {
    await cashier.untilReady();
    const [epoch] = witness.payloads('EpochOpened');
    expectSame('the first record opens an epoch because', epoch?.['reason'], 'enrolled');
    return 'the journal exists and begins with EpochOpened';
  });
  await savePicture(register.page, folder, '01-sign-on', ['light', 'dark']);
  await log.step('the cashier signs on with a PIN', async () => {
    await cashier.signOn(cashierPerson.name, cashierPerson.pin);
    return `journal: SignedOn ${textAt(witness.payloads('SignedOn').at(-1) ?? {}, 'staffId')}`;
  });
  await log.step('opens the till with a counted float', async () => {
    await cashier.countCash(FLOAT);
    await savePicture(register.page, folder, '02-open-till');
    await register.page.keyboard.press('Enter');
    await cashier.searchField.waitFor();
    expectSame(
      'float in the journal',
      numberAt(witness.payloads('TillOpened').at(-1) ?? {}, 'floatMinor'),
      FLOAT_MINOR,
    );
    return `journal: float ${FLOAT_MINOR / 100}`;
  });
  await savePicture(register.page, folder, '03-ready', ['light', 'dark']);
  const goods = await goodsOf(
    register.page,
    ['coffee', 'shampoo', 'bread', 'towel', 'chocolate', 'apple', 'candle', 'milk'],
    6,
  );
  if (goods.length < 5) throw new Error(`only ${goods.length} goods were found to sell`);
  return goods;
}

async function firstSale(told: Told, goods: readonly Goods[]): Promise<void> {
  const { shop, log, folder, measured } = told;
  const { cashier, witness, counter, register } = shop;
  const [first, second, third] = goods;
  if (!first || !second || !third) throw new Error('too few goods');
  await log.step('scans three items with the serial scanner', async () => {
    for (const item of [first, second, third]) {
      measured.scanToPaintedMs.push((await cashier.scan(item.scanCode)).scanToPaintedMs);
    }
    await witness.untilDraftHolds([first, second, third].map((item) => item.scanCode));
    return 'ledger: the draft is on disk';
  });
  let found = '';
  await log.step('finds one by name', async () => {
    found = await cashier.addByName('honey');
    return `shown: ${found}`;
  });
  await log.step('changes a quantity', async () => (await cashier.changeQuantity(3), 'three of it'));
  await log.step('scans one too many and voids the line', async () => {
    await cashier.scan((goods[3] ?? first).scanCode);
    await cashier.voidLine();
    return 'voided, the rest stays';
  });
  await savePicture(register.page, folder, '04-sell', ['light', 'dark']);
  await saveRightToLeft(register.page, folder, '04-sell');
  await log.step('suspends it, serves another, resumes it', async () => {
    const totalMinor = await cashier.totalMinor();
    await cashier.suspend('Blue coat');
    expectSame('suspended under', textAt(witness.payloads('TransactionSuspended').at(-1) ?? {}, 'name'), 'Blue coat');
    await sellMeasured(told, [third.scanCode], 'exact');
    await register.page.keyboard.press('F7');
    await pause(150);
    await savePicture(register.page, folder, '05-parked');
    await register.page.keyboard.press('F7');
    await cashier.resume();
    expectSame('total after resuming', await cashier.totalMinor(), totalMinor);
    expectSame('resumed in the journal', witness.payloads('TransactionResumed').length, 1);
    return 'journal: TransactionSuspended, a sale, TransactionResumed';
  });
  await log.step('takes cash; change, receipt and drawer', async () => {
    const kicksBefore = witness.paper().drawerKicks;
    const due = await cashier.goToPay();
    await savePicture(register.page, folder, '06-pay', ['light', 'dark']);
    const seen = await cashier.takeCash(due, roundNote(due));
    witness.saw(seen);
    await witness.untilPrinted();
    await savePicture(register.page, folder, '07-change', ['light', 'dark']);
    await cashier.nextSale();
    savePaper(counter.printer, seen.receiptLabel, folder, 'receipt');
    expectSame('drawer kicks for this sale', witness.paper().drawerKicks - kicksBefore, 1);
    return checkFirstSale(shop, seen, roundNote(due) - due);
  });
}

function checkFirstSale({ witness }: Shop, seen: SeenSale, changeMinor: number): string {
  const sale = expectSeen('the sale in the journal', witness.books().sales.at(-1));
  expectSame('change as shown', seen.changeMinor, changeMinor);
  expectSame('change in the journal', numberAt(sale.payload, 'changeDueMinor'), changeMinor);
  expectSame('lines in the journal', listAt(sale.payload, 'lines').length, 4);
  expectSame('quantity of the last line', numberAt(listAt(sale.payload, 'lines').at(-1) ?? {}, 'quantity'), 3);
  expectSame('voided lines in the journal', listAt(sale.payload, 'voidedLines').length, 1);
  expectSame(
    'receipts on paper',
    witness.paper().slips.filter((slip) => slip.receiptNumber === sale.receiptNumber).length,
    1,
  );
  return `journal, paper and drawer agree on ${seen.receiptLabel}`;
}

async function quickSales(told: Told, goods: readonly Goods[]): Promise<void> {
  const { log, shop } = told;
  await log.step(`${QUICK_SALES} quick sales`, async () => {
    const before = shop.witness.completedSales();
    for (let index = 0; index < QUICK_SALES; index += 1) {
      const codes = [0, 1, 2]
        .slice(0, 1 + (index % 3))
        .map((each) => goods[(index + each * 5) % goods.length]?.scanCode ?? '');
      await sellMeasured(told, codes, index % 2 === 0 ? 'exact' : 'with change');
    }
    expectSame('sales in the journal', shop.witness.completedSales(), before + QUICK_SALES);
    return `${QUICK_SALES} records, ${QUICK_SALES} receipts`;
  });
}

async function kills({ shop, log, folder }: Told, goods: readonly Goods[]): Promise<void> {
  const codes = [goods[1]?.scanCode ?? '', goods[2]?.scanCode ?? ''];
  for (const phase of phases) {
    for (const victim of victims) {
      await log.step(`${victim} killed, ${phase}`, () => saleWithKill(shop, cashierPerson, codes, phase, victim));
    }
  }
  await shop.witness.untilPrinted();
  await savePicture(shop.register.page, folder, '08-after-the-kills');
}

async function pulledCable({ shop, log, folder }: Told, goods: readonly Goods[]): Promise<void> {
  const { cashier, witness, counter } = shop;
  await log.step('printer cable pulled during a receipt', async () => {
    await witness.untilPrinted();
    await cashier.scan(goods[0]?.scanCode ?? '');
    const due = await cashier.goToPay();
    const { length } = counter.printerBytes();
    const seen = await cashier.takeCash(due);
    witness.saw(seen);
    await until(
      'the first bytes of the receipt',
      () => counter.printerBytes().length > length + 100,
      PAPER_DEADLINE_MS,
    );
    await counter.printerCable.unplug();
    await pause(1_000);
    await savePicture(shop.register.page, folder, '09-printer-gone');
    await cashier.nextSale();
    await counter.printerCable.plug();
    await witness.untilPrinted();
    const number = Number(seen.receiptLabel.split('-').at(-1));
    const slips = witness.paper().slips.filter((slip) => slip.receiptNumber === number && slip.whole);
    return `back on the line: ${slips.map((slip) => slip.mark ?? 'original').join(', ')} on paper`;
  });
}

async function closeTheDay({ shop, log, folder }: Told): Promise<void> {
  const { cashier, witness, register, counter } = shop;
  const { page } = register;
  await log.step('the manager signs on', async () => {
    await cashier.signOff();
    await cashier.signOn(managerPerson.name, managerPerson.pin);
    return `journal: SignedOn ${textAt(witness.payloads('SignedOn').at(-1) ?? {}, 'staffId')}`;
  });
  await log.step('reads the X report', async () => {
    await cashier.openDay();
    await cashier.dismissNotices();
    await pause(400);
    await savePicture(page, folder, '10-day', ['light', 'dark']);
    const sums = objectAt(expectSeen('XReportRead', witness.payloads('XReportRead').at(-1)), 'sums') ?? {};
    expectSame('sales in the X', numberAt(sums, 'transactionCount'), witness.completedSales());
    return `journal: X over ${numberAt(sums, 'transactionCount')} sales`;
  });
  await log.step('counts, one coin short, and closes', async () => {
    const books = witness.books();
    const takenMinor = books.sales.reduce((total, sale) => total + sale.totalMinor, 0);
    await cashier.countToClose(FLOAT_MINOR + takenMinor - 1);
    await savePicture(page, folder, '11-count', ['light', 'dark']);
    await cashier.closeTill();
    const z = expectSeen('ZReportIssued', witness.payloads('ZReportIssued').at(-1));
    expectSame('over or short', numberAt(z, 'overShortMinor'), -1);
    expectSame('total of the Z', numberAt(objectAt(z, 'sums') ?? {}, 'totalMinor'), takenMinor);
    await pause(300);
    await savePicture(page, folder, '12-z-report', ['light', 'dark']);
    return `journal: Z ${numberAt(z, 'zNumber')}, short by one cent`;
  });
  await log.step('prints the Z', async () => {
    await until(
      'the Z on paper',
      () => witness.paper().slips.some((slip) => slip.kind === 'z-report' && slip.whole),
      PAPER_DEADLINE_MS,
    );
    savePaper(counter.printer, 'Z REPORT', folder, 'z-report');
    return 'the Z is on paper';
  });
}
