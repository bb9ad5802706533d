import type { PrintBlock, PrintDocument } from '@evertill/driver-contract';
import type { DrawerSums, PayloadOf, SalesSums } from '@evertill/records';
import { documentOf, heading, pageFor, pair, storeHead, type Page, type PaperOptions, type StoreHead } from './page.ts';
import { taxLetters, taxTable } from './tax-table.ts';

type ReportInput = {
  /** When it was taken, ISO 8601 in UTC. */
  at: string;
  tzOffsetMin: number;
  store: StoreHead;
  registerId: string;
  cashierName: string;
};

export type XReportInput = ReportInput & { report: PayloadOf<'XReportRead'>; businessDate: string };
export type ZReportInput = ReportInput & { report: PayloadOf<'ZReportIssued'> };

/** A reading (MG-04): it changes nothing and has no number. */
export function xReportDocument(input: XReportInput, options: PaperOptions): PrintDocument {
  const page = pageFor(input.store, options);
  const { report } = input;
  return documentOf(page, [
    ...reportHead(page, input, page.words.xReport, input.businessDate),
    ...salesSection(page, report.sums),
    ...drawerSection(page, report.drawer),
    ...hoursSection(page, report.sums),
    { kind: 'cut', mode: 'partial' },
  ]);
}

/** A closing (MG-05): numbered without gap, with the grand total that never falls (I12) and the count as stated once (I8). */
export function zReportDocument(input: ZReportInput, options: PaperOptions): PrintDocument {
  const page = pageFor(input.store, options);
  const { report } = input;
  const { words, formats } = page;
  return documentOf(page, [
    ...reportHead(page, input, `${words.zReport} ${report.zNumber}`, report.businessDate),
    ...salesSection(page, report.sums),
    ...drawerSection(page, report.drawer),
    pair(page, words.counted, formats.money(report.countedMinor)),
    overShort(page, report.overShortMinor),
    ...hoursSection(page, report.sums),
    { kind: 'rule', style: 'double' },
    pair(page, words.previousGrandTotal, formats.money(report.previousGrandTotalMinor)),
    pair(page, words.grandTotal, formats.money(report.grandTotalMinor), true),
    pair(page, words.records, `${report.from.epoch}.${report.from.seq} – ${report.to.epoch}.${report.to.seq}`),
    { kind: 'feed', lines: 3 },
    { kind: 'rule' },
    { kind: 'text', text: words.signature },
    { kind: 'cut', mode: 'full' },
  ]);
}

function reportHead(page: Page, input: ReportInput, title: string, businessDate: string): PrintBlock[] {
  const { words, formats } = page;
  return [
    ...storeHead(input.store),
    heading(title),
    { kind: 'feed', lines: 1 },
    pair(page, words.businessDate, ''),
    { kind: 'text', text: formats.date(businessDate), bold: true },
    pair(page, formats.instant(input.at, input.tzOffsetMin), `${words.register} ${input.registerId}`),
    { kind: 'text', text: input.cashierName },
  ];
}

function section(title: string): PrintBlock[] {
  return [{ kind: 'rule' }, { kind: 'text', text: title, bold: true }];
}

function salesSection(page: Page, sums: SalesSums): PrintBlock[] {
  const { words, formats } = page;
  return [
    ...section(words.sales),
    pair(page, words.transactions, formats.count(sums.transactionCount)),
    pair(page, words.items, formats.count(sums.itemCount)),
    pair(page, words.voidedTransactions, formats.count(sums.voidedTransactionCount)),
    pair(page, words.voidedLines, formats.count(sums.voidedLineCount)),
    ...receiptNumbers(page, sums),
    pair(page, words.goods, formats.amount(sums.extendedMinor)),
    pair(page, words.discount, formats.amount(-sums.discountMinor)),
    pair(page, words.tax, formats.amount(sums.taxMinor)),
    pair(page, words.salesTotal, formats.money(sums.totalMinor), true),
    { kind: 'feed', lines: 1 },
    ...taxTable(page, sums.taxes, taxLetters(sums.taxes)),
    { kind: 'feed', lines: 1 },
    ...sums.tenders.map(({ kind, count, amountMinor }) =>
      pair(page, `${words.tenders[kind]} (${formats.count(count)})`, formats.amount(amountMinor)),
    ),
  ];
}

function receiptNumbers(page: Page, { firstReceiptNumber, lastReceiptNumber }: SalesSums): PrintBlock[] {
  if (firstReceiptNumber === null || lastReceiptNumber === null) return [];
  return [pair(page, page.words.receiptNumbers, `${firstReceiptNumber} – ${lastReceiptNumber}`)];
}

function drawerSection(page: Page, drawer: DrawerSums): PrintBlock[] {
  const { words, formats } = page;
  return [
    ...section(words.drawer),
    pair(page, words.openingFloat, formats.amount(drawer.floatMinor)),
    pair(page, words.cashReceived, formats.amount(drawer.cashTenderedMinor)),
    pair(page, words.changeGiven, formats.amount(-drawer.changeGivenMinor)),
    pair(page, words.expected, formats.money(drawer.expectedMinor), true),
  ];
}

function overShort(page: Page, overShortMinor: number): PrintBlock {
  const { words, formats } = page;
  const label = overShortMinor > 0 ? words.over : overShortMinor < 0 ? words.short : words.balanced;
  return pair(page, label, formats.money(overShortMinor), true);
}

function hoursSection(page: Page, { hours }: SalesSums): PrintBlock[] {
  if (hours.length === 0) return [];
  const { words, formats, columns } = page;
  const countWidth = 8;
  const amountWidth = Math.floor(columns / 2);
  return [
    ...section(words.hours),
    ...hours.map(({ hour, transactionCount, totalMinor }): PrintBlock => ({
      kind: 'columns',
      cells: [
        { text: `${String(hour).padStart(2, '0')}:00`, width: columns - countWidth - amountWidth },
        { text: formats.count(transactionCount), width: countWidth, align: 'right' },
        { text: formats.amount(totalMinor), width: amountWidth, align: 'right' },
      ],
    })),
  ];
}
