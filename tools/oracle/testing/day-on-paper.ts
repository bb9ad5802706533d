import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { JournalRow } from '../journal-file.ts';
import type { Json } from '../json.ts';
import type { Evidence } from '../judge.ts';

/** A day that is right in every figure, written here without a line of the product: what each planted fault starts from. */
export type Day = {
  key: KeyObject;
  publicKey: string;
  entries: { type: string; payload: Json }[];
  slips: Uint8Array[];
  acknowledged: { receiptLabel: string; totalMinor: number }[];
};

const PRICES_MINOR = [250, 1190, 99];
const FLOAT_MINOR = 10_000;

export function dayOnPaper(): Day {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const sales = PRICES_MINOR.map((priceMinor, index) => sale(index + 1, priceMinor));
  const totalMinor = PRICES_MINOR.reduce((sum, price) => sum + price, 0);
  const entries = [
    {
      type: 'EpochOpened',
      payload: { keyId: 'key-1', parent: null, publicKey: raw, random: '00', reason: 'enrolled' },
    },
    {
      type: 'TillOpened',
      payload: {
        counts: [{ denominationMinor: 100, count: FLOAT_MINOR / 100 }],
        floatMinor: FLOAT_MINOR,
        tillSessionId: 'till-1',
      },
    },
    ...sales.map((payload) => ({ type: 'TransactionCompleted', payload })),
    { type: 'TillClosed', payload: closed(totalMinor) },
    { type: 'ZReportIssued', payload: zReport(sales, totalMinor) },
  ];
  return {
    key: privateKey,
    publicKey: raw,
    entries,
    slips: [...PRICES_MINOR.map((price, index) => receiptBytes(index + 1, price)), zBytes(totalMinor)],
    acknowledged: PRICES_MINOR.map((price, index) => ({ receiptLabel: labelOf(index + 1), totalMinor: price })),
  };
}

const labelOf = (receiptNumber: number): string => `r1-1-${String(receiptNumber).padStart(6, '0')}`;

function sale(receiptNumber: number, priceMinor: number): Json {
  const taxMinor = Math.round(priceMinor / 6);
  const tax = { rateId: 'vat-20', ratePpm: 200_000, taxableMinor: priceMinor - taxMinor, taxMinor };
  return {
    cashRoundingMinor: 0,
    changeDueMinor: 2000 - priceMinor,
    lines: [{ extendedMinor: priceMinor, lineId: 'line-1', modifiers: [], taxes: [tax], totalMinor: priceMinor }],
    receiptNumber,
    taxIncluded: true,
    taxes: [{ ...tax, name: 'VAT' }],
    tenders: [{ amountMinor: 2000, kind: 'cash', tenderId: 'tender-1' }],
    tillSessionId: 'till-1',
    totals: { discountMinor: 0, extendedMinor: priceMinor, itemCount: 1, taxMinor, totalMinor: priceMinor },
    transactionId: `tx-${receiptNumber}`,
    voidedLines: [],
  };
}

function closed(totalMinor: number): Json {
  const count = FLOAT_MINOR + totalMinor - 1;
  return {
    counts: [{ denominationMinor: 1, count }],
    countedMinor: count,
    overShortMinor: -1,
    tillSessionId: 'till-1',
  };
}

function zReport(sales: readonly Json[], totalMinor: number): Json {
  const taxMinor = PRICES_MINOR.reduce((sum, price) => sum + Math.round(price / 6), 0);
  const tenderedMinor = sales.length * 2000;
  return {
    countedMinor: FLOAT_MINOR + totalMinor - 1,
    drawer: { expectedMinor: FLOAT_MINOR + totalMinor, floatMinor: FLOAT_MINOR },
    grandTotalMinor: totalMinor,
    overShortMinor: -1,
    previousGrandTotalMinor: 0,
    sums: {
      changeGivenMinor: tenderedMinor - totalMinor,
      discountMinor: 0,
      extendedMinor: totalMinor,
      firstReceiptNumber: 1,
      hours: [{ hour: 9, totalMinor, transactionCount: sales.length }],
      itemCount: sales.length,
      lastReceiptNumber: sales.length,
      taxMinor,
      taxes: [{ name: 'VAT', rateId: 'vat-20', ratePpm: 200_000, taxMinor }],
      tenders: [{ amountMinor: tenderedMinor, count: sales.length, kind: 'cash' }],
      totalMinor,
      transactionCount: sales.length,
      voidedLineCount: 0,
      voidedTransactionCount: 0,
    },
    tillSessionId: 'till-1',
    zNumber: 1,
  };
}

/** Seals the entries into rows of a journal, with this day's key. */
export function rowsOf(day: Day): JournalRow[] {
  let prevHash = '0'.repeat(64);
  return day.entries.map(({ type, payload }, index) => {
    const seq = index + 1;
    const at = `2026-03-02T08:15:${String(seq).padStart(2, '0')}.000Z`;
    const text = sorted({ at, epoch: 1, payload, prevHash, register: 'r1', seq, type, tzOffsetMin: 60 });
    const hash = createHash('sha256').update(text, 'utf8').digest('hex');
    prevHash = hash;
    const sig = sign(null, Buffer.from(`evertill-record/1:${hash}`), day.key).toString('base64url');
    return { epoch: 1, seq, hash, sig, alg: 'Ed25519', keyId: 'key-1', text };
  });
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

export function evidenceOf(day: Day): Evidence {
  return { rows: rowsOf(day), printerBytes: Buffer.concat(day.slips), acknowledged: day.acknowledged };
}

const ESC = '\x1b';
const GS = '\x1d';
const CUT = `${GS}VA\x03`;

/** A receipt as a printer gets it, looks and drawer kick included. */
export function receiptBytes(receiptNumber: number, totalMinor: number, mark = ''): Uint8Array {
  const label = labelOf(receiptNumber);
  const total = (totalMinor / 100).toFixed(2);
  const barcode = `${GS}kI${String.fromCharCode(label.length + 2)}{B${label}`;
  const head = `${ESC}@${ESC}t\x13${ESC}p\x00\x19\x64${ESC}a\x01${ESC}E\x01${mark}\nThe Shop\n${ESC}E\x00`;
  return Buffer.from(`${head}Mug  ${total}\n${GS}!\x11TOTAL  ${total}\n${GS}!\x00${barcode}\n${CUT}`, 'latin1');
}

export function zBytes(totalMinor: number): Uint8Array {
  const money = (minor: number): string => (minor / 100).toFixed(2);
  const lines = [
    'Z REPORT 1',
    `Sales total  ${money(totalMinor)}`,
    `Expected  ${money(FLOAT_MINOR + totalMinor)}`,
    `Counted  ${money(FLOAT_MINOR + totalMinor - 1)}`,
    'Grand total before  0.00',
    `GRAND TOTAL  ${money(totalMinor)}`,
  ];
  return Buffer.from(`${ESC}@${lines.join('\n')}\n${CUT}`, 'latin1');
}
