import { sum, tendersOf, totalsOf, type Sale } from './books.ts';
import { listAt, numberAt } from './json.ts';
import { finding, type Finding } from './verdict.ts';

/** [I6] [I7] inside each sale: lines add up to the total, taxes to the tax, tenders less change to what was paid. */
export function saleSumFindings(sales: readonly Sale[]): Finding[] {
  return sales.flatMap((sale) =>
    unequal(sale).map((what) => finding('altered', 'sale-sums', `receipt ${sale.receiptNumber}: ${what}`)),
  );
}

function unequal({ payload, totalMinor }: Sale): string[] {
  const lines = listAt(payload, 'lines');
  const totals = totalsOf(payload);
  const paidMinor = sum(tendersOf(payload), 'amountMinor') - numberAt(payload, 'changeDueMinor');
  const modifiersMinor = lines.reduce((total, line) => total + sum(listAt(line, 'modifiers'), 'amountMinor'), 0);
  const lineTaxMinor = lines.reduce((total, line) => total + sum(listAt(line, 'taxes'), 'taxMinor'), 0);
  const taxOnTopMinor = payload['taxIncluded'] === true ? 0 : numberAt(totals, 'taxMinor');
  const checks: [string, number, number][] = [
    ['lines against total', sum(lines, 'totalMinor'), totalMinor],
    ['extended of lines', sum(lines, 'extendedMinor'), numberAt(totals, 'extendedMinor')],
    ['discounts of lines', modifiersMinor, numberAt(totals, 'discountMinor')],
    [
      'extended less discount and tax against total',
      numberAt(totals, 'extendedMinor') - numberAt(totals, 'discountMinor') + taxOnTopMinor,
      totalMinor,
    ],
    ['tax of lines against tax of rates', lineTaxMinor, sum(listAt(payload, 'taxes'), 'taxMinor')],
    ['tax of rates against tax', sum(listAt(payload, 'taxes'), 'taxMinor'), numberAt(totals, 'taxMinor')],
    ['tenders less change against total', paidMinor, totalMinor + numberAt(payload, 'cashRoundingMinor')],
  ];
  return checks.filter(([, left, right]) => left !== right).map(([what, left, right]) => `${what}: ${left} ≠ ${right}`);
}
