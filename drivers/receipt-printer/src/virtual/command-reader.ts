/** One ESC/POS command with its parameters, or one character of text. */
export type Command = { name: string; parameters: number[] } | { name: 'text'; parameters: [number] };

/** How many parameters follow, as far as those read so far tell; `null`: not known yet. */
type Length = (read: readonly number[]) => number | null;

const none: Length = () => 0;
const fixed =
  (count: number): Length =>
  () =>
    count;
const at = (read: readonly number[], index: number): number => read[index] ?? 0;

/** `pL pH` and that many bytes. */
const counted: Length = (read) => (read.length < 2 ? null : 2 + at(read, 0) + at(read, 1) * 256);
/** A list that NUL ends. */
const untilNul: Length = (read) => (read.at(-1) === 0 ? read.length : null);

/** GS k: the old form ends with NUL, the newer one states its length. */
const barcode: Length = (read) => {
  if (read.length === 0) return null;
  if (at(read, 0) <= 6) return read.length > 1 && read.at(-1) === 0 ? read.length : null;
  return read.length < 2 ? null : 2 + at(read, 1);
};
/** GS V: cut, or feed and cut. */
const cut: Length = (read) => (read.length === 0 ? null : at(read, 0) >= 65 ? 2 : 1);
/** GS v 0 m xL xH yL yH and the dots. */
const raster: Length = (read) =>
  read.length < 6 ? null : 6 + (at(read, 2) + at(read, 3) * 256) * (at(read, 4) + at(read, 5) * 256);
/** ESC *: columns of 8 or 24 dots. */
const bitImage: Length = (read) =>
  read.length < 3 ? null : 3 + (at(read, 1) + at(read, 2) * 256) * (at(read, 0) >= 32 ? 3 : 1);
/** DLE DC4: a pulse, a power-off or a clearing of buffers. */
const realTime: Length = (read) => (read.length === 0 ? null : at(read, 0) === 8 ? 8 : 3);

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const DLE = 0x10;

/** From Epson's ESC/POS command reference; what is not here is unknown to this printer. */
const AFTER: Record<number, { prefix: string; commands: Record<string, Length> }> = {
  [ESC]: {
    prefix: 'ESC',
    commands: {
      '@': none,
      '2': none,
      ' ': fixed(1),
      '!': fixed(1),
      '-': fixed(1),
      '3': fixed(1),
      '=': fixed(1),
      E: fixed(1),
      G: fixed(1),
      J: fixed(1),
      M: fixed(1),
      R: fixed(1),
      V: fixed(1),
      a: fixed(1),
      d: fixed(1),
      r: fixed(1),
      t: fixed(1),
      '{': fixed(1),
      $: fixed(2),
      '\\': fixed(2),
      D: untilNul,
      p: fixed(3),
      '*': bitImage,
    },
  },
  [FS]: { prefix: 'FS', commands: { '.': none, '&': none, '!': fixed(1) } },
  [GS]: {
    prefix: 'GS',
    commands: {
      '!': fixed(1),
      B: fixed(1),
      H: fixed(1),
      I: fixed(1),
      a: fixed(1),
      f: fixed(1),
      h: fixed(1),
      r: fixed(1),
      w: fixed(1),
      L: fixed(2),
      W: fixed(2),
      g: fixed(4),
      k: barcode,
      V: cut,
      v: raster,
      '(': (read) => (read.length === 0 ? null : plusOne(counted(read.slice(1)))),
    },
  },
  [DLE]: { prefix: 'DLE', commands: { '\x04': fixed(1), '\x05': fixed(1), '\x14': realTime } },
};

function plusOne(length: number | null): number | null {
  return length === null ? null : length + 1;
}

const CONTROL_NAMES: Record<number, string> = { 0x00: 'NUL', 0x09: 'HT', 0x0a: 'LF', 0x0c: 'FF', 0x0d: 'CR' };

type Pending = { name: string; length: Length; parameters: number[] };

/** Cuts a stream of bytes into commands. An unknown command is named `unknown` with its bytes, and reading goes on after them. */
export function commandReader(): { read(byte: number): Command | null; reset(): void } {
  let prefix: number | null = null;
  let pending: Pending | null = null;

  function complete(): Command | null {
    if (pending === null || pending.length(pending.parameters) !== pending.parameters.length) return null;
    const { name, parameters } = pending;
    pending = null;
    return { name, parameters };
  }

  function begin(byte: number, after: number): Command | null {
    prefix = null;
    const { prefix: word, commands } = AFTER[after] ?? { prefix: '', commands: {} };
    const letter = String.fromCharCode(byte);
    const length = Object.hasOwn(commands, letter) ? commands[letter] : undefined;
    if (length === undefined) return { name: 'unknown', parameters: [after, byte] };
    pending = { name: `${word} ${DLE_NAMES[letter] ?? letter}`, length, parameters: [] };
    return complete();
  }

  return {
    read(byte) {
      if (pending !== null) {
        pending.parameters.push(byte);
        return complete();
      }
      if (prefix !== null) return begin(byte, prefix);
      if (byte in AFTER) {
        prefix = byte;
        return null;
      }
      if (byte >= 0x20) return { name: 'text', parameters: [byte] };
      const name = CONTROL_NAMES[byte];
      return name === undefined ? { name: 'unknown', parameters: [byte] } : { name, parameters: [] };
    },
    reset() {
      prefix = null;
      pending = null;
    },
  };
}

const DLE_NAMES: Record<string, string> = { '\x04': 'EOT', '\x05': 'ENQ', '\x14': 'DC4' };
