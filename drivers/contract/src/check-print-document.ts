import type { ColumnCell, PaperColumns, PrintBlock, PrintDocument } from './print-document.ts';

/** Limits of a document. A 400-line sale with modifiers, taxes and footer stays well below them. */
export const PRINT_LIMITS = {
  blocks: 4_000,
  textLength: 1_000,
  /** UTF-16 units of all texts together. */
  totalTextLength: 200_000,
  cells: 8,
  feedLines: 20,
  cuts: 5,
  barcodeLength: 40,
  /** UTF-8 bytes; a QR code of error correction L holds 2,953 at most, 1,200 stay readable on 58 mm paper. */
  qrBytes: 1_200,
  pulseMs: { min: 20, max: 500 },
} as const;

export type PrintDocumentCheck =
  | { ok: true; document: PrintDocument }
  | { ok: false; error: { code: 'print-document-invalid'; at: string } };

const ALIGNS = ['left', 'center', 'right'] as const;
const SIZES = ['normal', 'tall', 'wide', 'large'] as const;
const RULES = ['single', 'double'] as const;
const CUTS = ['full', 'partial'] as const;
const CORRECTIONS = ['L', 'M', 'Q', 'H'] as const;

type Fields = Record<string, unknown>;
/** Gives the block with known fields only, or the name of the field that is wrong. */
type BlockCheck = (fields: Fields, columns: PaperColumns) => PrintBlock | string;

/**
 * Parses what comes back from the spool's JSON. `at` names the place that was refused, such as `blocks[3].text`.
 * Control characters in texts pass: a product may be named anything, its receipt prints all the same (the encoder strips them).
 */
export function checkPrintDocument(value: unknown): PrintDocumentCheck {
  if (!isObject(value)) return refused('document');
  if (value.v !== 1) return refused('v');
  const { columns, blocks } = value;
  if (columns !== 32 && columns !== 42 && columns !== 48) return refused('columns');
  if (!Array.isArray(blocks) || blocks.length > PRINT_LIMITS.blocks) return refused('blocks');
  const checked: PrintBlock[] = [];
  for (const [index, fields] of blocks.entries()) {
    const block = checkBlock(fields, columns);
    if (typeof block === 'string') return refused(`blocks[${index}].${block}`);
    checked.push(block);
  }
  if (count(checked, 'cut') > PRINT_LIMITS.cuts || count(checked, 'drawerKick') > 1) return refused('blocks');
  if (totalTextLength(checked) > PRINT_LIMITS.totalTextLength) return refused('blocks');
  return { ok: true, document: { v: 1, columns, blocks: checked } };
}

function checkBlock(fields: unknown, columns: PaperColumns): PrintBlock | string {
  if (!isObject(fields)) return 'kind';
  const check =
    typeof fields.kind === 'string' &&
    Object.hasOwn(blockChecks, fields.kind) &&
    blockChecks[fields.kind as PrintBlock['kind']];
  return check ? check(fields, columns) : 'kind';
}

const blockChecks: Record<PrintBlock['kind'], BlockCheck> = {
  text(fields) {
    if (!isText(fields.text)) return 'text';
    if (!isOption(fields.align, ALIGNS)) return 'align';
    if (!isOption(fields.size, SIZES)) return 'size';
    if (!isFlag(fields.bold)) return 'bold';
    if (!isFlag(fields.invert)) return 'invert';
    const { text, align, size, bold, invert } = fields;
    return { kind: 'text', text, ...set({ align, size, bold, invert }) };
  },
  columns(fields, columns) {
    if (!isOption(fields.size, SIZES)) return 'size';
    if (!isFlag(fields.bold)) return 'bold';
    const { size, bold } = fields;
    const available = size === 'wide' || size === 'large' ? Math.floor(columns / 2) : columns;
    const cells = checkCells(fields.cells, available);
    return cells === null ? 'cells' : { kind: 'columns', cells, ...set({ size, bold }) };
  },
  rule({ style }) {
    if (!isOption(style, RULES)) return 'style';
    return { kind: 'rule', ...set({ style }) };
  },
  feed({ lines }) {
    return isWhole(lines, 1, PRINT_LIMITS.feedLines) ? { kind: 'feed', lines } : 'lines';
  },
  barcode({ symbology, value, showText }) {
    if (symbology !== 'code128' && symbology !== 'ean13') return 'symbology';
    if (typeof value !== 'string' || !barcodeValues[symbology].test(value)) return 'value';
    if (!isFlag(showText)) return 'showText';
    return { kind: 'barcode', symbology, value, ...set({ showText }) };
  },
  qr({ value, moduleDots, correction }) {
    if (typeof value !== 'string' || value.length === 0 || utf8Length(value) > PRINT_LIMITS.qrBytes) return 'value';
    if (moduleDots !== undefined && !isWhole(moduleDots, 1, 8)) return 'moduleDots';
    if (!isOption(correction, CORRECTIONS)) return 'correction';
    return { kind: 'qr', value, ...set({ moduleDots, correction }) };
  },
  cut({ mode }) {
    if (!isOption(mode, CUTS)) return 'mode';
    return { kind: 'cut', ...set({ mode }) };
  },
  drawerKick({ pin, pulseMs }) {
    if (pin !== 2 && pin !== 5) return 'pin';
    if (!isWhole(pulseMs, PRINT_LIMITS.pulseMs.min, PRINT_LIMITS.pulseMs.max)) return 'pulseMs';
    return { kind: 'drawerKick', pin, pulseMs };
  },
};

const barcodeValues = {
  code128: new RegExp(`^[\\x20-\\x7e]{1,${PRINT_LIMITS.barcodeLength}}$`),
  ean13: /^[0-9]{13}$/,
};

function checkCells(cells: unknown, available: number): ColumnCell[] | null {
  if (!Array.isArray(cells) || cells.length === 0 || cells.length > PRINT_LIMITS.cells) return null;
  const checked: ColumnCell[] = [];
  let used = 0;
  for (const cell of cells) {
    if (!isObject(cell) || !isText(cell.text) || !isWhole(cell.width, 1, available) || !isOption(cell.align, ALIGNS))
      return null;
    const { text, width, align } = cell;
    used += width;
    checked.push({ text, width, ...set({ align }) });
  }
  return used <= available ? checked : null;
}

/** UTF-8 bytes of a text; a lone surrogate counts as the replacement character that it becomes. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function totalTextLength(blocks: PrintBlock[]): number {
  let length = 0;
  for (const block of blocks) {
    if (block.kind === 'text') length += block.text.length;
    if (block.kind === 'columns') for (const cell of block.cells) length += cell.text.length;
  }
  return length;
}

function count(blocks: PrintBlock[], kind: PrintBlock['kind']): number {
  return blocks.filter((block) => block.kind === kind).length;
}

/** The fields that are set: an absent option stays absent. */
function set<T extends Fields>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function refused(at: string): PrintDocumentCheck {
  return { ok: false, error: { code: 'print-document-invalid', at } };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= PRINT_LIMITS.textLength;
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

/** An option that is absent or one of the words. */
function isOption<T extends string>(value: unknown, words: readonly T[]): value is T | undefined {
  return value === undefined || words.includes(value as T);
}

function isFlag(value: unknown): value is boolean | undefined {
  return value === undefined || typeof value === 'boolean';
}
