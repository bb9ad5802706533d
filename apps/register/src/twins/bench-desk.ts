import type { ServedVirtualScanner } from '@evertill/barcode-scanner/virtual';
import {
  cutApart,
  renderRollPng,
  rollText,
  type Roll,
  type ServedVirtualPrinter,
} from '@evertill/receipt-printer/virtual';
import type { BenchRequest, BenchState, PrinterFault } from '../contract/bench.ts';
import type { TrayMessage } from './twins-messages.ts';

/** So many of the newest receipts are drawn; the desk is not an archive. */
const RECEIPTS_SHOWN = 4;
const LINES_SHOWN_MAX = 2_000;
const LINE_LENGTH_MAX = 200;

type Scanner = Pick<ServedVirtualScanner, 'listeners' | 'scan'>;
type Printer = Pick<ServedVirtualPrinter, 'printer' | 'connected'>;

/** The desk with the virtual devices: what its window shows, and what a person's hand does there. */
export class BenchDesk {
  readonly #devices: { printer: Printer; scanner: Scanner };
  #fault: PrinterFault = 'none';
  #tray: TrayMessage['items'] = [];

  constructor(devices: { printer: Printer; scanner: Scanner }) {
    this.#devices = devices;
  }

  fillTray(items: TrayMessage['items']): void {
    this.#tray = items;
  }

  do(request: BenchRequest): void {
    const { printer } = this.#devices.printer;
    if (request.method === 'scan') this.#devices.scanner.scan(request.code);
    else if (request.method === 'newRoll') printer.tearOff();
    else this.#putFault(request.fault);
  }

  /** Which devices a register listens to. */
  connected(): BenchState['connected'] {
    const { printer, scanner } = this.#devices;
    return { printer: printer.connected, scanner: scanner.listeners > 0 };
  }

  state(): BenchState {
    const { printer } = this.#devices;
    const shown = newestReceipts(printer.printer.roll);
    const lines = rollText(shown).split('\n').slice(-LINES_SHOWN_MAX);
    return {
      roll: {
        pngUrl: shown.items.length === 0 ? null : `data:image/png;base64,${renderRollPng(shown).toString('base64')}`,
        lines: lines.map((line) => line.slice(0, LINE_LENGTH_MAX)),
        cutCount: printer.printer.cuts,
        drawerKicks: printer.printer.drawerKicks.length,
      },
      printerFault: this.#fault,
      connected: this.connected(),
      tray: this.#tray,
    };
  }

  /** One fault at a time: choosing another first puts the printer right. */
  #putFault(fault: PrinterFault): void {
    const { printer } = this.#devices.printer;
    printer.loadPaper();
    printer.closeCover();
    printer.powerOn();
    if (fault === 'paper-out') printer.paperOutAfterLines(0);
    else if (fault === 'cover-open') printer.openCover();
    else if (fault === 'off') printer.powerOff();
    this.#fault = fault;
  }
}

function newestReceipts(roll: Roll): Roll {
  const receipts = cutApart(roll).filter(({ items }) => items.length > 0);
  return { columns: roll.columns, items: receipts.slice(-RECEIPTS_SHOWN).flatMap(({ items }) => items) };
}
