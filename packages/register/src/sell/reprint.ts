import type { PayloadOf } from '@evertill/records';
import { receiptLabel } from '@evertill/retail';
import type { AnswerOf, ParamsOf } from '../commands.ts';
import { copyLabel, jobAdded, jobChanged, receiptJobId } from '../devices/print-jobs.ts';
import type { JournalRecord, RegisterLedger } from '../needs.ts';
import { done, refused, type Outcome } from '../refusal.ts';
import { record } from '../shell/journal.ts';
import type { Workplace } from '../shell/workplace.ts';
import { receiptOf } from './tender.ts';

const STRETCH_RECORDS = 500;

/** Prints the last receipt once more: a record and a job whose paper says DUPLICATE (I25). */
export function reprintLast(workplace: Workplace): Outcome<AnswerOf<'reprintLast'>> {
  const { needs } = workplace;
  const found = needs.ledger.lastOf('TransactionCompleted');
  const last = found?.read();
  if (!found || !last?.known || last.type !== 'TransactionCompleted') return refused('nothing-to-reprint');
  const { transactionId, receiptNumber } = last.payload;
  const label = receiptLabel({ ...last.header, receiptNumber });
  const copyNumber = copiesOf(workplace, found, transactionId) + 1;
  const document = receiptOf(workplace, last.payload, last.header, copyNumber);
  const jobId = receiptJobId(transactionId, copyNumber);
  const payload = { transactionId, receiptNumber, copyNumber, reason: 'requested' } as const;
  record(workplace, [{ type: 'ReceiptReprinted', payload }], (changes) =>
    changes.addPrintJob({ jobId, kind: 'receipt', document }),
  );
  jobAdded(workplace, { jobId, kind: 'receipt', label: copyLabel(label, copyNumber) });
  return done({ copyNumber });
}

/** Decides about a job whose paper nobody can vouch for. Printing it again is a further print: it is recorded. */
export function resolvePrintJob(workplace: Workplace, { jobId, action }: ParamsOf<'resolvePrintJob'>): Outcome<null> {
  const { ledger } = workplace.needs;
  const job = ledger.spool.get(jobId);
  if (!job) return refused('unknown-job');
  if (job.state !== 'interrupted') return refused('wrong-state', job.state);
  if (action === 'discard') {
    ledger.write((changes) => changes.discardPrintJob(jobId, 'given up by a person'));
    jobChanged(workplace, { ...job, state: 'discarded' });
    return done(null);
  }
  requeuePrintJob(workplace, jobId, 'asked for by a person');
  return done(null);
}

/**
 * Puts a job that nobody can vouch for back into the queue. Its paper will say that it is a reprint; of a receipt that is a further
 * print, recorded in the same transaction (I25).
 */
export function requeuePrintJob(workplace: Workplace, jobId: string, reason: string): void {
  const { ledger } = workplace.needs;
  const reprint = reprintOf(workplace, jobId);
  if (reprint) {
    record(workplace, [{ type: 'ReceiptReprinted', payload: reprint }], (tx) => tx.requeuePrintJob(jobId, reason));
  } else {
    ledger.write((tx) => tx.requeuePrintJob(jobId, reason));
  }
  const job = ledger.spool.get(jobId);
  if (job) jobChanged(workplace, job);
}

/** The record of printing a receipt's job again; `null` for jobs that are no receipts. */
function reprintOf(workplace: Workplace, jobId: string): PayloadOf<'ReceiptReprinted'> | null {
  if (!jobId.startsWith(receiptJobId('', 0))) return null;
  for (const found of newestFirst(workplace.needs.ledger)) {
    const sale = found.read();
    if (!sale.known || sale.type !== 'TransactionCompleted') continue;
    const { transactionId, receiptNumber } = sale.payload;
    const original = receiptJobId(transactionId, 0);
    if (jobId !== original && !jobId.startsWith(`${original}:`)) continue;
    return {
      transactionId,
      receiptNumber,
      copyNumber: copiesOf(workplace, found, transactionId) + 1,
      reason: 'interrupted',
    };
  }
  return null;
}

/** Sales, a stretch at a time from the journal's end: what is looked for is nearly always among the last. Earlier epochs come whole. */
function* newestFirst(ledger: RegisterLedger): Generator<JournalRecord> {
  const { epoch, seq } = ledger.head();
  const type = 'TransactionCompleted';
  for (let before = seq + 1; before > 1; before -= STRETCH_RECORDS) {
    for (const found of ledger.records({ type, epoch, fromSeq: Math.max(1, before - STRETCH_RECORDS) })) {
      if (found.seq >= before) break;
      yield found;
    }
  }
  for (let earlier = epoch - 1; earlier >= 1; earlier -= 1) yield* ledger.records({ type, epoch: earlier, fromSeq: 1 });
}

/** Further prints so far; they stand after the sale. */
function copiesOf(workplace: Workplace, sale: JournalRecord, transactionId: string): number {
  const { ledger } = workplace.needs;
  const fromHere = sale.epoch === ledger.head().epoch ? { epoch: sale.epoch, fromSeq: sale.seq } : {};
  let copies = 0;
  for (const found of ledger.records({ type: 'ReceiptReprinted', ...fromHere })) {
    const copy = found.read();
    if (copy.known && copy.type === 'ReceiptReprinted' && copy.payload.transactionId === transactionId) {
      copies = Math.max(copies, copy.payload.copyNumber);
    }
  }
  return copies;
}
