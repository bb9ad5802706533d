import { describe, expect, it } from 'vitest';
import type { PaperColumns } from '@evertill/driver-contract';
import { drawerDocument, receiptDocument, testDocument, xReportDocument, zReportDocument } from '../src/index.ts';
import { onPaper, printed } from './on-paper.ts';
import { market, sale, saleInput, xInput, zInput } from './sample-sale.ts';

const drawer = { pin: 2, pulseMs: 100 } as const;

describe('a receipt on paper', () => {
  it.each<PaperColumns>([32, 42, 48])('of %i columns', async (columns) => {
    const text = onPaper(receiptDocument(saleInput, { columns, drawer }));
    await expect(text).toMatchFileSnapshot(`golden/receipt-${columns}.txt`);
  });

  it('in German, with tax on top and no change', async () => {
    const input = {
      ...saleInput,
      store: { ...market, name: 'Lärchenfeld-Markt', locale: 'de-DE' },
      tzOffsetMin: 60,
      sale: { ...sale, taxIncluded: false, cashRoundingMinor: 0, changeDueMinor: 0 },
    };
    await expect(onPaper(receiptDocument(input, { columns: 42 }))).toMatchFileSnapshot('golden/receipt-de.txt');
  });

  it('never has a line that is wider than the paper', () => {
    const long = { ...sale.lines[0], name: 'W'.repeat(200), extendedMinor: 9_007_199_254_740_991 };
    const input = { ...saleInput, sale: { ...sale, lines: [{ ...sale.lines[0], ...long }] } } as typeof saleInput;
    for (const columns of [32, 42, 48] as const) {
      for (const item of printed(receiptDocument(input, { columns })).roll.items) {
        if (item.kind !== 'line') continue;
        expect(item.characters.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('[I25] says DUPLICATE and its number on top and at the end of every further print', () => {
    const text = onPaper(receiptDocument({ ...saleInput, copyNumber: 2 }, { columns: 42 }));
    expect(text.match(/DUPLICATE – Copy 2/g)).toHaveLength(2);
    expect(onPaper(receiptDocument(saleInput, { columns: 42 }))).not.toContain('DUPLICATE');
  });

  it('[CA-15] opens the drawer with the original only', () => {
    expect(printed(receiptDocument(saleInput, { columns: 42, drawer })).drawerKicks).toEqual([{ pin: 2, onMs: 100 }]);
    expect(printed(receiptDocument({ ...saleInput, copyNumber: 1 }, { columns: 42, drawer })).drawerKicks).toEqual([]);
    expect(printed(receiptDocument(saleInput, { columns: 42, drawer: null })).drawerKicks).toEqual([]);
  });

  it('shows the local time of the register, whatever the time zone of this computer', () => {
    const document = receiptDocument({ ...saleInput, tzOffsetMin: 330 }, { columns: 42 });
    expect(onPaper(document)).toContain('2 Mar 2026, 13:33');
  });

  it('prints the receipt number in bars where they fit and as a QR code where they do not', () => {
    const symbols = (columns: PaperColumns) =>
      receiptDocument(saleInput, { columns }).blocks.filter(({ kind }) => kind === 'barcode' || kind === 'qr');
    expect(symbols(42)).toEqual([{ kind: 'barcode', symbology: 'code128', value: 'DUB1-1-1-000042' }]);
    expect(symbols(32)).toEqual([{ kind: 'qr', value: 'DUB1-1-1-000042' }]);
  });

  it('survives a locale that is none', () => {
    expect(onPaper(receiptDocument(saleInput, { columns: 42, locale: 'not a locale!' }))).toContain('TOTAL');
  });

  it('[I6] prints amounts of currencies without and with three decimals as they are', () => {
    const inCurrency = (currency: string) =>
      onPaper(receiptDocument({ ...saleInput, store: { ...market, currency, locale: 'en' } }, { columns: 42 }));
    expect(inCurrency('JPY')).toContain('1,882');
    expect(inCurrency('KWD')).toContain('1.882');
  });
});

describe('reports on paper', () => {
  it('[MG-04] X', async () => {
    await expect(onPaper(xReportDocument(xInput, { columns: 42 }))).toMatchFileSnapshot('golden/x-report.txt');
  });

  it('[MG-05] Z', async () => {
    await expect(onPaper(zReportDocument(zInput, { columns: 42 }))).toMatchFileSnapshot('golden/z-report.txt');
  });
});

describe('documents for the devices', () => {
  it('the drawer opens without paper', () => {
    const twin = printed(drawerDocument({ columns: 42, drawer: { pin: 5, pulseMs: 120 } }));
    expect(twin.drawerKicks).toEqual([{ pin: 5, onMs: 120 }]);
    expect(twin.roll.items).toEqual([]);
  });

  it('[IT-02] the test print shows width, signs, styles and symbols', async () => {
    const text = onPaper(testDocument({ columns: 42, locale: 'en-IE', printerName: 'Epson TM' }));
    await expect(text).toMatchFileSnapshot('golden/test-print.txt');
  });
});
