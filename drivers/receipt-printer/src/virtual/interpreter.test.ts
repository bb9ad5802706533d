import { describe, expect, it } from 'vitest';
import { manualClock } from '@evertill/driver-contract/testing';
import { rollText } from './roll-text.ts';
import { virtualPrinter } from './virtual-printer.ts';

/* Byte sequences written by hand from Epson's ESC/POS command reference: no encoder of ours takes part. */

function twin(clock = manualClock()) {
  const printer = virtualPrinter({ columns: 42, clock });
  const answers: number[] = [];
  printer.onAnswer((bytes) => answers.push(...bytes));
  return { printer, answers, clock, send: (...bytes: (number | string)[]) => printer.receive(stream(bytes)) };
}

function stream(bytes: (number | string)[]): Uint8Array {
  return new Uint8Array(
    bytes.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
  );
}

const ESC = 0x1b;
const GS = 0x1d;
const DLE = 0x10;
const LF = 0x0a;

describe('the virtual printer reads ESC/POS', () => {
  it('text, line feed, initialise', () => {
    const { printer, send } = twin();
    send('Hello', LF, 'dropped', ESC, 0x40, 'World', LF);
    expect(rollText(printer.roll)).toBe('Hello\nWorld');
  });

  it('goes to the next line where the paper ends', () => {
    const { printer, send } = twin();
    send('x'.repeat(43), LF);
    expect(rollText(printer.roll)).toBe(`${'x'.repeat(42)}\nx`);
  });

  it('ESC a: alignment; ESC d: feed', () => {
    const { printer, send } = twin();
    send(ESC, 0x61, 1, 'mid', LF, ESC, 0x61, 2, 'end', LF, ESC, 0x64, 2, ESC, 0x61, 0, 'begin', LF);
    expect(rollText(printer.roll).split('\n')).toEqual([
      `${' '.repeat(19)}mid`,
      `${' '.repeat(39)}end`,
      '',
      '',
      'begin',
    ]);
  });

  it('ESC t: code pages 437, 858, 1252, 866; the default is 437', () => {
    const { printer, send } = twin();
    send(0xd5, ESC, 0x74, 19, 0xd5, ESC, 0x74, 16, 0x80, ESC, 0x74, 17, 0x8f, LF);
    expect(rollText(printer.roll)).toBe('╒€€П');
  });

  it('ESC E, GS B, ESC -, GS !, ESC !: styles', () => {
    const { printer, send } = twin();
    send(ESC, 0x45, 1, 'b', ESC, 0x45, 0, GS, 0x42, 1, 'i', GS, 0x42, 0, ESC, 0x2d, 1, 'u', ESC, 0x2d, 0);
    // GS ! n: bits 4 to 6 are the width, bits 0 to 2 the height, each less one.
    send(GS, 0x21, 0x12, 's', GS, 0x21, 0, ESC, 0x21, 0x38, 'm', LF);
    const [item] = printer.roll.items;
    expect(item?.kind === 'line' && item.characters).toEqual([
      { character: 'b', bold: true, invert: false, underline: false, width: 1, height: 1 },
      { character: 'i', bold: false, invert: true, underline: false, width: 1, height: 1 },
      { character: 'u', bold: false, invert: false, underline: true, width: 1, height: 1 },
      { character: 's', bold: false, invert: false, underline: false, width: 2, height: 3 },
      { character: 'm', bold: true, invert: false, underline: false, width: 2, height: 2 },
    ]);
  });

  it('GS k: both forms of a bar code', () => {
    const { printer, send } = twin();
    send(GS, 0x68, 80, GS, 0x77, 2, GS, 0x48, 2);
    send(GS, 0x6b, 2, '9521234567899', 0);
    send(GS, 0x6b, 73, 8, '{BA{C', 12, 34, 0x7b);
    send(GS, 0x6b, 73, 6, '{B{{', 0x31, 0x32);
    expect(printer.roll.items).toMatchObject([
      { kind: 'barcode', symbology: 'ean13', value: '9521234567899', heightDots: 80, moduleDots: 2, text: true },
      { kind: 'barcode', symbology: 'code128', value: 'A1234' },
      { kind: 'barcode', symbology: 'code128', value: '{12' },
    ]);
  });

  it('GS ( k: a QR code', () => {
    const { printer, send } = twin();
    send(GS, '(k', 4, 0, 0x31, 0x41, 0x32, 0, GS, '(k', 3, 0, 0x31, 0x43, 5, GS, '(k', 3, 0, 0x31, 0x45, 0x33);
    send(GS, '(k', 8, 0, 0x31, 0x50, 0x30, 'hello', GS, '(k', 3, 0, 0x31, 0x51, 0x30);
    expect(printer.roll.items).toEqual([
      { kind: 'qr', align: 'left', value: stream(['hello']), moduleDots: 5, correction: 'H' },
    ]);
  });

  it('GS v 0: a raster', () => {
    const { printer, send } = twin();
    send(GS, 'v0', 0, 2, 0, 3, 0, 0xff, 0x00, 0x0f, 0xf0, 0xaa, 0x55, 'x', LF);
    expect(printer.roll.items[0]).toEqual({
      kind: 'raster',
      align: 'left',
      widthBytes: 2,
      rows: 3,
      bits: stream([0xff, 0x00, 0x0f, 0xf0, 0xaa, 0x55]),
    });
    expect(rollText(printer.roll)).toMatch(/x$/);
  });

  it('GS V: cut, partial cut, feed and cut; GS g 2 counts them', () => {
    const { printer, send, answers } = twin();
    send(GS, 0x56, 0, GS, 0x56, 1, GS, 0x56, 66, 30, GS, 0x67, 0x32, 0, 178, 0);
    expect(printer.roll.items.map((item) => (item.kind === 'cut' ? item.mode : item.kind))).toEqual([
      'full',
      'partial',
      'feed',
      'partial',
    ]);
    expect(answers).toEqual([0x5f, 0x33, 0x00]);
  });

  it('ESC p: pulses on both pins', () => {
    const { printer, send } = twin();
    send(ESC, 0x70, 0, 25, 250, ESC, 0x70, 1, 60, 120);
    expect(printer.drawerKicks).toEqual([
      { pin: 2, onMs: 50 },
      { pin: 5, onMs: 120 },
    ]);
  });

  it('GS ( H 48: answers with the process id when what came before is printed', () => {
    const { send, answers } = twin();
    send('text', LF, GS, '(H', 6, 0, 48, 48, 'AB12');
    expect(answers).toEqual([0x37, 0x22, 0x41, 0x42, 0x31, 0x32, 0x00]);
  });

  it('DLE EOT: on-line, cover open, paper end; answered at once, in the order asked', () => {
    const { printer, send, answers } = twin();
    const ask = () => {
      answers.length = 0;
      send(DLE, 4, 1, DLE, 4, 2, DLE, 4, 3, DLE, 4, 4);
      return [...answers];
    };
    expect(ask()).toEqual([0x12, 0x12, 0x12, 0x12]);
    printer.openCover();
    expect(ask()).toEqual([0x1a, 0x16, 0x12, 0x12]);
    printer.closeCover();
    printer.paperOutAfterLines(0);
    expect(ask()).toEqual([0x1a, 0x32, 0x12, 0x7e]);
  });

  it('DLE EOT inside the data of a command is taken for data: it spoils the command', () => {
    const { printer, send, answers } = twin();
    send(GS, '(k', 8, 0, 0x31, 0x50, 0x30, 'he', DLE, 4, 1, GS, '(k', 3, 0, 0x31, 0x51, 0x30);
    expect(answers).toEqual([0x12]);
    expect(printer.roll.items).toMatchObject([{ kind: 'qr', value: stream(['he', DLE, 4, 1]) }]);
  });

  it('notes what it does not know, and reads on', () => {
    const { printer, send } = twin();
    send(ESC, 0x7a, 0x07, 'ok', LF);
    expect(printer.unknown).toEqual([[0x1b, 0x7a], [0x07]]);
    expect(rollText(printer.roll)).toBe('ok');
  });
});

describe('the virtual printer has a body', () => {
  it('stops where the paper ends, keeps the rest and goes on', () => {
    const { printer, send } = twin();
    printer.paperOutAfterLines(2);
    send('1', LF, '2', LF, '3', LF);
    expect(rollText(printer.roll)).toBe('1\n2');
    printer.loadPaper();
    expect(rollText(printer.roll)).toBe('1\n2\n3');
  });

  it('loses what it holds with the power, and keeps its counter', () => {
    const { printer, send, answers } = twin();
    send(GS, 0x56, 0);
    printer.openCover();
    send('held', LF);
    printer.powerOff();
    send('unheard', LF);
    printer.closeCover();
    printer.powerOn();
    send('new', LF, GS, 0x67, 0x32, 0, 178, 0);
    expect(rollText(printer.roll)).toMatch(/✂\nnew$/);
    expect(answers).toEqual([0x5f, 0x31, 0x00]);
  });

  it('loses power in the middle of a chunk', () => {
    const { printer, send } = twin();
    printer.powerOffAtByte(4);
    send('1', LF, '2', LF, '3', LF);
    expect(rollText(printer.roll)).toBe('1\n2');
    expect(printer.powered).toBe(false);
  });

  it('takes its time for each line when told to', () => {
    const { printer, send, clock } = twin();
    printer.setSpeed(10);
    send('1', LF, '2', LF, '3', LF);
    expect(rollText(printer.roll)).toBe('1');
    clock.advance(100);
    expect(rollText(printer.roll)).toBe('1\n2');
    clock.advance(1_000);
    expect(rollText(printer.roll)).toBe('1\n2\n3');
  });
});
