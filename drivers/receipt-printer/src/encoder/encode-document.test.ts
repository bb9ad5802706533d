import { describe, expect, it } from 'vitest';
import type { PrintBlock, PrintDocument } from '@evertill/driver-contract';
import { rollText, virtualPrinter } from '../virtual/index.ts';
import { epsonProfile, oneWayProfile, type PrinterProfile } from '../profile/printer-profile.ts';
import { encodeDocument } from './encode-document.ts';

const plain = { openDrawer: true, interruptedBefore: false };

function encoded(blocks: PrintBlock[], options = plain, profile: PrinterProfile = epsonProfile) {
  const result = encodeDocument({ v: 1, columns: 42, blocks } satisfies PrintDocument, profile, options);
  if (!result.ok) throw new Error(result.error.at);
  return result.encoded;
}

const hex = (pieces: readonly Uint8Array[]) => Buffer.concat(pieces).toString('hex');

function onPaper(blocks: PrintBlock[], options = plain) {
  const twin = virtualPrinter({ columns: 42, clock: { nowMs: () => 0, after: () => () => {} } });
  const { pieces, unprintable } = encoded(blocks, options);
  for (const piece of pieces) twin.receive(piece);
  return { twin, text: rollText(twin.roll), unprintable };
}

describe('the encoder', () => {
  it('begins each job with ESC @ and its code page', () => {
    expect(hex(encoded([]).pieces)).toBe('1b40' + '1b7413');
  });

  it('sends the drawer pulse first, for the right pin, with times in units of 2 ms', () => {
    const pulse = (pin: 2 | 5, pulseMs: number) => hex(encoded([{ kind: 'drawerKick', pin, pulseMs }]).pieces.slice(1));
    expect(pulse(2, 100)).toBe('1b7000' + '32' + '64');
    expect(pulse(5, 500)).toBe('1b7001' + 'fa' + '64');
    const after = encoded([
      { kind: 'text', text: 'x' },
      { kind: 'drawerKick', pin: 2, pulseMs: 100 },
    ]);
    expect(hex(after.pieces.slice(1, 2))).toBe('1b70003264');
  });

  it('prints € with every code page, after a cut too', () => {
    const { text } = onPaper([{ kind: 'text', text: '€5' }, { kind: 'cut' }, { kind: 'text', text: '€5' }]);
    expect(text.match(/€5/g)).toHaveLength(2);
    expect(text).not.toContain('╒');
  });

  it('changes the code page for what the first one lacks, and back', () => {
    const { text, unprintable, twin } = onPaper([{ kind: 'text', text: 'Łódź – Ωμέγα Привет €5 ğ' }]);
    expect(text).toBe('Łódź – Ωμέγα Привет €5 ğ');
    expect(unprintable).toEqual([]);
    expect(twin.unknown).toEqual([]);
  });

  it('says which characters it could not print, and prints what comes nearest', () => {
    const { text, unprintable } = onPaper([{ kind: 'text', text: '日本 Ąđ ḿ \ufb01' }]);
    expect(text).toBe('?? Ąđ m fi');
    expect(unprintable).toEqual(['日', '本', 'ḿ', '\ufb01']);
  });

  it('has no page for it: typographic signs become plain ones without being called lost', () => {
    const { pieces, unprintable } = encoded([{ kind: 'text', text: '“it’s” – 5…' }], plain, oneWayProfile);
    expect(Buffer.concat(pieces).toString('latin1')).toContain('"it\'s" - 5...');
    expect(unprintable).toEqual([]);
  });

  it('counts the bytes of a QR code, not its characters', () => {
    const { twin } = onPaper([
      { kind: 'qr', value: 'Grüße € 日本 🎁' },
      { kind: 'text', text: 'after' },
    ]);
    const symbol = twin.roll.items.find((item) => item.kind === 'qr');
    expect(symbol?.kind === 'qr' && Buffer.from(symbol.value).toString('utf8')).toBe('Grüße € 日本 🎁');
    expect(rollText(twin.roll)).toMatch(/after$/);
  });

  it('doubles a brace in Code 128, where it would change the code set', () => {
    const { twin } = onPaper([{ kind: 'barcode', symbology: 'code128', value: 'A{C}1' }]);
    expect(twin.roll.items.find((item) => item.kind === 'barcode')).toMatchObject({
      value: 'A{C}1',
      symbology: 'code128',
    });
  });

  it('makes tall text tall and wide text wide', () => {
    const sizeOf = (size: 'tall' | 'wide' | 'large') => {
      const [item] = onPaper([{ kind: 'text', text: 'x', size }]).twin.roll.items;
      return item?.kind === 'line' ? [item.characters[0]?.width, item.characters[0]?.height] : null;
    };
    expect(sizeOf('tall')).toEqual([1, 2]);
    expect(sizeOf('wide')).toEqual([2, 1]);
    expect(sizeOf('large')).toEqual([2, 2]);
  });

  it('strips what would command the printer and keeps the rest', () => {
    const { text, twin, unprintable } = onPaper([
      { kind: 'text', text: 'Choc\u001bp\u0000\u0019\u0019 bar\u202e\u200b\u0085 2\t€' },
    ]);
    expect(text).toBe('Chocp bar 2 €');
    expect(unprintable).toEqual([]);
    expect(twin.drawerKicks).toEqual([]);
  });

  it('leaves no style behind', () => {
    const { twin } = onPaper([
      { kind: 'text', text: 'loud', bold: true, invert: true, size: 'large', align: 'right' },
      { kind: 'text', text: 'plain' },
    ]);
    const last = twin.roll.items.at(-1);
    expect(last).toMatchObject({ kind: 'line', align: 'left' });
    expect(last?.kind === 'line' && last.characters[0]).toEqual({
      character: 'p',
      bold: false,
      invert: false,
      underline: false,
      width: 1,
      height: 1,
    });
  });

  it('keeps amounts in their column however long the name is', () => {
    const { text } = onPaper([
      {
        kind: 'columns',
        cells: [
          { text: 'Brushed stainless steel water bottle with a bamboo lid', width: 30 },
          { text: '14.99', width: 12, align: 'right' },
        ],
      },
    ]);
    expect(text.split('\n')).toEqual(['Brushed stainless steel water        14.99', 'bottle with a bamboo lid']);
  });

  it('cuts off and marks a job that was interrupted before', () => {
    const { text, twin } = onPaper([{ kind: 'text', text: 'goods' }, { kind: 'cut' }], {
      openDrawer: false,
      interruptedBefore: true,
    });
    expect(twin.cuts).toBe(2);
    expect(text.indexOf('REPRINTED AFTER INTERRUPTION')).toBeGreaterThan(text.indexOf('✂'));
    expect(text.indexOf('goods')).toBeGreaterThan(text.indexOf('REPRINTED'));
  });

  it('cuts pieces at the borders of commands: a status request may follow each', () => {
    const { pieces } = encoded([
      { kind: 'text', text: 'a' },
      { kind: 'qr', value: 'x'.repeat(1_000) },
      { kind: 'barcode', symbology: 'ean13', value: '9521234567899' },
      { kind: 'cut' },
    ]);
    const twin = virtualPrinter({ columns: 42, clock: { nowMs: () => 0, after: () => () => {} } });
    for (const piece of pieces) {
      twin.receive(piece);
      twin.receive(new Uint8Array([0x10, 0x04, 0x01]));
    }
    expect(twin.unknown).toEqual([]);
    expect(twin.roll.items.map(({ kind }) => kind)).toEqual(['line', 'qr', 'barcode', 'feed', 'cut']);
  });
});
