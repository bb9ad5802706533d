import type {
  CountView,
  ItemView,
  LastSaleView,
  LineView,
  OrderView,
  ServerView,
  Snapshots,
  StockView,
  SuspendedView,
  TransactionView,
  XReportView,
  ZReportView,
} from '@evertill/register';

/** A shop to look at. The numbers agree with one another, but nothing here computes: they were written down. */
const line = (given: Pick<LineView, 'lineId' | 'name' | 'sku' | 'unitPriceMinor'> & Partial<LineView>): LineView => {
  const quantity = given.quantity ?? 1;
  return {
    itemId: `item-${given.sku}`,
    variant: null,
    scanCode: '04006381333931',
    quantity,
    unit: 'EA',
    compareAtMinor: null,
    extendedMinor: given.unitPriceMinor * quantity,
    totalMinor: given.unitPriceMinor * quantity,
    taxClass: 'standard',
    ...given,
  };
};

const basket: LineView[] = [
  line({
    lineId: 'l1',
    name: 'Linen shirt',
    variant: 'White, M',
    sku: 'LS-0114-WM',
    unitPriceMinor: 5990,
    compareAtMinor: 7990,
  }),
  line({
    lineId: 'l2',
    name: 'Organic cotton socks',
    variant: '39–42',
    sku: 'SO-2201-39',
    unitPriceMinor: 890,
    quantity: 3,
  }),
  line({ lineId: 'l3', name: 'Merino scarf', variant: 'Forest', sku: 'SC-0032-FO', unitPriceMinor: 4500 }),
  line({ lineId: 'l4', name: 'Canvas tote bag', sku: 'TB-0001', unitPriceMinor: 1250 }),
  line({ lineId: 'l5', name: 'Leather belt', variant: 'Brown, 95 cm', sku: 'BE-0410-95', unitPriceMinor: 3900 }),
];

export const transaction: TransactionView = {
  transactionId: 't-1',
  status: 'draft',
  revision: 7,
  startedAt: '2026-11-23T13:02:11Z',
  resumedName: null,
  lines: basket,
  voidedLines: [
    { lineId: 'l9', name: 'Wool beanie', quantity: 1, extendedMinor: 1990, reason: 'Customer changed their mind' },
  ],
  touchedLineId: 'l5',
  itemCount: 7,
  extendedMinor: 18310,
  savedMinor: 2000,
  taxes: [{ rateId: 'de-19', name: 'VAT', ratePpm: 190000, taxableMinor: 15387, taxMinor: 2923 }],
  taxMinor: 2923,
  totalMinor: 18310,
  tenders: [],
  tenderedMinor: 0,
  dueMinor: 18310,
  quickCashMinor: [18310, 18500, 19000, 20000, 25000, 40000],
};

const names = [
  'Ceramic mug',
  'Notebook A5',
  'Beeswax candle',
  'Wool blanket',
  'Rain jacket',
  'Trail socks',
  'Enamel plate',
];
const manyLines: LineView[] = Array.from({ length: 28 }, (_, index) =>
  line({
    lineId: `m${index}`,
    name: names[index % names.length] ?? 'Item',
    variant: index % 3 === 0 ? 'Natural' : null,
    sku: `MX-${String(1000 + index)}`,
    unitPriceMinor: 990 + index * 130,
    quantity: (index % 4) + 1,
  }),
);

export const longTransaction: TransactionView = {
  ...transaction,
  resumedName: 'Mrs Okonkwo, blue coat',
  lines: manyLines,
  voidedLines: [],
  touchedLineId: 'm27',
  itemCount: 70,
  extendedMinor: 194530,
  savedMinor: 0,
  taxes: [
    { rateId: 'de-19', name: 'VAT', ratePpm: 190000, taxableMinor: 139529, taxMinor: 26511 },
    { rateId: 'de-07', name: 'VAT reduced', ratePpm: 70000, taxableMinor: 26626, taxMinor: 1864 },
  ],
  taxMinor: 28375,
  totalMinor: 194530,
  dueMinor: 194530,
  quickCashMinor: [194530, 195000, 200000],
};

export const partlyPaid: TransactionView = {
  ...transaction,
  status: 'tendering',
  tenders: [{ tenderId: 'c1', kind: 'cash', amountMinor: 10000 }],
  tenderedMinor: 10000,
  dueMinor: 8310,
  quickCashMinor: [8310, 8500, 9000, 10000],
};

export const lastSale: LastSaleView = {
  transactionId: 't-0',
  receiptNumber: 42,
  receiptLabel: 'BER1-1-1-000042',
  completedAt: '2026-11-23T13:01:40Z',
  totalMinor: 18310,
  tenderedMinor: 20000,
  changeDueMinor: 1690,
  itemCount: 7,
  print: 'printed',
};

const suspended: SuspendedView[] = [
  {
    transactionId: 's-1',
    here: true,
    registerId: 'BER1-1',
    name: 'Mrs Okonkwo, blue coat',
    itemCount: 4,
    totalMinor: 12460,
    suspendedAt: '2026-11-23T11:20:00Z',
    cashierName: 'Anna Weber',
  },
  {
    transactionId: 's-2',
    here: true,
    registerId: 'BER1-1',
    name: 'Forgot the wallet',
    itemCount: 1,
    totalMinor: 5990,
    suspendedAt: '2026-11-23T12:48:00Z',
    cashierName: 'Jonas Brandt',
  },
];

export const foundItems: ItemView[] = [
  ['Linen shirt', 'White, M', 'LS-0114-WM', 5990, 7990],
  ['Linen shirt', 'White, L', 'LS-0114-WL', 5990, 7990],
  ['Linen shirt', 'Sand, M', 'LS-0115-SM', 6490, null],
  ['Linen trousers', 'Sand, 32', 'LT-0220-32', 7990, null],
  ['Linen tablecloth', '140 × 240', 'HT-0007', 4990, null],
  ['Linen napkins, set of 4', null, 'HT-0011', 2490, null],
  ['Linen spray', null, 'HC-0301', null, null],
].map(([name, variant, sku, priceMinor, compareAtMinor]) => ({
  itemId: `item-${String(sku)}`,
  name: String(name),
  variant: variant === null ? null : String(variant),
  brand: 'Halm',
  sku: String(sku),
  scanCode: '04006381333931',
  department: String(sku).startsWith('H') ? 'Home' : 'Clothing',
  priceMinor: typeof priceMinor === 'number' ? priceMinor : null,
  compareAtMinor: typeof compareAtMinor === 'number' ? compareAtMinor : null,
  onHand: sku === 'HC-0301' ? null : { quantity: 12, unit: 'EA' },
}));

export const joinedServer = {
  state: 'online',
  since: '2026-11-23T07:50:00Z',
  waitingRecords: 18,
  oldestWaitingAt: '2026-11-23T12:41:00Z',
  salesAtServer: 36,
  proof: { epoch: 1, seq: 1266, hash: '4be73e85b1f0c7d2a6e9b349f2c61d0a', equal: false },
  parked: [],
  fellBack: false,
  upToDateAt: '2026-11-23T13:01:00Z',
} satisfies ServerView;

const orderLine = (lineId: string, name: string, quantity: number, totalMinor: number) => ({
  lineId,
  itemId: `item-${lineId}`,
  name,
  quantity,
  unit: 'EA' as const,
  totalMinor,
});

export const foundOrders: OrderView[] = [
  {
    orderId: 'SHOP-web.1.12',
    number: 'W-7F3K-2942-C',
    channel: 'web',
    status: 'awaiting-pickup',
    storeId: 'BER1',
    storeName: 'Halm Berlin Mitte',
    registerId: 'SHOP-web',
    at: '2026-11-23T12:31:00Z',
    currency: 'EUR',
    totalMinor: 13_980,
    lines: [orderLine('o1', 'Linen shirt White, M', 2, 11_980), orderLine('o2', 'Linen spray', 1, 2000)],
    atServer: true,
  },
  {
    orderId: 'BER1-1.1.1283',
    number: 'BER1-1-1-000042',
    channel: 'store',
    status: 'completed',
    storeId: 'BER1',
    storeName: 'Halm Berlin Mitte',
    registerId: 'BER1-1',
    at: '2026-11-23T13:01:40Z',
    currency: 'EUR',
    totalMinor: 18_310,
    lines: [
      orderLine('o3', 'Linen trousers Sand, 32', 1, 7990),
      orderLine('o4', 'Linen tablecloth 140 × 240', 2, 10_320),
    ],
    atServer: false,
  },
  {
    orderId: 'HAM1-2.1.77',
    number: 'HAM1-2-1-000019',
    channel: 'store',
    status: 'completed',
    storeId: 'HAM1',
    storeName: 'Halm Hamburg',
    registerId: 'HAM1-2',
    at: '2026-11-22T16:20:00Z',
    currency: 'EUR',
    totalMinor: 5990,
    lines: [orderLine('o5', 'Linen shirt White, L', 1, 5990)],
    atServer: true,
  },
];

export const foundStock: StockView = {
  itemId: 'item-LS-0114-WM',
  levels: [
    {
      storeId: 'BER1',
      storeName: 'Halm Berlin Mitte',
      own: true,
      onHand: 12,
      unit: 'EA',
      asOf: '2026-11-23T13:01:40Z',
    },
    { storeId: 'HAM1', storeName: 'Halm Hamburg', own: false, onHand: 3, unit: 'EA', asOf: '2026-11-23T12:58:00Z' },
    { storeId: 'MUC1', storeName: 'Halm München', own: false, onHand: null, unit: 'EA', asOf: null },
  ],
  upToDateAt: '2026-11-23T13:01:00Z',
};

export const suspendedElsewhere: SuspendedView = {
  transactionId: 's-3',
  here: false,
  registerId: 'BER1-2',
  name: 'Pram, coming back',
  itemCount: 3,
  totalMinor: 8970,
  suspendedAt: '2026-11-23T12:55:00Z',
  cashierName: 'Tom Lindqvist',
};

export const xReport: XReportView = {
  businessDate: '2026-11-23',
  readAt: '2026-11-23T16:40:00Z',
  sums: {
    transactionCount: 42,
    voidedTransactionCount: 1,
    voidedLineCount: 5,
    itemCount: 131,
    discountMinor: 18400,
    taxMinor: 52680,
    totalMinor: 348250,
    taxes: [
      { rateId: 'de-19', name: 'VAT', ratePpm: 190000, taxableMinor: 260000, taxMinor: 49400 },
      { rateId: 'de-07', name: 'VAT reduced', ratePpm: 70000, taxableMinor: 46860, taxMinor: 3280 },
    ],
    tenders: [{ kind: 'cash', count: 42, amountMinor: 412000 }],
    changeGivenMinor: 63750,
    firstReceiptNumber: 1,
    lastReceiptNumber: 43,
    hours: [9, 10, 11, 12, 13, 14, 15, 16, 17].map((hour, index) => ({
      hour,
      transactionCount: [2, 4, 6, 8, 3, 0, 5, 8, 6][index] ?? 0,
      totalMinor: [12400, 28900, 51200, 78300, 24800, 0, 39700, 68400, 44550][index] ?? 0,
    })),
  },
  drawer: { floatMinor: 20000, cashTenderedMinor: 412000, changeGivenMinor: 63750, expectedMinor: 368250 },
};

export const countReview: CountView = { countedMinor: 368000, expectedMinor: 368250, overShortMinor: -250 };

export const zReport: ZReportView = {
  ...xReport,
  zNumber: 17,
  countedMinor: 368000,
  overShortMinor: -250,
  previousGrandTotalMinor: 5120440,
  grandTotalMinor: 5468690,
};

const all = ['sell', 'void-transaction', 'open-till', 'read-x', 'close-till', 'reprint'] as const;

/** The register in the middle of an ordinary day, with no transaction open. */
export const ordinary: Snapshots = {
  register: {
    tenant: 'halm',
    storeId: 'ber1',
    storeName: 'Halm Berlin Mitte',
    registerId: '1',
    currency: 'EUR',
    currencyDigits: 2,
    locale: 'en-IE',
    timeZone: 'Europe/Berlin',
    taxIncluded: true,
    denominationsMinor: [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
    quickCashMinor: [500, 1000, 2000, 5000, 10000],
    maxLineQuantity: 999,
    version: '0.1.0',
  },
  session: {
    signedOn: { staffId: 'anna', name: 'Anna Weber', role: 'manager', may: [...all] },
    staff: [
      { staffId: 'anna', name: 'Anna Weber', role: 'manager', lockedUntil: null },
      { staffId: 'jonas', name: 'Jonas Brandt', role: 'supervisor', lockedUntil: null },
      { staffId: 'mina', name: 'Mina Haddad', role: 'cashier', lockedUntil: null },
      { staffId: 'tom', name: 'Tom Lindqvist', role: 'cashier', lockedUntil: null },
    ],
  },
  till: {
    state: 'open',
    tillSessionId: 'till-1',
    openedAt: '2026-11-23T07:55:00Z',
    openedBy: 'Anna Weber',
    floatMinor: 20000,
    businessDate: '2026-11-23',
  },
  transaction: null,
  lastSale,
  suspended,
  devices: {
    devices: [
      { kind: 'printer', name: 'Virtual ESC/POS', state: 'ready', since: '2026-11-23T07:50:00Z' },
      { kind: 'scanner', name: 'Virtual scanner', state: 'ready', since: '2026-11-23T07:50:00Z' },
      { kind: 'drawer', name: 'On the printer', state: 'ready', since: '2026-11-23T07:50:00Z' },
    ],
    jobs: [],
  },
  catalog: { itemCount: 50_000, version: '2026-11-22-003', publishedAt: '2026-11-22T22:10:00Z', importing: null },
  safety: {
    recordsOnDisk: 1284,
    salesOnDisk: 42,
    headSeq: 1284,
    headHash: '9f2c61d0a4be73e85b1f0c7d2a6e9b34',
    secondCopy: { ok: true, at: '2026-11-23T13:01:41Z' },
  },
  server: { state: 'none' },
  changes: { orders: 0, stock: 0 },
  notice: null,
};
