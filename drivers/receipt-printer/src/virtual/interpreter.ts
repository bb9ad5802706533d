import { isCodePage, characterOf } from './code-pages.ts';
import type { Command } from './command-reader.ts';
import { LINE_DOTS, type RollAlign, type RollCharacter, type RollItem } from './roll.ts';

/** What the machine around the interpreter does when asked. */
export type Mechanics = {
  print(item: RollItem): void;
  pulse(drawer: { pin: 2 | 5; onMs: number }): void;
  answer(bytes: readonly number[]): void;
  cuts(): number;
  /** One of the four DLE EOT bytes. */
  realTimeStatus(n: number): number;
  /** Bytes that are no command of this printer. */
  unknown(bytes: readonly number[]): void;
};

type Style = Omit<RollCharacter, 'character'>;

type Modes = {
  style: Style;
  align: RollAlign;
  page: number;
  lineDots: number;
  barcode: { heightDots: number; moduleDots: number; text: boolean };
  qr: { moduleDots: number; correction: 'L' | 'M' | 'Q' | 'H'; stored: Uint8Array };
};

const PLAIN: Style = { bold: false, invert: false, underline: false, width: 1, height: 1 };
const ALIGNS: readonly RollAlign[] = ['left', 'center', 'right'];
const TAB_COLUMNS = 8;

function powerOnModes(): Modes {
  return {
    style: { ...PLAIN },
    align: 'left',
    page: 0,
    lineDots: LINE_DOTS,
    barcode: { heightDots: 162, moduleDots: 3, text: false },
    qr: { moduleDots: 3, correction: 'L', stored: new Uint8Array(0) },
  };
}

export type Interpreter = {
  execute(command: Command): void;
  /** Forgets modes and the line in the making, as switching off does. */
  reset(): void;
};

/** Carries out commands on a roll of paper. `columns` plain characters fit into a line; more go to the next, as on paper. */
export function interpreter(columns: number, mechanics: Mechanics): Interpreter {
  let modes = powerOnModes();
  let line: RollCharacter[] = [];

  const used = () => line.reduce((sum, { width }) => sum + width, 0);

  function put(character: string): void {
    if (used() + modes.style.width > columns) endLine();
    line.push({ character, ...modes.style });
  }

  function endLine(): void {
    mechanics.print({ kind: 'line', align: modes.align, characters: line });
    line = [];
  }

  function feed(dots: number): void {
    if (line.length > 0) endLine();
    if (dots > 0) mechanics.print({ kind: 'feed', dots });
  }

  function printMode(n: number): void {
    Object.assign(modes.style, {
      bold: (n & 0x08) !== 0,
      height: n & 0x10 ? 2 : 1,
      width: n & 0x20 ? 2 : 1,
      underline: (n & 0x80) !== 0,
    });
  }

  function cut(m: number, n: number): void {
    if (m >= 65) feed(n);
    else if (line.length > 0) endLine();
    mechanics.print({ kind: 'cut', mode: m === 1 || m === 49 || m === 66 ? 'partial' : 'full' });
  }

  function barcode([m = 0, ...rest]: number[]): void {
    const data = m <= 6 ? rest.slice(0, -1) : rest.slice(1);
    const symbol = barcodeOf(m, data);
    if (symbol === null) return mechanics.unknown([0x1d, 0x6b, m]);
    const { heightDots, moduleDots, text } = modes.barcode;
    mechanics.print({ kind: 'barcode', align: modes.align, ...symbol, heightDots, moduleDots, text });
  }

  function qr(cn: number, fn: number, data: number[]): void {
    if (cn !== 0x31) return mechanics.unknown([0x1d, 0x28, 0x6b, cn, fn]);
    if (fn === 0x43) modes.qr.moduleDots = data[0] ?? 3;
    else if (fn === 0x45) modes.qr.correction = (['L', 'M', 'Q', 'H'] as const)[(data[0] ?? 0x30) - 0x30] ?? 'L';
    else if (fn === 0x50) modes.qr.stored = new Uint8Array(data.slice(1));
    else if (fn === 0x51) {
      const { moduleDots, correction, stored } = modes.qr;
      mechanics.print({ kind: 'qr', align: modes.align, value: stored, moduleDots, correction });
    }
  }

  function grouped([letter = 0, , , fn = 0, ...data]: number[]): void {
    const group = String.fromCharCode(letter);
    if (group === 'k') qr(fn, data[0] ?? 0, data.slice(1));
    else if (group === 'H' && fn === 48) mechanics.answer([0x37, 0x22, ...data.slice(1, 5), 0]);
    else mechanics.unknown([0x1d, 0x28, letter, fn]);
  }

  function counter([m = 0, , low = 0, high = 0]: number[]): void {
    const number = low + high * 256;
    if (m !== 0x32 || (number !== 50 && number !== 178)) return mechanics.unknown([0x1d, 0x67, m, low]);
    const digits = [...String(mechanics.cuts())].map((digit) => digit.charCodeAt(0));
    mechanics.answer([0x5f, ...digits, 0]);
  }

  function raster([, , xL = 0, xH = 0, yL = 0, yH = 0, ...bits]: number[]): void {
    mechanics.print({
      kind: 'raster',
      align: modes.align,
      widthBytes: xL + xH * 256,
      rows: yL + yH * 256,
      bits: new Uint8Array(bits),
    });
  }

  type Action = (parameters: number[]) => void;
  const on = (n: number | undefined) => ((n ?? 0) & 1) === 1;
  const nothing: Action = () => {};
  const actions: Record<string, Action> = {
    text: ([byte = 0x20]) => put(characterOf(byte, modes.page)),
    LF: endLine,
    CR: nothing,
    FF: nothing,
    NUL: nothing,
    HT: () => {
      do put(' ');
      while (used() % TAB_COLUMNS !== 0);
    },
    'ESC @': () => {
      line = [];
      modes = { ...powerOnModes() };
    },
    'ESC !': ([n = 0]) => printMode(n),
    'ESC -': ([n]) => (modes.style.underline = n !== 0 && n !== 48),
    'ESC 2': () => (modes.lineDots = LINE_DOTS),
    'ESC 3': ([n = 0]) => (modes.lineDots = n),
    'ESC E': ([n]) => (modes.style.bold = on(n)),
    'ESC G': ([n]) => (modes.style.bold = on(n)),
    'ESC J': ([n = 0]) => feed(n),
    'ESC a': ([n = 0]) => (modes.align = ALIGNS[n % 48] ?? 'left'),
    'ESC d': ([n = 0]) => feed(n * modes.lineDots),
    'ESC p': ([m = 0, t1 = 0]) => mechanics.pulse({ pin: m === 0 || m === 48 ? 2 : 5, onMs: t1 * 2 }),
    'ESC t': ([n = 0]) => {
      if (isCodePage(n)) modes.page = n;
      else mechanics.unknown([0x1b, 0x74, n]);
    },
    'GS !': ([n = 0]) => Object.assign(modes.style, { width: (n >> 4) + 1, height: (n & 7) + 1 }),
    'GS B': ([n]) => (modes.style.invert = on(n)),
    'GS H': ([n = 0]) => (modes.barcode.text = n % 48 !== 0),
    'GS h': ([n = 0]) => (modes.barcode.heightDots = n),
    'GS w': ([n = 0]) => (modes.barcode.moduleDots = n),
    'GS V': ([m = 0, n = 0]) => cut(m, n),
    'GS k': barcode,
    'GS (': grouped,
    'GS g': counter,
    'GS v': raster,
    'GS r': ([n]) => mechanics.answer([n === 1 || n === 49 ? mechanics.realTimeStatus(4) & 0x6c : 0]),
    'GS I': () => mechanics.answer([0x5f, ...[...'EVERTILL TWIN'].map((sign) => sign.charCodeAt(0)), 0]),
    'DLE DC4': ([fn, m, t = 1]) => {
      if (fn === 1) mechanics.pulse({ pin: m === 0 ? 2 : 5, onMs: t * 100 });
    },
    unknown: (bytes) => mechanics.unknown(bytes),
  };
  /** Known to real printers and without effect on this one. DLE EOT was answered when it arrived. */
  for (const name of [
    'DLE EOT',
    'DLE ENQ',
    'GS a',
    'GS f',
    'GS L',
    'GS W',
    'ESC M',
    'ESC R',
    'ESC =',
    'ESC V',
    'ESC {',
  ])
    actions[name] = nothing;
  for (const name of ['ESC  ', 'ESC r', 'ESC $', 'ESC \\', 'ESC D', 'ESC *', 'FS .', 'FS &', 'FS !'])
    actions[name] = nothing;

  return {
    execute({ name, parameters }) {
      actions[name]?.(parameters);
    },
    reset() {
      modes = powerOnModes();
      line = [];
    },
  };
}

const OLD_BARCODES = ['upca', 'upce', 'ean13', 'ean8', 'code39', 'itf', 'codabar'];
const BARCODES: Record<number, string> = {
  65: 'upca',
  66: 'upce',
  67: 'ean13',
  68: 'ean8',
  69: 'code39',
  70: 'itf',
  71: 'codabar',
  72: 'code93',
  73: 'code128',
};

function barcodeOf(m: number, data: number[]): { symbology: string; value: string } | null {
  const symbology = m <= 6 ? OLD_BARCODES[m] : BARCODES[m];
  if (symbology === undefined) return null;
  return { symbology, value: symbology === 'code128' ? code128Text(data) : String.fromCharCode(...data) };
}

/** Text of GS k 73: `{A`, `{B`, `{C` choose the code set, `{{` is a brace; in set C each byte is two digits. */
function code128Text(data: number[]): string {
  let text = '';
  let set = 'B';
  for (let index = 0; index < data.length; index += 1) {
    const byte = data[index] ?? 0;
    if (byte !== 0x7b) {
      text += set === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte);
      continue;
    }
    index += 1;
    const choice = String.fromCharCode(data[index] ?? 0);
    if (choice === '{') text += '{';
    else if (choice === 'A' || choice === 'B' || choice === 'C') set = choice;
  }
  return text;
}
