import type { Fact, FactOf, SalesSums } from '@evertill/records';
import { countCash, grandTotalMinor, nextBusinessDate } from '@evertill/retail';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import { jobAdded, zReportJobId } from '../devices/print-jobs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { record, unlessItFails } from '../shell/journal.ts';
import type { Memory, OpenTill, Workplace } from '../shell/workplace.ts';
import type { TillView, ZReportView } from '../views.ts';
import { drawerOf, printedBy, zReportView } from './reports.ts';
import { restoredTill } from './restored-till.ts';
import { journalSums, runningSums, startOf } from './session-sums.ts';

/** Opens the till with a counted float, and the business day with it if it is a new one. */
export function openTill(workplace: Workplace, { counts }: ParamsOf<'openTill'>): Outcome<null> {
  const { needs, memory } = workplace;
  const counted = countCash(counts, memory.settings.denominationsMinor);
  if (!counted.ok) return refused(counted.error.code, counted.error.detail);
  const { clock } = needs;
  const businessDate = nextBusinessDate(memory.businessDate, clock.nowMs(), clock.tzOffsetMin());
  const facts: Fact[] = [];
  if (businessDate !== memory.businessDate) facts.push({ type: 'BusinessDayOpened', payload: { businessDate } });
  const tillSessionId = needs.ids.next();
  const payload = {
    tillSessionId,
    tillId: needs.identity.register,
    counts: counted.counts,
    floatMinor: counted.countedMinor,
  };
  record(workplace, [...facts, { type: 'TillOpened', payload }], undefined, { businessDate });
  showTill(workplace);
  return done(null);
}

export async function countTill(
  workplace: Workplace,
  { counts }: ParamsOf<'countTill'>,
): Promise<Outcome<AnswerOf<'countTill'>>> {
  const { memory } = workplace;
  if (!memory.till) return refused('till-closed');
  const counted = countCash(counts, memory.settings.denominationsMinor);
  if (!counted.ok) return refused(counted.error.code, counted.error.detail);
  const { expectedMinor } = drawerOf(memory.till, await runningSums(workplace, memory.till));
  const { countedMinor } = counted;
  return done({ countedMinor, expectedMinor, overShortMinor: countedMinor - expectedMinor });
}

/** Counts, closes and reports: the end of a till session is one commit, and its sums are the journal's. */
export async function closeTill(
  workplace: Workplace,
  { counts }: ParamsOf<'closeTill'>,
): Promise<Outcome<ZReportView>> {
  const { needs, memory } = workplace;
  const { till } = memory;
  if (!till) return refused('till-closed');
  if (memory.transaction) return refused('open-transaction');
  if (memory.suspended.length > 0) return refused('suspended-transactions', String(memory.suspended.length));
  const counted = countCash(counts, memory.settings.denominationsMinor);
  if (!counted.ok) return refused(counted.error.code, counted.error.detail);
  const sums = await journalSums(workplace, till);
  const closed = tillClosed(till, sums, counted);
  const report = zReport(workplace, till, sums, closed);
  const { to, zNumber } = report.payload;
  const jobId = zReportJobId({ epoch: to.epoch, zNumber });
  let prints = false;
  const { at } = record(workplace, [closed, report], (changes, header) => {
    const document = unlessItFails(workplace, 'z-report', () =>
      needs.receipts.zReport({ report: report.payload, ...printedBy(workplace, header) }),
    );
    prints = document !== null;
    if (prints) changes.addPrintJob({ jobId, kind: 'z-report', document });
  });
  showTill(workplace);
  if (prints) jobAdded(workplace, { jobId, kind: 'z-report', label: `Z ${zNumber}` });
  return done(zReportView(report.payload, at));
}

export function tillView(memory: Pick<Memory, 'till' | 'businessDate' | 'lastZNumber' | 'lastClosedAt'>): TillView {
  const { till, businessDate } = memory;
  if (!till || businessDate === null) {
    return { state: 'closed', lastZNumber: memory.lastZNumber, lastClosedAt: memory.lastClosedAt };
  }
  const { tillSessionId, openedAt, openedBy, floatMinor } = till;
  return { state: 'open', tillSessionId, openedAt, openedBy, floatMinor, businessDate };
}

function tillClosed(
  till: OpenTill,
  sums: SalesSums,
  counted: { counts: FactOf<'TillClosed'>['payload']['counts']; countedMinor: number },
): FactOf<'TillClosed'> {
  const drawer = drawerOf(till, sums);
  const { tillSessionId, tillId } = till;
  const { counts, countedMinor } = counted;
  const overShortMinor = countedMinor - drawer.expectedMinor;
  return { type: 'TillClosed', payload: { tillSessionId, tillId, counts, countedMinor, drawer, overShortMinor } };
}

/** The Z that closes a session: from its TillOpened to its TillClosed, which takes the next place in the journal. */
function zReport(
  { needs, memory }: Workplace,
  till: OpenTill,
  sums: SalesSums,
  closed: FactOf<'TillClosed'>,
): FactOf<'ZReportIssued'> {
  const { epoch, seq } = needs.ledger.head();
  const previous = needs.ledger.grandTotalMinor();
  const { tillSessionId, drawer, countedMinor, overShortMinor } = closed.payload;
  return {
    type: 'ZReportIssued',
    payload: {
      zNumber: needs.ledger.nextZNumber(),
      tillSessionId,
      businessDate: memory.businessDate ?? till.openedAt.slice(0, 10),
      from: till.from,
      to: { epoch, seq: seq + 1 },
      sums,
      drawer,
      countedMinor,
      overShortMinor,
      previousGrandTotalMinor: previous,
      grandTotalMinor: grandTotalMinor(previous, sums),
    },
  };
}

/** The till as the journal has it: the same after a command as after a restart. */
function showTill(workplace: Workplace): void {
  const { memory } = workplace;
  Object.assign(memory, restoredTill(workplace.needs));
  memory.running = memory.till && startOf(memory.till);
  workplace.board.show('till', tillView(memory));
}
