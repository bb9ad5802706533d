import type { RegisterNeeds } from '../needs.ts';
import type { Memory } from '../shell/workplace.ts';

type TillMemory = Pick<Memory, 'till' | 'businessDate' | 'lastZNumber' | 'lastClosedAt'>;

/** Whether a till is open, since when and with how much: what the journal's last records say. */
export function restoredTill({ ledger, staff }: Pick<RegisterNeeds, 'ledger' | 'staff'>): TillMemory {
  const found = ledger.lastOf('TillOpened');
  const opened = found?.read();
  const lastClosed = ledger.lastOf('TillClosed');
  const closed = lastClosed?.read();
  const z = ledger.lastOf('ZReportIssued')?.read();
  const day = ledger.lastOf('BusinessDayOpened')?.read();
  const restored: TillMemory = {
    till: null,
    businessDate: day?.known && day.type === 'BusinessDayOpened' ? day.payload.businessDate : null,
    lastZNumber: z?.known && z.type === 'ZReportIssued' ? z.payload.zNumber : null,
    lastClosedAt: lastClosed?.at ?? null,
  };
  if (!found || !opened?.known || opened.type !== 'TillOpened') return restored;
  const { tillSessionId, tillId, floatMinor } = opened.payload;
  const wasClosed = closed?.known && closed.type === 'TillClosed' && closed.payload.tillSessionId === tillSessionId;
  if (wasClosed) return restored;
  const { actor, at } = opened.header;
  const openedBy = staff.find((one) => one.staffId === actor)?.name ?? actor;
  const from = { epoch: found.epoch, seq: found.seq };
  return { ...restored, till: { tillSessionId, tillId, openedAt: at, openedBy, floatMinor, from } };
}
