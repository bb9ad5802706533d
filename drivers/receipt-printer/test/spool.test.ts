import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrintBlock, SpoolStore } from '@evertill/driver-contract';
import { spoolStoreInMemory, type SpoolStoreInMemory } from '@evertill/driver-contract/testing';
import { openLink, systemClock } from '@evertill/link';
import { epsonProfile, escPosPrinter, oneWayProfile, REPRINT_MARK, startSpool, type SpoolEvent } from '../src/index.ts';
import { rollText, serveVirtualPrinter, type ServedVirtualPrinter } from '../src/virtual/index.ts';

const limits = { pollEveryMs: 20, busyPollEveryMs: 10, statusDeadlineMs: 100, silenceMs: 150, counterPatienceMs: 150 };
const DEADLINE_MS = 15_000;

const kick: PrintBlock = { kind: 'drawerKick', pin: 2, pulseMs: 100 };

/** A receipt whose every line names the job, so that the paper can be counted. */
function receipt(jobId: string, lines = 40): PrintBlock[] {
  const text = Array.from({ length: lines }, (_, index): PrintBlock => ({
    kind: 'text',
    text: `${jobId} line ${index}`,
  }));
  return [kick, ...text, { kind: 'text', text: `${jobId} TOTAL` }, { kind: 'cut', mode: 'partial' }];
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const endsAtMs = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > endsAtMs) throw new Error(`not within ${DEADLINE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the spool', () => {
  let twin: ServedVirtualPrinter;
  let store: SpoolStoreInMemory;
  let events: SpoolEvent[];
  /** One life of the register's process. */
  let process: { die(): Promise<void> } | null;

  beforeEach(async () => {
    twin = await serveVirtualPrinter({ port: 0, columns: 42 });
    store = spoolStoreInMemory();
    events = [];
    process = null;
  });

  afterEach(async () => {
    await process?.die();
    await twin.dispose();
  });

  function start(overrides: Partial<SpoolStore> = {}, profile = epsonProfile): void {
    const link = openLink({ kind: 'tcp', host: '127.0.0.1', port: twin.port }, { limits: { backoffMs: [20] } });
    const printer = escPosPrinter({ link, profile, clock: systemClock, limits });
    const spool = startSpool({
      store: { ...store, ...overrides },
      printer,
      clock: systemClock,
      limits: { retryEveryMs: 30 },
      onEvent: (event) => events.push(event),
      onFault: () => {},
    });
    process = {
      async die() {
        process = null;
        await Promise.all([spool.dispose(), printer.dispose(), link.dispose()]);
      },
    };
  }

  function add(jobId: string, blocks: PrintBlock[] = receipt(jobId), kind: 'receipt' | 'drawer' = 'receipt'): void {
    store.add({ jobId, kind, document: { v: 1, columns: 42, blocks }, createdAtMs: 0 });
  }

  const stateOf = (jobId: string) => store.get(jobId)?.state;
  const printed = (jobId: string) => until(() => stateOf(jobId) === 'printed', `${jobId} is printed`);
  const paper = () => rollText(twin.printer.roll);
  const times = (text: string) => paper().split(text).length - 1;

  it('prints what waits, in order, each once, and opens the drawer for each', async () => {
    for (const jobId of ['a', 'b', 'c']) add(jobId);
    start();
    await printed('c');
    expect(paper().match(/\w TOTAL/g)).toEqual(['a TOTAL', 'b TOTAL', 'c TOTAL']);
    expect(twin.printer.drawerKicks).toHaveLength(3);
    add('d');
    await printed('d');
    expect(times('d TOTAL')).toBe(1);
    expect(paper()).not.toContain(REPRINT_MARK);
    expect(events.filter(({ kind }) => kind === 'printed')).toMatchObject(Array(4).fill({ confirmedBy: 'printer' }));
  });

  it('[IT-04] waits for paper in the middle of a receipt and finishes it once', async () => {
    twin.printer.paperOutAfterLines(10);
    add('a');
    start();
    await until(() => twin.printer.roll.items.length >= 10, 'the paper is out');
    expect(stateOf('a')).toBe('printing');
    twin.printer.loadPaper();
    await printed('a');
    expect(times('a TOTAL')).toBe(1);
    expect(twin.printer.drawerKicks).toHaveLength(1);
  });

  it('[IT-04] keeps a job while the printer is off and prints it when it is back', async () => {
    twin.printer.powerOff();
    start();
    add('a');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stateOf('a')).toBe('waiting');
    twin.printer.powerOn();
    await printed('a');
    expect(paper()).not.toContain(REPRINT_MARK);
  });

  it('reprints with a mark, and without the drawer, what lost its power in the middle', async () => {
    twin.printer.powerOffAtByte(400);
    add('a');
    start();
    await until(() => !twin.printer.powered, 'the power is off');
    twin.printer.powerOn();
    await printed('a');
    expect(times('a TOTAL')).toBe(1);
    expect(times(REPRINT_MARK)).toBe(1);
    expect(twin.printer.drawerKicks).toHaveLength(1);
    expect(events.map(({ kind }) => kind)).toEqual(['printing', 'requeued', 'printing', 'printed']);
  });

  it('takes a receipt for printed that came out although the process died before it heard so', async () => {
    let died = false;
    const markPrinted = () => {
      died = true;
      throw new Error('the process is dead');
    };
    add('a');
    start({ markPrinted });
    await until(() => died, 'the process died');
    await process?.die();
    expect(stateOf('a')).toBe('printing');
    start();
    await printed('a');
    expect(times('a TOTAL')).toBe(1);
    expect(paper()).not.toContain(REPRINT_MARK);
    expect(events.at(-1)).toMatchObject({ kind: 'printed', confirmedBy: 'cut-counter' });
  });

  it('reprints with a mark when the process died after it had begun and before anything was sent', async () => {
    add('a');
    store.markPrinting('a', { cutCountBefore: twin.printer.cuts });
    start();
    await printed('a');
    expect(times(REPRINT_MARK)).toBe(1);
    expect(twin.printer.drawerKicks).toHaveLength(0);
  });

  it('ends a command that the dead process left half sent, and does not print its rest as text', async () => {
    // GS ( k with 1,000 bytes announced and 3 sent: whatever comes next would be taken for its data.
    twin.printer.receive(new Uint8Array([0x1d, 0x28, 0x6b, 0xe8, 0x03, 0x31, 0x50, 0x30]));
    add('a');
    store.markPrinting('a', { cutCountBefore: 0 });
    start();
    await printed('a');
    expect(times('a TOTAL')).toBe(1);
    expect(twin.printer.unknown).toEqual([]);
  });

  it('[I19] leaves a document that cannot be printed to a person, and goes on', async () => {
    add('poison', [{ kind: 'feed', lines: 10_000 }]);
    add('b');
    start();
    await printed('b');
    expect(stateOf('poison')).toBe('interrupted');
  });

  it('[I19] gives up a job that never comes out', async () => {
    add('a');
    start();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await until(() => twin.printer.powered && stateOf('a') !== 'printed', 'the printer is on');
      twin.printer.powerOffAtByte(300);
      await until(() => !twin.printer.powered, `attempt ${attempt} was cut off`);
      twin.printer.powerOn();
    }
    await until(() => stateOf('a') === 'interrupted', 'the job is given up');
    expect(times('a TOTAL')).toBe(0);
    expect(twin.printer.drawerKicks.length).toBeLessThanOrEqual(1);
  });

  it('never opens the drawer a second time: an interrupted opening is left to a person', async () => {
    add('drawer', [kick], 'drawer');
    store.markPrinting('drawer', { cutCountBefore: 0 });
    start();
    await until(() => stateOf('drawer') === 'interrupted', 'the opening is left to a person');
    expect(twin.printer.drawerKicks).toHaveLength(0);
  });

  it('opens the drawer by itself, without a cut', async () => {
    add('drawer', [kick], 'drawer');
    start();
    await printed('drawer');
    expect(twin.printer.drawerKicks).toHaveLength(1);
    expect(twin.printer.roll.items).toEqual([]);
  });

  it('tries again when the store fails', async () => {
    let failures = 2;
    add('a');
    start({
      nextWaiting() {
        failures -= 1;
        if (failures >= 0) throw new Error('disk full');
        return store.nextWaiting();
      },
    });
    await printed('a');
    expect(times('a TOTAL')).toBe(1);
  });

  it('takes up again what a person released, after a nudge', async () => {
    add('a', [{ kind: 'text', text: 'a TOTAL' }]);
    store.markPrinting('a', { cutCountBefore: null });
    store.markInterrupted('a', 'test');
    start();
    add('b');
    await printed('b');
    store.requeueAsDuplicate('a', 'a person asked for it');
    add('c');
    await printed('a');
    expect(times('a TOTAL')).toBe(1);
  });

  it('believes a printer that cannot answer, and marks the reprint after a crash', async () => {
    add('a');
    store.markPrinting('a', { cutCountBefore: null });
    add('b');
    start({}, oneWayProfile);
    await printed('b');
    // Handed over is all that is known; the paper comes a moment later.
    await until(() => times('b TOTAL') === 1, 'b is on paper');
    expect(times(REPRINT_MARK)).toBe(1);
    expect(times('a TOTAL')).toBe(1);
    expect(events.at(-1)).toMatchObject({ kind: 'printed', confirmedBy: 'none' });
  });
});
