import type { Fact, HourlySales, PayloadOf, ReadRecord, RecordHeader, SalesSums } from '@evertill/records';
import { sumTaxes } from '../tax/tax-totals.ts';

type Sale = PayloadOf<'TransactionCompleted'>;
type Body = Sale | PayloadOf<'TransactionVoided'>;

/** The sums of one till session, record by record, in any order (R1). */
export class SalesTally {
  readonly tillSessionId: string;
  readonly #sums = noSales();
  readonly #hours = new Map<number, HourlySales>();

  constructor(tillSessionId: string) {
    this.tillSessionId = tillSessionId;
  }

  /** Adds a completed or voided transaction of this session; any other fact adds nothing. */
  add(fact: Fact, { at, tzOffsetMin }: Pick<RecordHeader, 'at' | 'tzOffsetMin'>): void {
    if (fact.type !== 'TransactionCompleted' && fact.type !== 'TransactionVoided') return;
    if (fact.payload.tillSessionId !== this.tillSessionId) return;
    countReceipt(this.#sums, fact.payload);
    if (fact.type === 'TransactionVoided') {
      this.#sums.voidedTransactionCount += 1;
      return;
    }
    addSale(this.#sums, fact.payload);
    addToHour(this.#hours, localHour(at, tzOffsetMin), fact.payload.totals.totalMinor);
  }

  sums(): SalesSums {
    return structuredClone({ ...this.#sums, hours: [...this.#hours.values()].sort((a, b) => a.hour - b.hour) });
  }
}

/** The sums of one till session (SPEC R), from any records that contain it. Other records and other sessions add nothing. */
export function sumSales(records: Iterable<ReadRecord>, tillSessionId: string): SalesSums {
  const tally = new SalesTally(tillSessionId);
  for (const record of records) if (record.known) tally.add(record, record.header);
  return tally.sums();
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

function addSale(sums: SalesSums, sale: Sale): void {
  sums.transactionCount += 1;
  sums.itemCount += sale.totals.itemCount;
  sums.extendedMinor += sale.totals.extendedMinor;
  sums.discountMinor += sale.totals.discountMinor;
  sums.taxMinor += sale.totals.taxMinor;
  sums.totalMinor += sale.totals.totalMinor;
  sums.changeGivenMinor += sale.changeDueMinor;
  sums.taxes = sumTaxes([...sums.taxes, ...sale.taxes]);
  const cash = sums.tenders[0] ?? { kind: 'cash', count: 0, amountMinor: 0 };
  const tenderedMinor = sale.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  sums.tenders = [
    { kind: 'cash', count: cash.count + sale.tenders.length, amountMinor: cash.amountMinor + tenderedMinor },
  ];
}

function addToHour(hours: Map<number, HourlySales>, hour: number, totalMinor: number): void {
  const sum = hours.get(hour) ?? { hour, transactionCount: 0, totalMinor: 0 };
  hours.set(hour, { hour, transactionCount: sum.transactionCount + 1, totalMinor: sum.totalMinor + totalMinor });
}
