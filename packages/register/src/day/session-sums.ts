import { canonicalText, type Fact, type RecordHeader, type SalesSums } from '@evertill/records';
import { SalesTally } from '@evertill/retail';
import type { CommittedRecord, RecordPlace, RegisterLedger } from '../needs.ts';
import { RECORDS_PER_TURN } from '../shell/limits.ts';
import type { OpenTill, Workplace } from '../shell/workplace.ts';

/** A running tally and how far in the journal it has come. */
export type RunningTally = { tally: SalesTally; next: RecordPlace };

/**
 * The sums of the open session, for looking at: those that ran along with the commits, brought up to the head. Right after a start
 * that means reading the session once.
 */
export async function runningSums(
  { needs, memory }: Pick<Workplace, 'needs' | 'memory'>,
  till: OpenTill,
): Promise<SalesSums> {
  const running = memory.running?.tally.tillSessionId === till.tillSessionId ? memory.running : startOf(till);
  memory.running = await caughtUp(needs.ledger, running);
  return memory.running.tally.sums();
}

/** The sums of the session from the journal and nothing else: for what is stated for good. A tally that ran astray is told. */
export async function journalSums({ needs, memory }: Workplace, till: OpenTill): Promise<SalesSums> {
  const ran = await runningSums({ needs, memory }, till);
  const sums = (await caughtUp(needs.ledger, startOf(till))).tally.sums();
  if (canonicalText(ran) !== canonicalText(sums))
    needs.onFault('tally', new Error("the running sums are not the journal's"));
  return sums;
}

/** Adds what was just committed, if the tally has come exactly so far; otherwise it catches up when it is asked. */
export function runAlong(
  memory: Workplace['memory'],
  facts: readonly Fact[],
  records: readonly CommittedRecord[],
): void {
  for (const [index, fact] of facts.entries()) {
    const header: RecordHeader | undefined = records[index]?.header;
    const { running } = memory;
    if (!running || !header || header.epoch !== running.next.epoch || header.seq !== running.next.seq) return;
    running.tally.add(fact, header);
    memory.running = { tally: running.tally, next: { epoch: header.epoch, seq: header.seq + 1 } };
  }
}

/** Nothing yet: the session's TillOpened is the last record counted. */
export function startOf(till: OpenTill): RunningTally {
  return { tally: new SalesTally(till.tillSessionId), next: { epoch: till.from.epoch, seq: till.from.seq + 1 } };
}

/** Reads on to the head, a few records a turn, so that a device is never kept waiting. A session may go on in a later epoch. */
async function caughtUp(ledger: RegisterLedger, { tally, next }: RunningTally): Promise<RunningTally> {
  const type = ['TransactionCompleted', 'TransactionVoided'] as const;
  let read = 0;
  for (let { epoch } = next; epoch <= ledger.head().epoch; epoch += 1) {
    for (const found of ledger.records({ type, epoch, fromSeq: epoch === next.epoch ? next.seq : 1 })) {
      const record = found.read();
      if (record.known) tally.add(record, record.header);
      read += 1;
      if (read % RECORDS_PER_TURN === 0) await nextTurn();
    }
  }
  const head = ledger.head();
  return { tally, next: { epoch: head.epoch, seq: head.seq + 1 } };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
