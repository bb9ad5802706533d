import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrintBlock, PrintDocument } from '../print-document.ts';
import type { PrinterState, PrintRequest, ReceiptPrinter } from '../receipt-printer.ts';

/** A printer of the kind under test with its twin at the other end of the cable. */
export type PrinterBench = {
  printer: ReceiptPrinter;
  /** Everything that is on paper, as text. */
  paper(): string;
  drawerKicks(): number;
  paperOutAfterLines(lines: number): void;
  loadPaper(): void;
  openCover(): void;
  closeCover(): void;
  powerOff(): void;
  powerOn(): void;
  /** Loses power when the nth further byte has arrived. */
  powerOffAtByte(count: number): void;
  dispose(): Promise<void>;
};

const DEADLINE_MS = 15_000;

/** What every driver of a printer with a way back does. */
export function printerConformance(name: string, makeBench: () => Promise<PrinterBench>): void {
  describe(`${name} is a receipt printer`, () => {
    let bench: PrinterBench;

    beforeEach(async () => {
      bench = await makeBench();
      await reaches('ready');
    });

    afterEach(() => bench.dispose());

    const reaches = async (state: PrinterState) => until(() => bench.printer.state === state);
    const cuts = async () => {
      const counted = await bench.printer.cutCount();
      return counted.ok ? counted.cuts : null;
    };

    it('confirms a job that is on paper, and its cut is counted', async () => {
      const before = await cuts();
      const outcome = await bench.printer.print(request([{ kind: 'text', text: 'first line' }, { kind: 'cut' }]));
      expect(outcome).toMatchObject({ ok: true, confirmedBy: 'printer' });
      expect(bench.paper()).toContain('first line');
      expect(await cuts()).toBe((before ?? 0) + 1);
    });

    it('refuses a document that is none, and prints nothing of it', async () => {
      const document = { v: 1, columns: 42, blocks: [{ kind: 'feed', lines: 9_999 }] } as PrintDocument;
      const outcome = await bench.printer.print({ ...request([]), document });
      expect(outcome).toMatchObject({ ok: false, error: { code: 'document-invalid' } });
      expect(bench.paper()).toBe('');
    });

    it('opens the drawer when told to, and not for a reprint', async () => {
      const kick: PrintBlock = { kind: 'drawerKick', pin: 2, pulseMs: 100 };
      await bench.printer.print(request([kick, { kind: 'text', text: 'x' }]));
      await bench.printer.print({ ...request([kick, { kind: 'text', text: 'x' }]), openDrawer: false });
      expect(bench.drawerKicks()).toBe(1);
    });

    it('never opens the drawer because of a text', async () => {
      await bench.printer.print(
        request([{ kind: 'text', text: 'Choc \u001bp\u0000\u0019\u0019 bar \u0010\u0014\u0001\u0000\u0001' }]),
      );
      expect(bench.drawerKicks()).toBe(0);
      expect(bench.paper()).toContain('Choc');
    });

    it('waits while the paper is out and goes on where it stopped, once', async () => {
      bench.paperOutAfterLines(30);
      const printing = bench.printer.print(request([...numbered(100), { kind: 'cut' }]));
      await reaches('paper-out');
      bench.loadPaper();
      expect(await printing).toMatchObject({ ok: true });
      expect(lineNumbers(bench.paper())).toEqual(numbered(100).map((_, index) => index));
    });

    it('refuses a job while the cover is open, and says so', async () => {
      bench.openCover();
      await reaches('cover-open');
      expect(await bench.printer.print(request(numbered(1)))).toMatchObject({
        ok: false,
        error: { code: 'not-ready' },
      });
      bench.closeCover();
      await reaches('ready');
    });

    it('says that a job was interrupted when the power goes in the middle; the counter shows that it is not out', async () => {
      const before = await cuts();
      bench.powerOffAtByte(600);
      const outcome = await bench.printer.print(request([...numbered(100), { kind: 'cut' }]));
      expect(outcome).toMatchObject({ ok: false, error: { code: 'interrupted' } });
      bench.powerOn();
      await reaches('ready');
      expect(await cuts()).toBe(before);
    });

    it('never takes a job for printed whose beginning a short power cut swallowed', async () => {
      bench.powerOffAtByte(600);
      const printing = bench.printer.print(request([...numbered(100), { kind: 'cut' }]));
      await pause(20);
      bench.powerOn();
      expect(await printing).toMatchObject({ ok: false, error: { code: 'interrupted' } });
    });

    it('[IT-03] shows that the printer is switched off, and finds it again by itself', async () => {
      bench.powerOff();
      await until(() => bench.printer.state === 'offline' || bench.printer.state === 'not-answering');
      bench.powerOn();
      await reaches('ready');
      expect(await bench.printer.print(request(numbered(3)))).toMatchObject({ ok: true });
    });

    it('prints one job at a time', async () => {
      const first = bench.printer.print(request(numbered(50)));
      expect(await bench.printer.print(request(numbered(1)))).toMatchObject({
        ok: false,
        error: { code: 'not-ready' },
      });
      expect(await first).toMatchObject({ ok: true });
    });

    it('ends a pending job on dispose', async () => {
      bench.paperOutAfterLines(1);
      const printing = bench.printer.print(request([...numbered(100), { kind: 'cut' }]));
      await reaches('paper-out');
      await bench.printer.dispose();
      expect(await printing).toMatchObject({ ok: false, error: { code: 'interrupted' } });
    });
  });
}

function request(blocks: PrintBlock[]): PrintRequest {
  return { jobId: 'job', document: { v: 1, columns: 42, blocks }, openDrawer: true, interruptedBefore: false };
}

function numbered(lines: number): PrintBlock[] {
  return Array.from({ length: lines }, (_, index) => ({ kind: 'text', text: `line ${index}` }));
}

function lineNumbers(paper: string): number[] {
  return [...paper.matchAll(/^line (\d+)$/gm)].map(([, number]) => Number(number));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean): Promise<void> {
  const endsAtMs = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > endsAtMs) throw new Error(`not within ${DEADLINE_MS} ms: ${condition}`);
    await pause(5);
  }
}
