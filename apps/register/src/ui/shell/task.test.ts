import { describe, expect, it } from 'vitest';
import { lastSale, ordinary, partlyPaid, transaction, zReport } from '../gallery/fixtures.ts';
import { atStart, nextTask, screenOf, type TaskEvent, type TaskState } from './task.ts';

const after = (...events: TaskEvent[]): TaskState => events.reduce(nextTask, atStart);
const selling = { ...ordinary, transaction };

describe('which screen is shown', () => {
  it('nobody signed on: the sign-on, whatever else is going on', () => {
    const signedOff = { ...selling, session: { ...ordinary.session, signedOn: null } };
    expect(screenOf(after({ kind: 'go', task: 'day' }), signedOff)).toBe('sign-on');
  });

  it('[MG-01] a closed till: opening it', () => {
    const till = { state: 'closed', lastZNumber: null, lastClosedAt: null } as const;
    expect(screenOf(atStart, { ...ordinary, till })).toBe('open-till');
    expect(screenOf(after({ kind: 'go', task: 'devices' }), { ...ordinary, till })).toBe('devices');
  });

  it('[CA-15] paying shows the tender screen, and the change until the next sale', () => {
    const paying = after({ kind: 'pay', transactionId: transaction.transactionId });
    expect(screenOf(paying, selling)).toBe('tender');
    const paid = {
      ...ordinary,
      transaction: null,
      lastSale: { ...lastSale, transactionId: transaction.transactionId },
    };
    expect(screenOf(paying, paid)).toBe('done');
    expect(screenOf(nextTask(paying, { kind: 'stop-paying' }), paid)).toBe('sell');
  });

  it('a scan after a sale goes straight to selling', () => {
    const paying = after({ kind: 'pay', transactionId: 't-0' });
    expect(screenOf(paying, { ...ordinary, lastSale })).toBe('done');
    expect(screenOf(paying, selling)).toBe('sell');
  });

  it('[CA-32] a transaction that was being paid when the register restarted is still being paid', () => {
    expect(screenOf(atStart, { ...ordinary, transaction: partlyPaid })).toBe('tender');
  });

  it('a sale of earlier in the day is not shown again after a restart', () => {
    expect(screenOf(atStart, ordinary)).toBe('sell');
  });

  it('[MG-05] the Z report stays until it was seen, although the till is closed by then', () => {
    const till = { state: 'closed', lastZNumber: 17, lastClosedAt: '2026-11-23T19:00:00Z' } as const;
    const shown = after({ kind: 'go', task: 'count-to-close' }, { kind: 'show-z', report: zReport });
    expect(screenOf(shown, { ...ordinary, till })).toBe('z-report');
    expect(screenOf(nextTask(shown, { kind: 'z-seen' }), { ...ordinary, till })).toBe('open-till');
  });

  it('signing off forgets where the last person was', () => {
    expect(after({ kind: 'go', task: 'day' }, { kind: 'signed-off' })).toEqual(atStart);
  });
});
