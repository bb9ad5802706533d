import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { virtualPrinter, type VirtualPrinter } from '@evertill/receipt-printer/virtual';
import { serialCable, type SerialCable } from './serial-cable.ts';
import { nowMs } from './waiting.ts';

const PRINTER_BAUD = 38_400;
const SCANNER_BAUD = 9_600;

/**
 * A counter with devices that are not part of the application and live on when it dies: a virtual printer and a scanner on serial lines of their
 * own, and a log of every byte that came out of the printer's line.
 */
export type Counter = {
  printer: VirtualPrinter;
  printerCable: SerialCable;
  scannerCable: SerialCable;
  /** What the application is told on its command line. */
  args: string[];
  printerLogFile: string;
  printerBytes(): Buffer;
  /** When the first bytes of a document (not of a status request) left the application after this moment; `null` if none did. */
  firstPrintedAfter(sinceMs: number): number | null;
  /** Scans a code; answers when the last byte was written, in ms since the epoch. */
  scan(code: string): number;
  dispose(): Promise<void>;
};

const wallClock = {
  nowMs: () => Date.now(),
  after(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export async function setUpCounter(options: { folder: string; linesPerSecond?: number }): Promise<Counter> {
  const printerLogFile = path.join(options.folder, 'printer-bytes.bin');
  writeFileSync(printerLogFile, '');
  const printer = virtualPrinter({ columns: 48, clock: wallClock });
  printer.setSpeed(options.linesPerSecond ?? 0);
  const printedAt: number[] = [];
  const printerCable = await serialCable({
    folder: options.folder,
    name: 'printer',
    baudRate: PRINTER_BAUD,
    onSent: (bytes, atMs) => {
      if (hasInk(bytes)) printedAt.push(atMs);
    },
    onBytes: (bytes) => {
      appendFileSync(printerLogFile, bytes);
      printer.receive(bytes);
    },
  });
  printer.onAnswer((bytes) => printerCable.write(bytes));
  const scannerCable = await serialCable({
    folder: options.folder,
    name: 'scanner',
    baudRate: SCANNER_BAUD,
    onBytes: () => undefined,
  });
  return {
    printer,
    printerCable,
    scannerCable,
    args: [
      `--printer=serial:${printerCable.path}@${PRINTER_BAUD}`,
      `--scanner=serial:${scannerCable.path}@${SCANNER_BAUD}`,
    ],
    printerLogFile,
    printerBytes: () => readFileSync(printerLogFile),
    firstPrintedAfter: (sinceMs) => printedAt.find((atMs) => atMs > sinceMs) ?? null,
    scan: (code) => {
      scannerCable.write(Buffer.from(`${code}\r`, 'latin1'));
      return nowMs();
    },
    dispose: async () => {
      await printerCable.dispose();
      await scannerCable.dispose();
    },
  };
}

/** Longer than any question the register asks of a printer between jobs: a piece of a document. */
const SHORTEST_DOCUMENT_BYTES = 48;

const hasInk = (bytes: Uint8Array): boolean => bytes.length >= SHORTEST_DOCUMENT_BYTES;
