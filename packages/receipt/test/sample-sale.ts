import { recordTypes, type LineItemFact, type PayloadOf } from '@evertill/records';
import type { ReceiptInput, StoreHead, XReportInput, ZReportInput } from '../src/index.ts';

export const market: StoreHead = {
  name: 'Larkfield Market',
  addressLines: ['12 Harbour Street', 'Dublin D02 XY45'],
  currency: 'EUR',
  locale: 'en-IE',
  receiptFooterLines: ['Thank you for shopping at Larkfield Market', 'Returns within 28 days with this receipt'],
};

const line = (
  fields: Partial<LineItemFact> & Pick<LineItemFact, 'lineId' | 'name' | 'extendedMinor'>,
): LineItemFact => ({
  itemId: `item-${fields.lineId}`,
  sku: `SKU-${fields.lineId}`,
  scanCode: '',
  department: 'grocery',
  quantity: 1,
  unit: 'EA',
  priceQuantity: 1,
  unitPriceMinor: fields.extendedMinor,
  compareAtMinor: null,
  priceId: null,
  modifiers: [],
  taxClass: 'standard',
  taxes: [],
  totalMinor: fields.extendedMinor,
  ...fields,
});

const standard = (taxableMinor: number, taxMinor: number) => [
  { rateId: 'vat-standard', ratePpm: 230_000, taxableMinor, taxMinor },
];
const reduced = (taxableMinor: number, taxMinor: number) => [
  { rateId: 'vat-reduced', ratePpm: 135_000, taxableMinor, taxMinor },
];

/** Three lines, one of two pieces, one weighed, one marked down and discounted; paid in cash. */
export const sale: PayloadOf<'TransactionCompleted'> = recordTypes.TransactionCompleted.payload.parse({
  transactionId: 'txn-1',
  tillSessionId: 'till-1',
  startedAt: '2026-03-02T08:01:00.000Z',
  cashier: { id: 'staff-1', name: 'Aoife Byrne' },
  taxIncluded: true,
  lines: [
    line({
      lineId: '1',
      name: 'Oat drink 1 l',
      quantity: 2,
      unitPriceMinor: 199,
      extendedMinor: 398,
      taxes: standard(324, 74),
    }),
    line({
      lineId: '2',
      name: 'Vine tomatoes, loose',
      quantity: 450,
      unit: 'GRM',
      priceQuantity: 1000,
      unitPriceMinor: 299,
      extendedMinor: 135,
      taxes: reduced(119, 16),
      taxClass: 'reduced',
    }),
    line({
      lineId: '3',
      name: 'Brushed stainless steel water bottle with bamboo lid, 750 ml',
      unitPriceMinor: 1499,
      extendedMinor: 1499,
      compareAtMinor: 1999,
      modifiers: [{ modifierId: 'm1', kind: 'discount', amountMinor: 150, reason: 'Display piece', rule: null }],
      totalMinor: 1349,
      taxes: standard(1097, 252),
    }),
  ],
  voidedLines: [],
  taxes: [
    { rateId: 'vat-standard', name: 'VAT', ratePpm: 230_000, taxableMinor: 1421, taxMinor: 326 },
    { rateId: 'vat-reduced', name: 'VAT', ratePpm: 135_000, taxableMinor: 119, taxMinor: 16 },
  ],
  totals: { extendedMinor: 2032, discountMinor: 150, taxMinor: 342, totalMinor: 1882, itemCount: 4 },
  receiptNumber: 42,
  tenders: [{ tenderId: 't1', kind: 'cash', amountMinor: 2000 }],
  cashRoundingMinor: -2,
  changeDueMinor: 120,
});

export const saleInput: ReceiptInput = {
  sale,
  receiptLabel: 'DUB1-1-1-000042',
  at: '2026-03-02T08:03:27.000Z',
  tzOffsetMin: 0,
  store: market,
  registerId: 'DUB1-1',
  copyNumber: 0,
};

const sums: PayloadOf<'XReportRead'>['sums'] = {
  transactionCount: 127,
  voidedTransactionCount: 2,
  voidedLineCount: 5,
  itemCount: 841,
  extendedMinor: 1_284_350,
  discountMinor: 12_350,
  taxMinor: 214_870,
  totalMinor: 1_272_000,
  taxes: [
    { rateId: 'vat-standard', name: 'VAT', ratePpm: 230_000, taxableMinor: 850_000, taxMinor: 195_500 },
    { rateId: 'vat-reduced', name: 'VAT', ratePpm: 135_000, taxableMinor: 143_481, taxMinor: 19_370 },
  ],
  tenders: [{ kind: 'cash', count: 127, amountMinor: 1_400_000 }],
  changeGivenMinor: 128_000,
  firstReceiptNumber: 42,
  lastReceiptNumber: 170,
  hours: [
    { hour: 9, transactionCount: 31, totalMinor: 290_110 },
    { hour: 10, transactionCount: 96, totalMinor: 981_890 },
  ],
};

const drawer = {
  floatMinor: 20_000,
  cashTenderedMinor: 1_400_000,
  changeGivenMinor: 128_000,
  expectedMinor: 1_292_000,
};

const report = {
  at: '2026-03-02T17:30:00.000Z',
  tzOffsetMin: 0,
  store: market,
  registerId: 'DUB1-1',
  cashierName: 'Aoife Byrne',
};

export const xInput: XReportInput = {
  ...report,
  businessDate: '2026-03-02',
  report: recordTypes.XReportRead.payload.parse({ tillSessionId: 'till-1', sums, drawer }),
};

export const zInput: ZReportInput = {
  ...report,
  report: recordTypes.ZReportIssued.payload.parse({
    zNumber: 7,
    tillSessionId: 'till-1',
    businessDate: '2026-03-02',
    from: { epoch: 1, seq: 801 },
    to: { epoch: 1, seq: 1_112 },
    sums,
    drawer,
    countedMinor: 1_291_500,
    overShortMinor: -500,
    previousGrandTotalMinor: 8_020_000,
    grandTotalMinor: 9_292_000,
  }),
};
