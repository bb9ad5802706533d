import type { RegisterLedger } from '../needs.ts';
import { MUG, TEA, type TestShop } from './test-shop.ts';

type Step = (shop: TestShop<RegisterLedger>) => Promise<unknown>;

const transactionId = (shop: TestShop<RegisterLedger>) => shop.transaction.transactionId;
const firstLine = (shop: TestShop<RegisterLedger>) => shop.transaction.lines[0]?.lineId ?? '';
const lines: Step = async (shop) => {
  await shop.scan(TEA);
  await shop.scan(MUG);
  shop.timers.pass(50);
};

/** A day that gives every command at least once. Each entry is one acknowledged step. */
export const sellingDay: [name: string, step: Step][] = [
  ['signOn', (shop) => shop.signOn()],
  ['openTill', (shop) => shop.must('openTill', { counts: [{ denominationMinor: 1000, count: 10 }] })],
  ['two lines', lines],
  ['changeQuantity', (shop) => shop.must('changeQuantity', { ...shop.aim, lineId: firstLine(shop), quantity: 4 })],
  ['voidLine', (shop) => shop.must('voidLine', { ...shop.aim, lineId: firstLine(shop), reason: 'dear' })],
  ['the draft is written', async (shop) => shop.timers.pass(50)],
  ['tenderCash, a part', (shop) => shop.must('tenderCash', { ...shop.aim, amountMinor: 250 })],
  ['tenderCash, another part', (shop) => shop.must('tenderCash', { ...shop.aim, amountMinor: 100 })],
  [
    'removeTender',
    (shop) => shop.must('removeTender', { ...shop.aim, tenderId: shop.transaction.tenders[0]?.tenderId ?? '' }),
  ],
  ['tenderCash, enough', (shop) => shop.must('tenderCash', { ...shop.aim, amountMinor: 2000 })],
  ['reprintLast', (shop) => shop.must('reprintLast', {})],
  ['two lines', lines],
  ['suspend', (shop) => shop.must('suspend', { transactionId: transactionId(shop), name: 'Blue coat' })],
  ['two lines', lines],
  ['voidTransaction', (shop) => shop.must('voidTransaction', { transactionId: transactionId(shop), reason: 'left' })],
  ['a line that is not yet written', (shop) => shop.scan(MUG)],
  ['tenderCash, at once enough', (shop) => shop.must('tenderCash', { ...shop.aim, amountMinor: 1250 })],
  ['readX', (shop) => shop.must('readX', { print: true })],
  [
    'resume',
    (shop) => shop.must('resume', { transactionId: shop.register.snapshot('suspended')[0]?.transactionId ?? '' }),
  ],
  [
    'tenderCash of the resumed',
    (shop) => shop.must('tenderCash', { ...shop.aim, amountMinor: shop.transaction.dueMinor }),
  ],
  ['signOff', (shop) => shop.must('signOff', {})],
  ['signOn again', (shop) => shop.signOn()],
  ['closeTill', (shop) => shop.must('closeTill', { counts: [{ denominationMinor: 1000, count: 12 }] })],
];
