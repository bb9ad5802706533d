import type { HourlySales, PayloadOf, ReadRecord, SalesSums } from '@evertill/records';
import { sumTaxes, type TaxTotal } from '../tax/tax-totals.ts';

type Body = PayloadOf<'TransactionCompleted'> | PayloadOf<'TransactionVoided'>;

/** The sums of one till session (SPEC R), from any records that contain it. Other records and other sessions add nothing. */
export function sumSales(records: Iterable<ReadRecord>, tillSessionId: string): SalesSums {
  const sums = noSales();
  const taxes: TaxTotal[] = [];
  const cash = { kind: 'cash' as const, count: 0, amountMinor: 0 };
  const hours = new Map<number, HourlySales>();
  for (const record of records) {
    if (!record.known || (record.type !== 'TransactionCompleted' && record.type !== 'TransactionVoided')) continue;
    if (record.payload.tillSessionId !== tillSessionId) continue;
    countReceipt(sums, record.payload);
    if (record.type === 'TransactionVoided') {
      sums.voidedTransactionCount += 1;
      continue;
    }
    addSale(sums, record.payload);
    taxes.push(...record.payload.taxes);
    for (const tender of record.payload.tenders) {
      cash.count += 1;
      cash.amountMinor += tender.amountMinor;
    }
    addToHour(hours, localHour(record.header.at, record.header.tzOffsetMin), record.payload.totals.totalMinor);
  }
  sums.taxes = sumTaxes(taxes);
  if (cash.count > 0) sums.tenders = [cash];
  sums.hours = [...hours.values()].sort((a, b) => a.hour - b.hour);
  return sums;
}

/** The grand total after a session (R3, I12). */
export function grandTotalMinor(previousMinor: number, sums: SalesSums): number {
  return previousMinor + sums.totalMinor;
}

/** The clock hour at the register, 0 to 23 (R2). */
export function localHour(at: string, tzOffsetMin: number): number {
  return new Date(Date.parse(at) + tzOffsetMin * 60_000).getUTCHours();
}

/** One entry per clock hour from the first to the last with sales, gaps included: ready to draw. */
export function everyHour(hours: readonly HourlySales[]): HourlySales[] {
  const first = hours[0]?.hour;
  const last = hours.at(-1)?.hour;
  if (first === undefined || last === undefined) return [];
  const byHour = new Map(hours.map((one) => [one.hour, one]));
  return Array.from(
    { length: last - first + 1 },
    (_, index) => byHour.get(first + index) ?? { hour: first + index, transactionCount: 0, totalMinor: 0 },
  );
}

function noSales(): SalesSums {
  return {
    transactionCount: 0,
    voidedTransactionCount: 0,
    voidedLineCount: 0,
    itemCount: 0,
    extendedMinor: 0,
    discountMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    taxes: [],
    tenders: [],
    changeGivenMinor: 0,
    firstReceiptNumber: null,
    lastReceiptNumber: null,
    hours: [],
  };
}

function countReceipt(sums: SalesSums, body: Body): void {
  sums.voidedLineCount += body.voidedLines.length;
  sums.firstReceiptNumber = Math.min(sums.firstReceiptNumber ?? body.receiptNumber, body.receiptNumber);
  sums.lastReceiptNumber = Math.max(sums.lastReceiptNumber ?? body.receiptNumber, body.receiptNumber);
}

function addSale(sums: SalesSums, sale: PayloadOf<'TransactionCompleted'>): void {
  sums.transactionCount += 1;
  sums.itemCount += sale.totals.itemCount;
  sums.extendedMinor += sale.totals.extendedMinor;
  sums.discountMinor += sale.totals.discountMinor;
  sums.taxMinor += sale.totals.taxMinor;
  sums.totalMinor += sale.totals.totalMinor;
  sums.changeGivenMinor += sale.changeDueMinor;
}

function addToHour(hours: Map<number, HourlySales>, hour: number, totalMinor: number): void {
  const sum = hours.get(hour) ?? { hour, transactionCount: 0, totalMinor: 0 };
  hours.set(hour, { hour, transactionCount: sum.transactionCount + 1, totalMinor: sum.totalMinor + totalMinor });
}
