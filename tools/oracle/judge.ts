import { booksOf } from './books.ts';
import { chainFindings } from './chain.ts';
import { closeFindings } from './close-findings.ts';
import type { JournalRow } from './journal-file.ts';
import { readPaper } from './paper/slips.ts';
import { acknowledgedFindings, numberFindings, paperFindings, repeatedSaleFindings } from './receipt-findings.ts';
import { saleSumFindings } from './sale-sums.ts';
import type { Acknowledged, Finding, Verdict } from './verdict.ts';

export type Evidence = {
  rows: readonly JournalRow[];
  /** Every byte that the printer was sent, in order, after it has come to rest. */
  printerBytes: Uint8Array;
  acknowledged: readonly Acknowledged[];
};

/** Compares what three witnesses say of the same day: the journal's bytes, the printer's bytes, and who saw the sales acknowledged. */
export function judge({ rows, printerBytes, acknowledged }: Evidence): Verdict {
  const books = booksOf(rows);
  const { slips, drawerKicks } = readPaper(printerBytes);
  const findings = [
    ...chainFindings(rows),
    ...numberFindings(books),
    ...repeatedSaleFindings(books),
    ...saleSumFindings(books.sales),
    ...acknowledgedFindings(books, acknowledged),
    ...paperFindings(books, slips),
    ...closeFindings(books, slips),
  ];
  const count = (figure: Finding['figure']): number => findings.filter((one) => one.figure === figure).length;
  const receipts = slips.filter((slip) => slip.kind === 'receipt' && slip.whole);
  return {
    lost: count('lost'),
    doubled: count('doubled'),
    altered: count('altered'),
    zEqualsJournal: count('zEqualsJournal') === 0,
    receiptNumbersGapless: count('receiptNumbersGapless') === 0,
    chainVerifies: count('chainVerifies') === 0,
    counts: {
      records: rows.length,
      sales: books.sales.length,
      voids: books.voids.length,
      zReports: books.zReports.length,
      acknowledged: acknowledged.length,
      slips: slips.length,
      originals: receipts.filter((slip) => slip.mark === null).length,
      marked: receipts.filter((slip) => slip.mark !== null).length,
      drawerKicks,
    },
    findings,
  };
}
