import type { PrintBlock, PrintDocument } from '@evertill/driver-contract';
import type { LineItemFact, PayloadOf } from '@evertill/records';
import {
  centred,
  documentOf,
  pageFor,
  pair,
  storeHead,
  type DrawerOptions,
  type Page,
  type PaperOptions,
  type StoreHead,
} from './page.ts';
import { receiptSymbol } from './receipt-symbol.ts';
import { taxLetters, taxTable } from './tax-table.ts';

export type SaleFacts = PayloadOf<'TransactionCompleted'>;

export type ReceiptInput = {
  sale: SaleFacts;
  /** The receipt's number as printed and scanned. */
  receiptLabel: string;
  /** When the sale was recorded, ISO 8601 in UTC. */
  at: string;
  tzOffsetMin: number;
  store: StoreHead;
  registerId: string;
  /** 0 is the original; each further print says DUPLICATE and its number (I25). */
  copyNumber: number;
};

export type ReceiptOptions = PaperOptions & {
  /** Opened by the original of a sale with cash; `null` or left out: there is none. */
  drawer?: DrawerOptions | null;
};

/** The receipt of a completed sale. Every amount is taken from the record; nothing is priced or taxed again. */
export function receiptDocument(input: ReceiptInput, options: ReceiptOptions): PrintDocument {
  const { sale, store, copyNumber } = input;
  const page = pageFor(store, options);
  const letters = taxLetters(sale.taxes);
  return documentOf(page, [
    ...drawerKick(sale, copyNumber, options.drawer ?? null),
    ...copyMark(page, copyNumber),
    ...storeHead(store),
    ...identity(page, input),
    { kind: 'rule' },
    ...sale.lines.flatMap((line) => lineBlocks(page, line, letters)),
    { kind: 'rule' },
    ...totals(page, sale),
    ...tenders(page, sale),
    { kind: 'feed', lines: 1 },
    ...taxTable(page, sale.taxes, letters),
    ...(sale.taxIncluded ? [centred(page.words.taxIncluded)] : []),
    ...savings(page, sale),
    { kind: 'feed', lines: 1 },
    ...store.receiptFooterLines.map(centred),
    ...receiptSymbol(page, input.receiptLabel),
    ...copyMark(page, copyNumber),
    { kind: 'cut', mode: 'partial' },
  ]);
}

function drawerKick(sale: SaleFacts, copyNumber: number, drawer: DrawerOptions | null): PrintBlock[] {
  const cash = sale.tenders.some(({ kind }) => kind === 'cash');
  return copyNumber === 0 && cash && drawer !== null ? [{ kind: 'drawerKick', ...drawer }] : [];
}

function copyMark({ words }: Page, copyNumber: number): PrintBlock[] {
  if (copyNumber === 0) return [];
  const text = ` ${words.duplicate} – ${words.copy} ${copyNumber} `;
  return [{ kind: 'text', text, align: 'center', bold: true, invert: true }];
}

function identity(page: Page, { sale, receiptLabel, at, tzOffsetMin, registerId }: ReceiptInput): PrintBlock[] {
  const { words, formats } = page;
  return [
    pair(page, `${words.receipt} ${receiptLabel}`, `${words.register} ${registerId}`),
    pair(page, formats.instant(at, tzOffsetMin), ''),
    pair(page, `${words.cashier}: ${sale.cashier.name}`, ''),
  ];
}

function lineBlocks(page: Page, line: LineItemFact, letters: ReadonlyMap<string, string>): PrintBlock[] {
  const { formats, words } = page;
  const letter = line.taxes.map(({ rateId }) => letters.get(rateId) ?? '').join('');
  const amountText = `${formats.amount(line.extendedMinor)} ${letter.padEnd(1)}`;
  const blocks: PrintBlock[] = [pair(page, line.name, amountText)];
  const was = line.compareAtMinor === null ? '' : `(${words.was} ${formats.amount(line.compareAtMinor)})`;
  const detail = [quantityDetail(page, line), was].filter((part) => part !== '').join(' ');
  if (detail !== '') blocks.push({ kind: 'text', text: `  ${detail}` });
  // Two columns of a letter and its space follow the amount of the line itself.
  for (const { reason, amountMinor } of line.modifiers)
    blocks.push(pair(page, `  ${reason}`, `${formats.amount(-amountMinor)}  `));
  return blocks;
}

/** `2 × 3.49`, `0.450 kg × 2.99/kg`; nothing for a single piece. */
function quantityDetail({ formats }: Page, { quantity, unit, unitPriceMinor, priceQuantity }: LineItemFact): string {
  const price = formats.amount(unitPriceMinor);
  if (unit === 'GRM') {
    const per = priceQuantity === 1000 ? 'kg' : formats.kilograms(priceQuantity);
    return `${formats.kilograms(quantity)} × ${price}/${per}`;
  }
  if (priceQuantity > 1) return `${formats.count(quantity)} × ${price}/${formats.count(priceQuantity)}`;
  return quantity === 1 ? '' : `${formats.count(quantity)} × ${price}`;
}

function totals(page: Page, { totals: sums, taxes, taxIncluded, cashRoundingMinor }: SaleFacts): PrintBlock[] {
  const { words, formats, columns } = page;
  const blocks: PrintBlock[] = [];
  if (sums.discountMinor !== 0 || !taxIncluded) {
    blocks.push(pair(page, words.subtotal, formats.amount(sums.extendedMinor)));
    if (sums.discountMinor !== 0) blocks.push(pair(page, words.discount, formats.amount(-sums.discountMinor)));
  }
  if (!taxIncluded)
    for (const tax of taxes)
      blocks.push(pair(page, `${tax.name} ${formats.percent(tax.ratePpm)}`, formats.amount(tax.taxMinor)));
  const total = formats.money(sums.totalMinor);
  const totalWidth = Math.min(total.length + 1, columns - words.total.length);
  blocks.push({
    kind: 'columns',
    bold: true,
    size: 'tall',
    cells: [
      { text: words.total, width: columns - totalWidth },
      { text: total, width: totalWidth, align: 'right' },
    ],
  });
  blocks.push(pair(page, `${words.items}: ${formats.count(sums.itemCount)}`, ''));
  if (cashRoundingMinor !== 0) blocks.push(pair(page, words.cashRounding, formats.amount(cashRoundingMinor)));
  return blocks;
}

function tenders(page: Page, { tenders: given, changeDueMinor }: SaleFacts): PrintBlock[] {
  const { words, formats } = page;
  return [
    ...given.map(({ kind, amountMinor }) => pair(page, words.tenders[kind], formats.money(amountMinor))),
    pair(page, words.changeDue, formats.money(changeDueMinor), true),
  ];
}

/** Discounts given, and the difference to the prices before their markdown. */
function savings(page: Page, { lines, totals: sums }: SaleFacts): PrintBlock[] {
  let savedMinor = sums.discountMinor;
  for (const { compareAtMinor, unitPriceMinor, quantity, priceQuantity } of lines) {
    if (compareAtMinor === null || compareAtMinor <= unitPriceMinor) continue;
    savedMinor += Math.round(((compareAtMinor - unitPriceMinor) * quantity) / priceQuantity);
  }
  if (savedMinor <= 0) return [];
  const text = `${page.words.youSaved} ${page.formats.money(savedMinor)}`;
  return [{ kind: 'text', text, align: 'center', bold: true }];
}
