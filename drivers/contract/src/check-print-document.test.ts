import { describe, expect, it } from 'vitest';
import { checkPrintDocument, PRINT_LIMITS } from './check-print-document.ts';
import { cutsIn, marksPaper, type PrintDocument } from './print-document.ts';

const every: PrintDocument = {
  v: 1,
  columns: 42,
  blocks: [
    { kind: 'drawerKick', pin: 2, pulseMs: 100 },
    { kind: 'text', text: 'x', align: 'center', bold: true, size: 'large', invert: false },
    {
      kind: 'columns',
      cells: [
        { text: 'a', width: 21 },
        { text: 'b', width: 21, align: 'right' },
      ],
      size: 'tall',
    },
    { kind: 'rule', style: 'double' },
    { kind: 'feed', lines: 2 },
    { kind: 'barcode', symbology: 'code128', value: 'A-1', showText: false },
    { kind: 'barcode', symbology: 'ean13', value: '9521234567899' },
    { kind: 'qr', value: 'x', moduleDots: 4, correction: 'M' },
    { kind: 'cut', mode: 'partial' },
  ],
};

const refusedAt = (value: unknown) => {
  const checked = checkPrintDocument(value);
  return checked.ok ? null : checked.error.at;
};
const block = (fields: unknown) => ({ v: 1, columns: 42, blocks: [fields] });

describe('a print document', () => {
  it('of every block passes unchanged, through JSON too', () => {
    expect(checkPrintDocument(JSON.parse(JSON.stringify(every)))).toEqual({ ok: true, document: every });
  });

  it('loses fields that nobody knows', () => {
    const checked = checkPrintDocument(block({ kind: 'text', text: 'x', colour: 'red', __proto__: null }));
    expect(checked).toEqual({ ok: true, document: { v: 1, columns: 42, blocks: [{ kind: 'text', text: 'x' }] } });
  });

  it('may name a product anything: control characters are the encoder’s affair', () => {
    expect(refusedAt(block({ kind: 'text', text: 'Choc \u001bp\u0000' }))).toBeNull();
  });

  it.each([
    ['document', null],
    ['document', []],
    ['v', { v: 2, columns: 42, blocks: [] }],
    ['columns', { v: 1, columns: 40, blocks: [] }],
    ['blocks', { v: 1, columns: 42, blocks: 'x' }],
    ['blocks', { v: 1, columns: 42, blocks: Array(PRINT_LIMITS.blocks + 1).fill({ kind: 'cut' }) }],
    ['blocks', { v: 1, columns: 42, blocks: Array(PRINT_LIMITS.cuts + 1).fill({ kind: 'cut' }) }],
    ['blocks', { v: 1, columns: 42, blocks: Array(2).fill({ kind: 'drawerKick', pin: 2, pulseMs: 100 }) }],
    ['blocks', { v: 1, columns: 42, blocks: Array(201).fill({ kind: 'text', text: 'x'.repeat(1_000) }) }],
    ['blocks[0].kind', block({ kind: 'toString' })],
    ['blocks[0].kind', block('text')],
    ['blocks[0].text', block({ kind: 'text', text: 'x'.repeat(1_001) })],
    ['blocks[0].text', block({ kind: 'text' })],
    ['blocks[0].align', block({ kind: 'text', text: '', align: 'justify' })],
    ['blocks[0].size', block({ kind: 'text', text: '', size: 3 })],
    ['blocks[0].cells', block({ kind: 'columns', cells: [] })],
    [
      'blocks[0].cells',
      block({
        kind: 'columns',
        cells: [
          { text: '', width: 40 },
          { text: '', width: 3 },
        ],
      }),
    ],
    ['blocks[0].cells', block({ kind: 'columns', size: 'wide', cells: [{ text: '', width: 22 }] })],
    ['blocks[0].cells', block({ kind: 'columns', cells: [{ text: '', width: Number.NaN }] })],
    ['blocks[0].lines', block({ kind: 'feed', lines: 21 })],
    ['blocks[0].lines', block({ kind: 'feed', lines: 1.5 })],
    ['blocks[0].value', block({ kind: 'barcode', symbology: 'code128', value: 'ä' })],
    ['blocks[0].value', block({ kind: 'barcode', symbology: 'ean13', value: '123' })],
    ['blocks[0].value', block({ kind: 'qr', value: '' })],
    ['blocks[0].value', block({ kind: 'qr', value: '€'.repeat(401) })],
    ['blocks[0].pin', block({ kind: 'drawerKick', pin: 3, pulseMs: 100 })],
    ['blocks[0].pulseMs', block({ kind: 'drawerKick', pin: 2, pulseMs: 5_000 })],
  ])('is refused at %s', (at, value) => {
    expect(refusedAt(value)).toBe(at);
  });

  it('knows its cuts, and whether it marks paper', () => {
    expect(cutsIn(every)).toBe(1);
    expect(marksPaper(every)).toBe(true);
    expect(marksPaper({ v: 1, columns: 42, blocks: [{ kind: 'drawerKick', pin: 2, pulseMs: 100 }] })).toBe(false);
  });
});
