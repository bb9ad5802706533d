import { describe, expect, it } from 'vitest';
import type { LinkState } from '@evertill/driver-contract';
import { manualClock } from '@evertill/driver-contract/testing';
import type { LineEvents, OpenLine } from './line.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { ReconnectingLink } from './reconnecting-link.ts';

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A device that can be absent, and lines whose every step the test holds. */
function fakeDevice() {
  const opened: LineEvents[] = [];
  const written: string[] = [];
  const closed: { discard: boolean }[] = [];
  const device = { opened, written, closed, present: true, hang: false, hangClose: false, attempts: 0 };
  const openLine: OpenLine = async (events) => {
    device.attempts += 1;
    if (!device.present) throw new Error('absent');
    opened.push(events);
    return {
      write(bytes) {
        if (device.hang) return new Promise(() => {});
        written.push(Buffer.from(bytes).toString());
        return Promise.resolve();
      },
      close(how) {
        closed.push(how);
        return device.hangClose ? new Promise(() => {}) : Promise.resolve();
      },
    };
  };
  return { device, openLine };
}

function setUp() {
  const clock = manualClock();
  const { device, openLine } = fakeDevice();
  const link = new ReconnectingLink(openLine, clock, LINK_LIMITS);
  const states: LinkState[] = [];
  link.onState((state) => states.push(state));
  return { clock, device, link, states };
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe('a link', () => {
  it('connects, carries bytes and closes once', async () => {
    const { device, link, states } = setUp();
    expect(link.state).toBe('connecting');
    await settled();
    await link.write(bytes('hello'), { deadlineMs: 100 });
    await link.dispose();
    await link.dispose();
    expect(device.written).toEqual(['hello']);
    expect(device.closed).toEqual([{ discard: false }]);
    expect(states).toEqual(['open', 'closed']);
  });

  it('refuses bytes while it is not open and never sends them later', async () => {
    const { clock, device, link } = setUp();
    await expect(link.write(bytes('too early'), { deadlineMs: 100 })).rejects.toMatchObject({ code: 'not-open' });
    await settled();
    device.opened[0]?.lost(new Error('unplugged'));
    await expect(link.write(bytes('too late'), { deadlineMs: 100 })).rejects.toMatchObject({ code: 'not-open' });
    clock.advance(5_000);
    await settled();
    expect(link.state).toBe('open');
    expect(device.written).toEqual([]);
  });

  it('[IT-03] the longest wait and the connect deadline together are below five seconds', () => {
    expect(Math.max(...LINK_LIMITS.backoffMs) + LINK_LIMITS.connectDeadlineMs).toBeLessThan(5_000);
  });

  it('[IT-03] keeps looking for a device that is gone, at bounded intervals, and finds it', async () => {
    const { clock, device, link } = setUp();
    await settled();
    device.present = false;
    device.opened[0]?.lost(new Error('unplugged'));
    for (let second = 0; second < 600; second += 1) {
      clock.advance(1_000);
      await settled();
    }
    expect(device.attempts).toBeGreaterThan(600 / 2);
    expect(clock.pending).toBe(1);
    device.present = true;
    clock.advance(1_500);
    await settled();
    expect(link.state).toBe('open');
  });

  it('counts a loss that is reported twice once', async () => {
    const { clock, device, states } = setUp();
    await settled();
    device.opened[0]?.lost(new Error('write failed'));
    device.opened[0]?.lost(new Error('closed'));
    await settled();
    expect(device.closed).toHaveLength(1);
    clock.advance(200);
    await settled();
    expect(device.opened).toHaveLength(2);
    device.opened[0]?.lost(new Error('a very late word from the first line'));
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('drops a line that does not take bytes in time, and what was queued behind with it', async () => {
    const { clock, device, link } = setUp();
    await settled();
    device.hang = true;
    const first = link.write(bytes('stuck'), { deadlineMs: 500 });
    const second = link.write(bytes('behind'), { deadlineMs: 500 });
    await settled();
    const outcomes = Promise.allSettled([first, second]);
    clock.advance(500);
    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'write-deadline' } },
      { status: 'rejected', reason: { code: 'not-open' } },
    ]);
    device.hang = false;
    clock.advance(200);
    await settled();
    expect(link.state).toBe('open');
    expect(device.written).toEqual([]);
    expect(device.closed).toEqual([{ discard: true }]);
  });

  it('ends a hanging write at once when the device is lost', async () => {
    const { device, link } = setUp();
    await settled();
    device.hang = true;
    const write = link.write(bytes('x'), { deadlineMs: 60_000 });
    const outcome = expect(write).rejects.toMatchObject({ code: 'lost' });
    await settled();
    device.opened[0]?.lost(new Error('unplugged'));
    await outcome;
  });

  it('refuses more than it may hold', async () => {
    const { device, link } = setUp();
    await settled();
    device.hang = true;
    const held = link.write(new Uint8Array(LINK_LIMITS.pendingBytesMax), { deadlineMs: 60_000 });
    held.catch(() => {});
    await expect(link.write(bytes('x'), { deadlineMs: 100 })).rejects.toMatchObject({ code: 'overfull' });
  });

  it('gives up a port that does not close, and still reconnects', async () => {
    const { clock, device, link } = setUp();
    await settled();
    device.hangClose = true;
    link.reconnect('an answer is overdue');
    expect(link.state).toBe('lost');
    clock.advance(LINK_LIMITS.closeDeadlineMs);
    await settled();
    expect(link.state).toBe('open');
  });

  it('closes a line that opens after the deadline', async () => {
    const clock = manualClock();
    const closed: string[] = [];
    let openLate: () => void = () => {};
    const link = new ReconnectingLink(
      () =>
        new Promise((resolve) => {
          openLate = () => resolve({ write: async () => {}, close: async () => void closed.push('late') });
        }),
      clock,
      LINK_LIMITS,
    );
    clock.advance(LINK_LIMITS.connectDeadlineMs);
    await settled();
    expect(link.state).toBe('lost');
    openLate();
    await settled();
    expect(closed).toEqual(['late']);
  });

  it('is closed for good: nothing opens after dispose', async () => {
    const { clock, device, link } = setUp();
    await settled();
    device.opened[0]?.lost(new Error('unplugged'));
    await link.dispose();
    clock.advance(60_000);
    await settled();
    expect(device.opened).toHaveLength(1);
    expect(link.state).toBe('closed');
    await expect(link.write(bytes('x'), { deadlineMs: 1 })).rejects.toMatchObject({ code: 'not-open' });
  });
});
