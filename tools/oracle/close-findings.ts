import { sum, tendersOf, totalsOf, type Books, type Entry } from './books.ts';
import { listAt, numberAt, objectAt, textAt, type Json } from './json.ts';
import { amountAt, type Slip } from './paper/slips.ts';
import { words } from './paper/words.ts';
import { finding, type Finding } from './verdict.ts';

/** Adds up the sales of each session anew and compares them with what its Z says, in the journal and on paper. */
export function closeFindings(books: Books, slips: readonly Slip[]): Finding[] {
  const found: Finding[] = [];
  const zSlips = slips.filter((slip) => slip.kind === 'z-report' && slip.whole && slip.mark !== 'duplicate');
  let grandTotalMinor = 0;
  for (const [index, z] of books.zReports.entries()) {
    const name = `Z ${numberAt(z.payload, 'zNumber')}`;
    const say = (code: string, what: string): void =>
      void found.push(finding('zEqualsJournal', code, `${name}: ${what}`));
    if (numberAt(z.payload, 'zNumber') !== index + 1) say('z-number', `should have number ${index + 1}`);
    for (const what of unequalSums(z, books)) say('z-sums', what);
    for (const what of unequalDrawer(z, books)) say('z-drawer', what);
    const previousMinor = grandTotalMinor;
    grandTotalMinor += numberAt(sumsOf(z), 'totalMinor');
    if (numberAt(z.payload, 'previousGrandTotalMinor') !== previousMinor)
      say('z-grand-total', 'starts from another total');
    if (numberAt(z.payload, 'grandTotalMinor') !== grandTotalMinor) say('z-grand-total', 'closes do not add up to it');
    for (const what of unequalPaper(z, zSlips)) say('z-paper', what);
  }
  return found;
}

const sumsOf = (z: Entry): Json => objectAt(z.payload, 'sums') ?? {};

function unequalSums(z: Entry, books: Books): string[] {
  const session = textAt(z.payload, 'tillSessionId');
  const sales = books.sales.filter((sale) => sale.tillSessionId === session);
  const voids = books.voids.filter((one) => one.tillSessionId === session);
  const numbers = [...sales, ...voids].map(({ receiptNumber }) => receiptNumber);
  const payloads = sales.map(({ payload }) => payload);
  const totals = payloads.map(totalsOf);
  const sums = sumsOf(z);
  const voidedLines = [...sales, ...voids].reduce((count, one) => count + listAt(one.payload, 'voidedLines').length, 0);
  const checks: [string, number, number][] = [
    ['transactions', numberAt(sums, 'transactionCount'), sales.length],
    ['voided transactions', numberAt(sums, 'voidedTransactionCount'), voids.length],
    ['voided lines', numberAt(sums, 'voidedLineCount'), voidedLines],
    ['items', numberAt(sums, 'itemCount'), sum(totals, 'itemCount')],
    ['extended', numberAt(sums, 'extendedMinor'), sum(totals, 'extendedMinor')],
    ['discounts', numberAt(sums, 'discountMinor'), sum(totals, 'discountMinor')],
    ['tax', numberAt(sums, 'taxMinor'), sum(totals, 'taxMinor')],
    ['total', numberAt(sums, 'totalMinor'), sum(totals, 'totalMinor')],
    ['tenders', sum(listAt(sums, 'tenders'), 'amountMinor'), sum(payloads.flatMap(tendersOf), 'amountMinor')],
    ['change', numberAt(sums, 'changeGivenMinor'), sum(payloads, 'changeDueMinor')],
    ['total of hours', sum(listAt(sums, 'hours'), 'totalMinor'), sum(totals, 'totalMinor')],
    ...taxChecks(listAt(sums, 'taxes'), payloads),
    ...listAt(sums, 'hours').map((entry): [string, number, number] => [
      `hour ${numberAt(entry, 'hour')}`,
      numberAt(entry, 'transactionCount'),
      sales.filter(({ hour }) => hour === numberAt(entry, 'hour')).length,
    ]),
  ];
  if (numbers.length > 0) {
    checks.push(['first receipt', numberAt(sums, 'firstReceiptNumber'), Math.min(...numbers)]);
    checks.push(['last receipt', numberAt(sums, 'lastReceiptNumber'), Math.max(...numbers)]);
  }
  return inWords(checks);
}

function taxChecks(stated: readonly Json[], payloads: readonly Json[]): [string, number, number][] {
  const summed = new Map<string, number>();
  for (const tax of payloads.flatMap((payload) => listAt(payload, 'taxes'))) {
    const rate = `${textAt(tax, 'rateId')} ${numberAt(tax, 'ratePpm')}`;
    summed.set(rate, (summed.get(rate) ?? 0) + numberAt(tax, 'taxMinor'));
  }
  const checks = stated.map((tax): [string, number, number] => {
    const rate = `${textAt(tax, 'rateId')} ${numberAt(tax, 'ratePpm')}`;
    return [`tax ${rate}`, numberAt(tax, 'taxMinor'), summed.get(rate) ?? 0];
  });
  return [...checks, ['number of tax rates', stated.length, summed.size]];
}

/** [I8] float + tendered − change = expected; over or short is what was counted less that. */
function unequalDrawer(z: Entry, books: Books): string[] {
  const session = textAt(z.payload, 'tillSessionId');
  const inSession = (entry: Entry): boolean => textAt(entry.payload, 'tillSessionId') === session;
  const opened = books.tillsOpened.find(inSession);
  const closed = books.tillsClosed.find(inSession);
  if (!opened || !closed) return ['the session was not opened and closed'];
  const payloads = books.sales.filter(inSession).map(({ payload }) => payload);
  const drawer = objectAt(z.payload, 'drawer') ?? {};
  const floatMinor = denominations(opened.payload);
  const countedMinor = denominations(closed.payload);
  const expectedMinor = floatMinor + sum(payloads.flatMap(tendersOf), 'amountMinor') - sum(payloads, 'changeDueMinor');
  return inWords([
    ['float', numberAt(drawer, 'floatMinor'), floatMinor],
    ['expected', numberAt(drawer, 'expectedMinor'), expectedMinor],
    ['counted', numberAt(z.payload, 'countedMinor'), countedMinor],
    ['over or short', numberAt(z.payload, 'overShortMinor'), countedMinor - expectedMinor],
    ['over or short of the till', numberAt(closed.payload, 'overShortMinor'), countedMinor - expectedMinor],
  ]);
}

function denominations(payload: Json): number {
  return listAt(payload, 'counts').reduce(
    (total, entry) => total + numberAt(entry, 'denominationMinor') * numberAt(entry, 'count'),
    0,
  );
}

function unequalPaper(z: Entry, slips: readonly Slip[]): string[] {
  const number = numberAt(z.payload, 'zNumber');
  const own = slips.filter((slip) => amountAt(slip, words.zNumber) === number);
  if (own.length === 0) return ['is not on paper'];
  return own.flatMap((slip) =>
    inWords([
      ['total on paper', amountAt(slip, words.zTotal), numberAt(sumsOf(z), 'totalMinor')],
      [
        'expected on paper',
        amountAt(slip, words.expected),
        numberAt(objectAt(z.payload, 'drawer') ?? {}, 'expectedMinor'),
      ],
      ['counted on paper', amountAt(slip, words.counted), numberAt(z.payload, 'countedMinor')],
      ['grand total on paper', amountAt(slip, words.grandTotal), numberAt(z.payload, 'grandTotalMinor')],
    ]),
  );
}

function inWords(checks: readonly [string, number, number][]): string[] {
  return checks.filter(([, left, right]) => left !== right).map(([what, left, right]) => `${what}: ${left} ≠ ${right}`);
}
