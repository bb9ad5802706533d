import type { PaperColumns, PrintBlock, PrintDocument } from '@evertill/driver-contract';
import { documentOf, heading, type DrawerOptions } from './page.ts';
import { wordsFor } from './words.ts';

/** Opens the drawer and leaves no paper. */
export function drawerDocument({ columns, drawer }: { columns: PaperColumns; drawer: DrawerOptions }): PrintDocument {
  return documentOf({ columns }, [{ kind: 'drawerKick', ...drawer }]);
}

export type TestPrintOptions = {
  columns: PaperColumns;
  locale: string;
  /** What is tested, as the wizard names it. */
  printerName: string;
  /** Also opens the drawer. */
  drawer?: DrawerOptions | null;
};

/** The wizard's print (IT-02): the width, the signs that code pages get wrong, styles, both kinds of symbol, the knife, the drawer. */
export function testDocument({ columns, locale, printerName, drawer }: TestPrintOptions): PrintDocument {
  const ruler = Array.from({ length: columns }, (_, index) => String((index + 1) % 10)).join('');
  const kick: PrintBlock[] = drawer ? [{ kind: 'drawerKick', ...drawer }] : [];
  return documentOf({ columns }, [
    ...kick,
    heading(wordsFor(locale).testPrint),
    { kind: 'text', text: printerName, align: 'center' },
    { kind: 'rule' },
    { kind: 'text', text: ruler },
    { kind: 'text', text: '€ £ ¥ ä ö ü ß é è ñ ç å ø' },
    { kind: 'text', text: 'Bold', bold: true },
    { kind: 'text', text: 'Tall', size: 'tall' },
    { kind: 'text', text: 'Wide', size: 'wide' },
    { kind: 'text', text: ' White on black ', invert: true },
    { kind: 'feed', lines: 1 },
    { kind: 'barcode', symbology: 'ean13', value: '9521234567899' },
    { kind: 'feed', lines: 1 },
    { kind: 'qr', value: 'https://example.com/evertill' },
    { kind: 'cut', mode: 'full' },
  ]);
}
