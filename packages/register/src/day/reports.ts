import type { DrawerSums, PayloadOf, RecordHeader, SalesSums } from '@evertill/records';
import { drawerSums, everyHour } from '@evertill/retail';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import { jobAdded } from '../devices/print-jobs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { record, unlessItFails } from '../shell/journal.ts';
import type { OpenTill, Workplace } from '../shell/workplace.ts';
import type { SumsView, ZReportView } from '../views.ts';
import { runningSums } from './session-sums.ts';

/** Reads the session so far: sums of the journal's records, stated in one of its own. */
export async function readX(workplace: Workplace, { print }: ParamsOf<'readX'>): Promise<Outcome<AnswerOf<'readX'>>> {
  const { needs, memory } = workplace;
  const { till, businessDate } = memory;
  if (!till || businessDate === null) return refused('till-closed');
  const sums = await runningSums(workplace, till);
  const report = { tillSessionId: till.tillSessionId, sums, drawer: drawerOf(till, sums) };
  const jobId = `x-report:${needs.ids.next()}`;
  let prints = false;
  const { at } = record(workplace, [{ type: 'XReportRead', payload: report }], (changes, header) => {
    if (!print) return;
    const document = unlessItFails(workplace, 'x-report', () =>
      needs.receipts.xReport({ report, businessDate, ...printedBy(workplace, header) }),
    );
    prints = document !== null;
    if (prints) changes.addPrintJob({ jobId, kind: 'x-report', document });
  });
  if (prints) jobAdded(workplace, { jobId, kind: 'x-report', label: 'X' });
  return done({ businessDate, readAt: at, sums: sumsView(sums), drawer: report.drawer });
}

/** What a printed report says about when, where and who. */
export function printedBy({ memory }: Workplace, { at, tzOffsetMin, register }: RecordHeader) {
  return { at, tzOffsetMin, store: memory.store, registerId: register, cashierName: memory.signedOn?.name ?? '' };
}

export function lastZ(workplace: Workplace): Outcome<ZReportView | null> {
  const z = workplace.needs.ledger.lastOf('ZReportIssued')?.read();
  return done(z?.known && z.type === 'ZReportIssued' ? zReportView(z.payload, z.header.at) : null);
}

export function drawerOf(till: OpenTill, sums: SalesSums): DrawerSums {
  const tenderedMinor = sums.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  return drawerSums(till.floatMinor, tenderedMinor, sums.changeGivenMinor);
}

export function zReportView(report: PayloadOf<'ZReportIssued'>, readAt: string): ZReportView {
  const { businessDate, zNumber, countedMinor, overShortMinor, previousGrandTotalMinor, drawer } = report;
  return {
    businessDate,
    readAt,
    sums: sumsView(report.sums),
    drawer,
    zNumber,
    countedMinor,
    overShortMinor,
    previousGrandTotalMinor,
    grandTotalMinor: report.grandTotalMinor,
  };
}

function sumsView({ extendedMinor: _extended, hours, ...sums }: SalesSums): SumsView {
  return { ...sums, hours: everyHour(hours) };
}
