import type { PaperColumns, PrintBlock, PrintDocument } from '@evertill/driver-contract';
import { formatsFor, type Formats } from './formats.ts';
import { wordsFor, type Words } from './words.ts';

/** The store as it stands on paper. */
export type StoreHead = {
  name: string;
  addressLines: readonly string[];
  currency: string;
  locale: string;
  receiptFooterLines: readonly string[];
};

export type PaperOptions = {
  columns: PaperColumns;
  /** Overrides the store's locale. */
  locale?: string;
};

/** The drawer behind the printer. */
export type DrawerOptions = { pin: 2 | 5; pulseMs: number };

/** What every document is written with. */
export type Page = { columns: PaperColumns; words: Words; formats: Formats };

export function pageFor(store: StoreHead, options: PaperOptions): Page {
  const locale = options.locale ?? store.locale;
  return { columns: options.columns, words: wordsFor(locale), formats: formatsFor(locale, store.currency) };
}

export function documentOf(page: Pick<Page, 'columns'>, blocks: PrintBlock[]): PrintDocument {
  return { v: 1, columns: page.columns, blocks };
}

/** A label on the left, a value on the right; the value keeps its length, the label is wrapped. */
export function pair(page: Pick<Page, 'columns'>, label: string, value: string, strong = false): PrintBlock {
  const valueWidth = Math.min(value.length + 1, page.columns - 4);
  return {
    kind: 'columns',
    cells: [
      { text: label, width: page.columns - valueWidth },
      { text: value, width: valueWidth, align: 'right' },
    ],
    ...(strong ? { bold: true } : {}),
  };
}

export function centred(text: string): PrintBlock {
  return { kind: 'text', text, align: 'center' };
}

export function heading(text: string): PrintBlock {
  return { kind: 'text', text, align: 'center', bold: true, size: 'tall' };
}

export function storeHead(store: StoreHead): PrintBlock[] {
  return [
    { kind: 'text', text: store.name, align: 'center', bold: true, size: 'large' },
    ...store.addressLines.map(centred),
    { kind: 'feed', lines: 1 },
  ];
}
