/** What a printer would do with its bytes, as far as money is concerned. Graphics and looks are skipped over. */
export type PaperEvent =
  | { kind: 'line'; text: string }
  | { kind: 'cut' }
  | { kind: 'kick' }
  /** ESC @: a document begins; the line in the making is dropped. */
  | { kind: 'start' }
  | { kind: 'barcode'; text: string };

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const DLE = 0x10;
const LF = 0x0a;

/** Parameter bytes after the command's two, for commands of fixed length (Epson, ESC/POS command reference). */
const ESC_FIXED: Readonly<Record<string, number>> = {
  '@': 0, '2': 0, '<': 0, 'L': 0, 'S': 0, '\f': 0, 'i': 0, 'm': 0, 'v': 0, 'Z': 0,
  '!': 1, '-': 1, 'E': 1, 'G': 1, 'M': 1, 'a': 1, 'd': 1, 'e': 1, 'J': 1, 'K': 1, 't': 1, 'R': 1, ' ': 1, '3': 1, '{': 1,
  'V': 1, '%': 1, '=': 1, '?': 1, 'T': 1, 'U': 1, 'r': 1, 'u': 1,
  'c': 2, '$': 2, '\\': 2, 'p': 3, 'W': 8,
}; // prettier-ignore
const GS_FIXED: Readonly<Record<string, number>> = {
  '!': 1, 'B': 1, 'b': 1, 'H': 1, 'h': 1, 'w': 1, 'f': 1, 'a': 1, 'I': 1, 'r': 1, 'E': 1, 'T': 1, '/': 1, ':': 0,
  'L': 2, 'W': 2, 'P': 2, '$': 2, '\\': 2, '^': 3, 'g': 4, 'z': 3,
}; // prettier-ignore
const FS_FIXED: Readonly<Record<string, number>> = { '.': 0, '&': 0, '!': 1, '-': 1, 'W': 1, 'C': 1, 'S': 2, 'p': 2 }; // prettier-ignore
/** Bytes after DLE DC4 and its function. */
const DLE_DC4: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 5, 7: 1, 8: 7 };

/**
 * Reads raw ESC/POS bytes as a printer does: text lines between commands, cuts, drawer kicks and barcodes. What is cut off in the
 * middle of a command ends the reading, as it leaves a printer waiting.
 */
export function scanBytes(bytes: Uint8Array): PaperEvent[] {
  const events: PaperEvent[] = [];
  let text = '';
  const endLine = (): void => {
    if (text.trim() !== '') events.push({ kind: 'line', text: text.trimEnd() });
    text = '';
  };
  let position = 0;
  while (position < bytes.length) {
    const byte = bytes[position] ?? 0;
    if (byte === ESC || byte === GS || byte === FS || byte === DLE) {
      const command = readCommand(bytes, position);
      if (command.event?.kind === 'cut') endLine();
      if (command.event?.kind === 'start') text = '';
      if (command.event) events.push(command.event);
      position = command.next;
    } else {
      if (byte === LF) endLine();
      else if (byte >= 0x20) text += String.fromCharCode(byte);
      else if (byte === 0x09) text += ' ';
      position += 1;
    }
  }
  endLine();
  return events;
}

type Command = {
  next: number;
  event?: PaperEvent;
  /** ESC @ throws away the line begun before it. */ starts?: boolean;
};

function readCommand(bytes: Uint8Array, at: number): Command {
  const lead = bytes[at];
  const name = String.fromCharCode(bytes[at + 1] ?? 0);
  const after = at + 2;
  if (lead === ESC) return readEsc(bytes, name, after);
  if (lead === GS) return readGs(bytes, name, after);
  if (lead === FS) {
    if (name === '(') return { next: after + 3 + wordAt(bytes, after + 1) };
    return { next: after + (FS_FIXED[name] ?? 0) };
  }
  if (bytes[at + 1] === 0x04) return { next: after + ((bytes[after] ?? 0) >= 7 ? 2 : 1) };
  if (bytes[at + 1] === 0x05) return { next: after + 1 };
  if (bytes[at + 1] === 0x14) {
    const kick: { event?: PaperEvent } = bytes[after] === 1 ? { event: { kind: 'kick' } } : {};
    return { next: after + 1 + (DLE_DC4[bytes[after] ?? 0] ?? 0), ...kick };
  }
  return { next: at + 1 };
}

function readEsc(bytes: Uint8Array, name: string, after: number): Command {
  switch (name) {
    case 'p':
      return { next: after + 3, event: { kind: 'kick' } };
    case 'i':
    case 'm':
      return { next: after, event: { kind: 'cut' } };
    case '@':
      return { next: after, event: { kind: 'start' } };
    case 'D':
      return { next: afterNul(bytes, after) };
    case '(':
      return { next: after + 3 + wordAt(bytes, after + 1) };
    case '*': {
      const bytesPerColumn = (bytes[after] ?? 0) >= 32 ? 3 : 1;
      return { next: after + 3 + wordAt(bytes, after + 1) * bytesPerColumn };
    }
    default:
      return { next: after + (ESC_FIXED[name] ?? 0) };
  }
}

function readGs(bytes: Uint8Array, name: string, after: number): Command {
  switch (name) {
    case 'V': {
      const mode = bytes[after] ?? 0;
      return { next: after + (mode >= 65 ? 2 : 1), event: { kind: 'cut' } };
    }
    case 'k':
      return readBarcode(bytes, after);
    case '(':
      return { next: after + 3 + wordAt(bytes, after + 1) };
    case '8':
      return { next: after + 5 + wordAt(bytes, after + 1) + wordAt(bytes, after + 3) * 65_536 };
    case 'v':
      return { next: after + 6 + wordAt(bytes, after + 2) * wordAt(bytes, after + 4) };
    case '*':
      return { next: after + 2 + (bytes[after] ?? 0) * (bytes[after + 1] ?? 0) * 8 };
    default:
      return { next: after + (GS_FIXED[name] ?? 0) };
  }
}

function readBarcode(bytes: Uint8Array, after: number): Command {
  const symbology = bytes[after] ?? 0;
  const counted = symbology >= 65;
  const from = counted ? after + 2 : after + 1;
  const to = counted ? from + (bytes[after + 1] ?? 0) : afterNul(bytes, from) - 1;
  const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));
  // Code 128 names its code set first, as {A, {B or {C.
  return { next: counted ? to : to + 1, event: { kind: 'barcode', text: text.replace(/\{[ABCS1-4]/g, '') } };
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
}

function afterNul(bytes: Uint8Array, from: number): number {
  const nul = bytes.indexOf(0, from);
  return nul < 0 ? bytes.length : nul + 1;
}
