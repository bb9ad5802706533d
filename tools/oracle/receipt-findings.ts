import type { Books, Sale } from './books.ts';
import { amountAt, type Slip } from './paper/slips.ts';
import { words } from './paper/words.ts';
import { finding, type Acknowledged, type Finding } from './verdict.ts';

const key = (receipt: { epoch: number; receiptNumber: number }): string => `${receipt.epoch}-${receipt.receiptNumber}`;

/** [I5] Numbers of sales and voids together are 1..n in each epoch, none twice. */
export function numberFindings(books: Books): Finding[] {
  const byEpoch = new Map<number, number[]>();
  for (const { epoch, receiptNumber } of [...books.sales, ...books.voids]) {
    byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), receiptNumber]);
  }
  return [...byEpoch].flatMap(([epoch, numbers]) => {
    const sorted = [...numbers].sort((left, right) => left - right);
    return sorted
      .map((number, index) => ({ number, before: index === 0 ? 0 : (sorted[index - 1] ?? 0) }))
      .filter(({ number, before }) => number !== before + 1)
      .map(({ number, before }) =>
        finding('receiptNumbersGapless', 'number', `epoch ${epoch}: ${before} is followed by ${number}`),
      );
  });
}

/** Each transaction is in the journal once. */
export function repeatedSaleFindings(books: Books): Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  for (const { transactionId } of books.sales) {
    if (seen.has(transactionId))
      found.push(finding('doubled', 'recorded-twice', `transaction ${transactionId} was completed twice`));
    seen.add(transactionId);
  }
  return found;
}

/** [I1] [I14] What was acknowledged is in the journal, once, with the same amount. */
export function acknowledgedFindings(books: Books, acknowledged: readonly Acknowledged[]): Finding[] {
  const found: Finding[] = [];
  const sales = salesByKey(books);
  const seen = new Set<string>();
  for (const { receiptLabel, totalMinor } of acknowledged) {
    const parts = /-(\d+)-(\d+)$/.exec(receiptLabel);
    const own = parts ? (sales.get(`${Number(parts[1])}-${Number(parts[2])}`) ?? []) : [];
    if (seen.has(receiptLabel))
      found.push(finding('doubled', 'acknowledged-twice', `${receiptLabel} was acknowledged for two sales`));
    seen.add(receiptLabel);
    if (own.length === 0)
      found.push(finding('lost', 'not-in-journal', `${receiptLabel} was acknowledged and is not in the journal`));
    for (const sale of own) {
      if (sale.totalMinor !== totalMinor) {
        found.push(
          finding('altered', 'amount', `${receiptLabel}: acknowledged ${totalMinor}, recorded ${sale.totalMinor}`),
        );
      }
    }
  }
  return found;
}

/**
 * [I25] Paper against journal: one original for each sale (or, where printing was interrupted, a copy that says so), each receipt a
 * sale, the amount the same, no two originals.
 */
export function paperFindings(books: Books, slips: readonly Slip[]): Finding[] {
  const found: Finding[] = [];
  const sales = salesByKey(books);
  const receipts = slips.filter((slip) => slip.kind === 'receipt' && slip.whole);
  for (const slip of receipts) {
    const name = `receipt ${slip.epoch}-${slip.receiptNumber}`;
    const own = sales.get(key(slip)) ?? [];
    if (own.length === 0)
      found.push(finding('lost', 'printed-not-recorded', `${name} is on paper and not in the journal`));
    const printedMinor = amountAt(slip, words.total);
    for (const sale of own) {
      if (sale.totalMinor !== printedMinor) {
        found.push(finding('altered', 'paper-amount', `${name}: recorded ${sale.totalMinor}, printed ${printedMinor}`));
      }
    }
  }
  for (const sale of books.sales) {
    const own = receipts.filter((slip) => key(slip) === key(sale));
    const originals = own.filter((slip) => slip.mark === null).length;
    const reprinted = own.filter((slip) => slip.mark === 'reprinted').length;
    const name = `receipt ${key(sale)}`;
    if (originals > 1) found.push(finding('doubled', 'two-originals', `${name} has ${originals} originals on paper`));
    if (originals + reprinted === 0)
      found.push(finding('lost', 'not-printed', `${name} is in the journal and not on paper`));
  }
  return found;
}

function salesByKey(books: Books): Map<string, Sale[]> {
  const sales = new Map<string, Sale[]>();
  for (const sale of books.sales) sales.set(key(sale), [...(sales.get(key(sale)) ?? []), sale]);
  return sales;
}
