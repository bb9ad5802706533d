import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BarcodeScanner, Scan } from '../barcode-scanner.ts';

/** A scanner of the kind under test with its twin at the other end of the cable. */
export type ScannerBench = {
  scanner: BarcodeScanner;
  /** Reads a symbol with the twin. */
  scan(code: string): void;
  /** Sends bytes as they are. */
  send(bytes: Uint8Array): void;
  unplug(): void;
  plug(): void;
  dispose(): Promise<void>;
};

const DEADLINE_MS = 8_000;

/** What every scanner driver does, whatever carries its bytes. */
export function scannerConformance(name: string, makeBench: () => Promise<ScannerBench>): void {
  describe(`${name} is a barcode scanner`, () => {
    let bench: ScannerBench;
    let scans: Scan[];

    beforeEach(async () => {
      bench = await makeBench();
      scans = [];
      bench.scanner.onScan((scan) => scans.push(scan));
      await until(() => bench.scanner.state === 'ready');
    });

    afterEach(() => bench.dispose());

    it('gives each symbol once and in order, without its terminator', async () => {
      const codes = ['4006381333931', 'ABC-123', 'https://example.com/?q=ä'];
      for (const code of codes) bench.scan(code);
      await until(() => scans.length === codes.length);
      expect(scans.map(({ code }) => code)).toEqual(codes);
      for (const scan of scans) expect(scan).toMatchObject({ symbology: null, atMs: expect.any(Number) });
    });

    it('gives two of the same item as two scans', async () => {
      bench.scan('4006381333931');
      bench.scan('4006381333931');
      await until(() => scans.length === 2);
    });

    it('[IT-03] is offline while unplugged and back by itself, without half a code from before', async () => {
      bench.send(bytesOf('400638'));
      bench.unplug();
      await until(() => bench.scanner.state === 'offline');
      bench.plug();
      await until(() => bench.scanner.state === 'ready');
      await retried(
        () => bench.scan('96385074'),
        () => scans.length > 0,
      );
      expect(new Set(scans.map(({ code }) => code))).toEqual(new Set(['96385074']));
    });

    it('never takes control bytes for a code', async () => {
      for (let byte = 0; byte < 0x20; byte += 1) {
        if (byte === 0x1d) continue;
        bench.send(new Uint8Array([0x31, 0x32, byte, 0x33, 0x34, 0x0d]));
      }
      bench.scan('the end');
      await until(() => scans.some(({ code }) => code === 'the end') || bench.scanner.state === 'flooded');
      for (const { code } of scans) expect(code).not.toMatch(/\p{Cc}/u);
    });

    it('survives a flood and says so', async () => {
      const garbage = new Uint8Array(64 * 1024).map((_, index) => (index * 73 + (index >> 7)) % 256);
      for (let sent = 0; sent < 16; sent += 1) bench.send(garbage);
      await until(() => bench.scanner.state === 'flooded');
      await until(() => bench.scanner.state === 'ready');
      const before = scans.length;
      await retried(
        () => bench.scan('4006381333931'),
        () => scans.length > before,
      );
      expect(scans.at(-1)?.code).toBe('4006381333931');
    });

    it('is silent after dispose', async () => {
      await bench.scanner.dispose();
      bench.scan('4006381333931');
      await pause(50);
      expect(scans).toEqual([]);
    });
  });
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean): Promise<void> {
  const endsAtMs = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > endsAtMs) throw new Error(`not within ${DEADLINE_MS} ms: ${condition}`);
    await pause(5);
  }
}

/** A twin on a network may see the register a moment later than the register sees the twin. */
async function retried(act: () => void, done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 40 && !done(); tries += 1) {
    act();
    await pause(50);
  }
  await until(done);
}
