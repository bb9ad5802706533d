import {
  checkPrintDocument,
  cutsIn,
  type ColumnsBlock,
  type PrintBlock,
  type PrintDocument,
  type PrintSize,
  type TextBlock,
} from '@evertill/driver-contract';
import type { PrinterProfile } from '../profile/printer-profile.ts';
import { cleanPayload } from './clean-text.ts';
import { drawerPulse, qrPrint, qrSettings, qrStore } from './commands.ts';
import { columnLines, wrap } from './layout.ts';
import { pageBuilder, type PageBuilder } from './page-builder.ts';
import { printableText, type PrintableText } from './printable-text.ts';

export type EncodeOptions = {
  /** False leaves the drawer kick out. */
  openDrawer: boolean;
  /** True cuts off what an interrupted attempt may have left, and marks this one on top. */
  interruptedBefore: boolean;
};

export type EncodedDocument = {
  /**
   * The bytes in pieces between which a real-time command may be sent. Inside a piece it would be taken for data of the
   * command that is under way.
   */
  pieces: Uint8Array[];
  unprintable: string[];
};

export type EncodeResult =
  | { ok: true; encoded: EncodedDocument }
  | { ok: false; error: { code: 'print-document-invalid'; at: string } };

export const REPRINT_MARK = 'REPRINTED AFTER INTERRUPTION';

const QR_MODULE_DOTS = 4;

type Setting = { columns: number; builder: PageBuilder; texts: PrintableText; feedBeforeCutLines: number };

/** How far the printer's cut counter must have advanced when the job is out. */
export function cutsOfJob(job: { document: PrintDocument; interruptedBefore: boolean }): number {
  return cutsIn(job.document) + (job.interruptedBefore ? 1 : 0);
}

/**
 * A document in ESC/POS. The drawer goes first: it opens while the receipt is still printing (CA-15).
 * Whatever the document's texts contain, only the commands of this encoder reach the printer.
 */
export function encodeDocument(document: unknown, profile: PrinterProfile, options: EncodeOptions): EncodeResult {
  const checked = checkPrintDocument(document);
  if (!checked.ok) return checked;
  const { columns, blocks } = checked.document;
  const texts = printableText(profile.codePages);
  const builder = pageBuilder(profile.codePages, texts);
  const setting: Setting = { columns, builder, texts, feedBeforeCutLines: profile.feedBeforeCutLines };
  const pieces: Uint8Array[] = [];

  builder.begin();
  pieces.push(builder.take());
  if (options.openDrawer) for (const block of blocks) if (block.kind === 'drawerKick') pieces.push(drawerPulse(block));
  if (options.interruptedBefore) pieces.push(...reprintMark(setting));
  for (const block of blocks) pieces.push(...piecesOf(block, setting));
  return { ok: true, encoded: { pieces: pieces.filter((piece) => piece.length > 0), unprintable: texts.unprintable } };
}

function reprintMark(setting: Setting): Uint8Array[] {
  const mark: TextBlock = { kind: 'text', text: REPRINT_MARK, align: 'center', bold: true, invert: true };
  return [
    ...piecesOf({ kind: 'feed', lines: 1 }, setting),
    ...piecesOf({ kind: 'cut', mode: 'partial' }, setting),
    ...piecesOf(mark, setting),
    ...piecesOf({ kind: 'feed', lines: 1 }, setting),
  ];
}

function piecesOf(block: PrintBlock, setting: Setting): Uint8Array[] {
  const { builder } = setting;
  switch (block.kind) {
    case 'text':
      writeText(block, setting);
      break;
    case 'columns':
      writeColumns(block, setting);
      break;
    case 'rule':
      writeRule(block.style ?? 'single', setting);
      break;
    case 'feed':
      builder.feed(block.lines);
      break;
    case 'barcode':
      writeBarcode(block, builder);
      break;
    case 'qr':
      return writeQr(block, builder);
    case 'cut':
      builder.feed(setting.feedBeforeCutLines);
      builder.cut(block.mode ?? 'full');
      break;
    case 'drawerKick':
      return [];
  }
  return [builder.take()];
}

function columnsAt(size: PrintSize, columns: number): number {
  return size === 'wide' || size === 'large' ? Math.floor(columns / 2) : columns;
}

function writeText({ text, align, bold, size, invert }: TextBlock, { columns, builder, texts }: Setting): void {
  const width = columnsAt(size ?? 'normal', columns);
  const lines = text.split(/\r\n|[\r\n]/u).flatMap((line) => wrap(texts.printable(line), width));
  builder.text(lines, {
    align: align ?? 'left',
    bold: bold ?? false,
    size: size ?? 'normal',
    invert: invert ?? false,
  });
}

function writeColumns({ cells, bold, size }: ColumnsBlock, { builder, texts }: Setting): void {
  const lines = columnLines(
    cells.map(({ text, width, align }) => ({ text: texts.printable(text), width, align: align ?? 'left' })),
  );
  builder.text(lines, { align: 'left', bold: bold ?? false, size: size ?? 'normal', invert: false });
}

/** Box-drawing lines where the printer has them: they join up to one line across the paper. */
function writeRule(style: 'single' | 'double', { columns, builder, texts }: Setting): void {
  const [line, plain] = style === 'double' ? ['═', '='] : ['─', '-'];
  const sign = texts.has(line) ? line : plain;
  builder.text([sign.repeat(columns)], { align: 'left', bold: false, size: 'normal', invert: false });
}

function writeBarcode(block: Extract<PrintBlock, { kind: 'barcode' }>, builder: PageBuilder): void {
  const showText = block.showText ?? true;
  builder.alignCenter();
  if (block.symbology === 'code128') builder.code128(block.value, showText);
  else builder.ean13(block.value, showText);
  builder.alignLeft();
}

function writeQr(block: Extract<PrintBlock, { kind: 'qr' }>, builder: PageBuilder): Uint8Array[] {
  builder.alignCenter();
  const centre = builder.take();
  builder.alignLeft();
  const value = new TextEncoder().encode(cleanPayload(block.value));
  const settings = qrSettings(block.moduleDots ?? QR_MODULE_DOTS, block.correction ?? 'M');
  return [centre, settings, qrStore(value), qrPrint(), builder.take()];
}
