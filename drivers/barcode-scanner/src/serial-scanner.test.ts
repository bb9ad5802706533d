import { describe, expect, it } from 'vitest';
import type { Link, LinkState, Scan } from '@evertill/driver-contract';
import { manualClock } from '@evertill/driver-contract/testing';
import { SCANNER_SETTINGS, type ScannerSettings } from './scanner-settings.ts';
import { serialScanner } from './serial-scanner.ts';

/** A link that the test speaks through. */
function hand() {
  const bytes = new Set<(bytes: Uint8Array) => void>();
  const states = new Set<(state: LinkState) => void>();
  let state: LinkState = 'open';
  const link: Link = {
    get state() {
      return state;
    },
    onState: (callback) => (states.add(callback), () => states.delete(callback)),
    onBytes: (callback) => (bytes.add(callback), () => bytes.delete(callback)),
    write: async () => {},
    reconnect: () => {},
    dispose: async () => {},
  };
  return {
    link,
    send: (text: string | Uint8Array) => {
      for (const listener of bytes) listener(typeof text === 'string' ? new Uint8Array(Buffer.from(text)) : text);
    },
    become(next: LinkState) {
      state = next;
      for (const listener of states) listener(next);
    },
  };
}

function bench(settings: Partial<ScannerSettings> = {}) {
  const clock = manualClock(1_000_000);
  const line = hand();
  const scanner = serialScanner({ link: line.link, clock, settings });
  const scans: Scan[] = [];
  scanner.onScan((scan) => scans.push(scan));
  return { clock, ...line, scanner, scans, codes: () => scans.map(({ code }) => code) };
}

describe('a serial scanner', () => {
  it.each(['\r', '\n', '\r\n', '\t'])('takes %j for the end of a code', (terminator) => {
    const { send, codes } = bench();
    send(`4006381333931${terminator}96385074${terminator}`);
    expect(codes()).toEqual(['4006381333931', '96385074']);
  });

  it('puts a code together that arrives byte by byte', () => {
    const { send, clock, scans } = bench();
    for (const sign of '4006381333931\r') {
      clock.advance(1);
      send(sign);
    }
    expect(scans).toEqual([{ code: '4006381333931', symbology: null, atMs: 1_000_014 }]);
  });

  it('ends a code without terminator after a silence, at the time of its last byte', () => {
    const { send, clock, scans } = bench();
    send('40063813');
    clock.advance(100);
    send('33931');
    clock.advance(SCANNER_SETTINGS.idleGapMs ?? 0);
    expect(scans).toEqual([{ code: '4006381333931', symbology: null, atMs: 1_000_100 }]);
  });

  it('never ends a code by silence when told so', () => {
    const { send, clock, codes } = bench({ idleGapMs: null });
    send('40063813');
    clock.advance(60_000);
    send('33931\r');
    expect(codes()).toEqual(['4006381333931']);
  });

  it('takes off the AIM identifier where the scanner sends one', () => {
    const { send, scans } = bench({ aimPrefix: true });
    send(']E04006381333931\r]C101095212345678991729\u001d10A1\r96385074\r');
    expect(scans).toMatchObject([
      { code: '4006381333931', symbology: 'E0' },
      { code: '01095212345678991729\u001d10A1', symbology: 'C1' },
      { code: '96385074', symbology: null },
    ]);
  });

  it('leaves the identifier alone where it is not configured', () => {
    const { send, codes } = bench();
    send(']E04006381333931\r');
    expect(codes()).toEqual([']E04006381333931']);
  });

  it('gives two of the same as two; drops the second only when configured', () => {
    const two = '4006381333931\r4006381333931\r';
    const plain = bench();
    plain.send(two);
    expect(plain.codes()).toHaveLength(2);
    const merged = bench({ repeatWithinMs: 1_000 });
    merged.send(two);
    expect(merged.codes()).toHaveLength(1);
    merged.clock.advance(1_000);
    merged.send('4006381333931\r');
    expect(merged.codes()).toHaveLength(2);
  });

  it('drops a code that is too long as a whole, and none of its tail is taken for a code', () => {
    const { send, codes } = bench({ lengthMax: 20 });
    send(`${'9'.repeat(33)}\r96385074\r`);
    expect(codes()).toEqual(['96385074']);
  });

  it('drops what is no text: bad UTF-8, control characters, separators alone, too short', () => {
    const { send, codes } = bench();
    send(new Uint8Array([0xff, 0xfe, 0x41, 0x42, 0x43, 0x0d]));
    send('12\u000034\r\u001d\u001d\u001d\u001d\r1\r   \r');
    expect(codes()).toEqual([]);
  });

  it('is flooded by 1 MB of garbage: bounded memory, no scan made of control bytes, ready again when calm', () => {
    const { send, clock, scanner, codes } = bench();
    const states: string[] = [];
    scanner.onState((state) => states.push(state));
    let seed = 20_261_123;
    for (let sent = 0; sent < 1_024; sent += 1) {
      const garbage = new Uint8Array(1_024).map(() => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        return seed >>> 24;
      });
      send(garbage);
      clock.advance(5);
    }
    expect(scanner.state).toBe('flooded');
    expect(clock.pending).toBeLessThanOrEqual(1);
    for (const code of codes()) expect(code.replaceAll('\u001d', '')).not.toMatch(/\p{Cc}/u);
    expect(codes().length).toBeLessThanOrEqual(SCANNER_SETTINGS.scansPerSecondMax);
    clock.advance(SCANNER_SETTINGS.calmMs);
    expect(states).toEqual(['flooded', 'ready']);
    const before = codes().length;
    send('4006381333931\r');
    expect(codes().slice(before)).toEqual(['4006381333931']);
  });

  it('survives a clock that is set back', () => {
    const { send, clock, codes } = bench();
    send('4006381333931\r');
    clock.nowMs = () => 0;
    for (let scan = 0; scan < 10; scan += 1) send('96385074\r');
    expect(codes()).toHaveLength(11);
  });

  it('does not join half a code from before a loss with what comes after', () => {
    const { send, become, scanner, codes } = bench();
    send('400638');
    become('lost');
    expect(scanner.state).toBe('offline');
    become('open');
    send('96385074\r');
    expect(codes()).toEqual(['96385074']);
  });
});
