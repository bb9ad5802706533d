import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SerialPort } from 'serialport';
import type { Link } from '@evertill/driver-contract';
import { listSerialPorts, openLink } from '../src/index.ts';
import { bytesOf, reaches, reader } from './link-probe.ts';
import { ptyPair, type PtyPair } from './pty.ts';

/** The real `serialport` binding on a line made by socat. */
describe('a serial link', () => {
  let line: PtyPair;
  let link: Link;

  beforeEach(async () => {
    line = await ptyPair();
    link = openLink({ kind: 'serial', path: line.near, baudRate: 9_600 });
    await reaches(link, 'open');
  });

  afterEach(async () => {
    await link.dispose();
    await line.dispose();
  });

  /** The device's end, opened by the bare library. */
  async function farEnd() {
    const port = new SerialPort({ path: line.far, baudRate: 9_600, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    const received = reader({ onBytes: (callback) => port.on('data', callback) });
    return { port, received, close: () => new Promise<void>((resolve) => port.close(() => resolve())) };
  }

  it('carries every byte value both ways', async () => {
    const far = await farEnd();
    const near = reader(link);
    const everything = new Uint8Array(256).map((_, index) => index);
    await link.write(everything, { deadlineMs: 2_000 });
    await far.received.includes(Buffer.from(everything).toString('latin1'));
    far.port.write(Buffer.from(everything));
    await near.includes(Buffer.from(everything).toString('latin1'));
    await far.close();
  });

  it('[IT-03] notices the pulled cable without writing, and is back after it is plugged in', async () => {
    await line.unplug();
    await reaches(link, 'lost');
    await line.plug();
    await reaches(link, 'open');
    const far = await farEnd();
    await link.write(bytesOf('again'), { deadlineMs: 2_000 });
    await far.received.includes('again');
    await far.close();
  });

  it('refuses a receipt written while the cable is out; it does not print after the reconnect', async () => {
    await line.unplug();
    await reaches(link, 'lost');
    await expect(link.write(bytesOf('old receipt'), { deadlineMs: 500 })).rejects.toMatchObject({ code: 'not-open' });
    await line.plug();
    await reaches(link, 'open');
    const far = await farEnd();
    await link.write(bytesOf('new receipt'), { deadlineMs: 2_000 });
    await far.received.includes('new receipt');
    expect(far.received.text).toBe('new receipt');
    await far.close();
  });

  it('survives a loss that a write sees: one loss, one reconnect', async () => {
    const states: string[] = [];
    link.onState((state) => states.push(state));
    const pulled = line.unplug();
    const write = link.write(bytesOf('x'.repeat(20_000)), { deadlineMs: 1_000 });
    await Promise.allSettled([write, pulled]);
    await line.plug();
    if (link.state !== 'open') await reaches(link, 'open');
    expect(states.filter((state) => state === 'lost')).toHaveLength(1);
  });

  it('closes twice without complaint and leaves the port free', async () => {
    await Promise.all([link.dispose(), link.dispose()]);
    const again = openLink({ kind: 'serial', path: line.near, baudRate: 9_600 });
    await reaches(again, 'open');
    await again.dispose();
  });
});

describe('the list of serial ports', () => {
  it('says so when the system cannot list (no udev)', async () => {
    const found = await listSerialPorts(() => Promise.reject(new Error('spawn udevadm ENOENT')));
    expect(found).toEqual({ ok: false, error: { code: 'ports-not-listed', reason: 'spawn udevadm ENOENT' } });
  });

  it('never rejects on this computer', async () => {
    await expect(listSerialPorts()).resolves.toHaveProperty('ok');
  });
});
