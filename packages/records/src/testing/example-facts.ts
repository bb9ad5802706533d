import type { Basis, RecordHeader } from '../header.ts';
import { HEADER_VERSION, NO_PREVIOUS_HASH } from '../header.ts';
import type { Fact, FactOf, RecordType } from '../record-types.ts';
import { recordTypes } from '../record-types.ts';

/** Prices and taxes of the examples come from one imaginary snapshot. */
export const exampleBasis: Basis = {
  catalog: 'sha256:c0ffee',
  prices: 'sha256:c0ffee',
  promotions: null,
  tax: 'sha256:c0ffee',
  settings: null,
  engine: 'evertill/0.1.0',
};

/** A header that fits the type; `overrides` places it in a chain. */
export function exampleHeader<T extends RecordType>(
  type: T,
  overrides: Partial<RecordHeader> = {},
): RecordHeader & { type: T } {
  return {
    v: HEADER_VERSION,
    typeV: recordTypes[type].typeV,
    tenant: 'acme',
    store: 'berlin-1',
    register: 'berlin-1-r1',
    epoch: 1,
    seq: 1,
    prevHash: NO_PREVIOUS_HASH,
    at: '2026-03-02T08:15:30.250Z',
    tzOffsetMin: 60,
    businessDate: '2026-03-02',
    actor: 'staff-7',
    basis: exampleBasis,
    currency: 'EUR',
    ...overrides,
    type,
  };
}

const cashier = { id: 'staff-7', name: 'Zoë Müller' };
const identity = {
  transactionId: 'tx-000001',
  tillSessionId: 'till-000001',
  startedAt: '2026-03-02T08:14:58.001Z',
  cashier,
};

const mug = {
  lineId: 'line-1',
  itemId: 'item-mug',
  sku: 'MUG-01',
  scanCode: '04006381333931',
  name: 'Mug “Großstadt” 東京 ☕',
  department: 'Kitchen',
  quantity: 2,
  unit: 'EA' as const,
  priceQuantity: 1,
  unitPriceMinor: 1190,
  compareAtMinor: 1490,
  priceId: 'price-mug-1',
  extendedMinor: 2380,
  modifiers: [{ modifierId: 'mod-1', kind: 'discount' as const, amountMinor: 380, reason: 'damaged box', rule: null }],
  taxClass: 'standard',
  taxes: [{ rateId: 'vat-19', ratePpm: 190_000, taxableMinor: 1681, taxMinor: 319 }],
  totalMinor: 2000,
};

const body = {
  taxIncluded: true,
  lines: [mug],
  voidedLines: [
    {
      lineId: 'line-2',
      itemId: 'item-pen',
      name: 'Pen',
      quantity: 1,
      extendedMinor: 250,
      reason: 'changed mind',
      voidedBy: 'staff-7',
      voidedAt: '2026-03-02T08:15:10.000Z',
    },
  ],
  taxes: [{ rateId: 'vat-19', name: 'VAT 19 %', ratePpm: 190_000, taxableMinor: 1681, taxMinor: 319 }],
  totals: { extendedMinor: 2380, discountMinor: 380, taxMinor: 319, totalMinor: 2000, itemCount: 2 },
};

const sums = {
  transactionCount: 1,
  voidedTransactionCount: 0,
  voidedLineCount: 1,
  itemCount: 2,
  extendedMinor: 2380,
  discountMinor: 380,
  taxMinor: 319,
  totalMinor: 2000,
  taxes: body.taxes,
  tenders: [{ kind: 'cash' as const, count: 1, amountMinor: 5000 }],
  changeGivenMinor: 3000,
  firstReceiptNumber: 1,
  lastReceiptNumber: 1,
  hours: [{ hour: 9, transactionCount: 1, totalMinor: 2000 }],
};
const drawer = { floatMinor: 10_000, cashTenderedMinor: 5000, changeGivenMinor: 3000, expectedMinor: 12_000 };
const counts = [
  { denominationMinor: 5000, count: 1 },
  { denominationMinor: 1000, count: 5 },
];

/** One plausible fact of every type: the golden bytes are made of these. */
export const exampleFacts: { readonly [T in RecordType]: FactOf<T>['payload'] } = {
  EpochOpened: {
    parent: null,
    reason: 'enrolled',
    random: '000102030405060708090a0b0c0d0e0f',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    keyId: 'ed25519:21fe31dfa154a261',
  },
  BusinessDayOpened: { businessDate: '2026-03-02' },
  SignedOn: { staffId: 'staff-7', role: 'cashier' },
  SignedOff: { staffId: 'staff-7', reason: 'requested' },
  SignOnLocked: { staffId: 'staff-7', attempts: 5, lockedUntil: '2026-03-02T08:20:30.250Z' },
  TillOpened: { tillSessionId: 'till-000001', tillId: 'till-a', counts, floatMinor: 10_000 },
  TillClosed: {
    tillSessionId: 'till-000001',
    tillId: 'till-a',
    counts: [{ denominationMinor: 1000, count: 12 }],
    countedMinor: 12_000,
    drawer,
    overShortMinor: 0,
  },
  XReportRead: { tillSessionId: 'till-000001', sums, drawer },
  ZReportIssued: {
    zNumber: 1,
    tillSessionId: 'till-000001',
    businessDate: '2026-03-02',
    from: { epoch: 1, seq: 2 },
    to: { epoch: 1, seq: 9 },
    sums,
    drawer,
    countedMinor: 12_000,
    overShortMinor: 0,
    previousGrandTotalMinor: 0,
    grandTotalMinor: 2000,
  },
  TransactionCompleted: {
    ...identity,
    ...body,
    receiptNumber: 1,
    tenders: [{ tenderId: 'tender-1', kind: 'cash', amountMinor: 5000 }],
    cashRoundingMinor: 0,
    changeDueMinor: 3000,
  },
  TransactionVoided: { ...identity, ...body, receiptNumber: 2, reason: 'customer left' },
  TransactionSuspended: { ...identity, ...body, name: 'blue jacket' },
  TransactionResumed: {
    transactionId: 'tx-000001',
    tillSessionId: 'till-000001',
    suspended: { register: 'berlin-1-r1', epoch: 1, seq: 12 },
  },
  ReceiptReprinted: { transactionId: 'tx-000001', receiptNumber: 1, copyNumber: 1, reason: 'requested' },
  StockCounted: {
    location: 'berlin-1',
    items: [
      { itemId: 'item-mug', counted: 11, unit: 'EA' },
      { itemId: 'item-beans', counted: -250, unit: 'GRM' },
    ],
    basis: { 'berlin-1-r1.1': 12 },
    source: 'shelf count',
  },
  OrderPlaced: {
    number: 'W-7F3K-2942-C',
    location: 'berlin-1',
    fulfilment: 'pickup',
    lines: [{ lineId: 'line-1', itemId: 'item-mug', name: mug.name, quantity: 2, unit: 'EA', totalMinor: 2380 }],
    totalMinor: 2380,
    findBy: { mail: 'a'.repeat(64), phone: null, name: ['b'.repeat(64), 'c'.repeat(64)] },
  },
};

/** The example of a type as a fact. */
export function exampleFact<T extends RecordType>(type: T): FactOf<T> {
  return { type, payload: exampleFacts[type] };
}

/** A completed sale with the given identity, otherwise as in the examples. */
export function exampleSale(transactionId: string, receiptNumber: number): FactOf<'TransactionCompleted'> {
  return {
    type: 'TransactionCompleted',
    payload: { ...exampleFacts.TransactionCompleted, transactionId, receiptNumber },
  };
}

/** Every type that this version writes. */
export const exampleTypes = Object.keys(recordTypes) as RecordType[];

/** Narrowing for loops over {@link exampleTypes}: TypeScript cannot tie the type to its payload by itself. */
export function anyExampleFact(type: RecordType): Fact {
  return { type, payload: exampleFacts[type] } as Fact;
}
