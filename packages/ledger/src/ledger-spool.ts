import type { SqliteDatabase } from '@evertill/sqlite';
import type { PrintJobKind } from './ledger-transaction.ts';

export type SpoolJobState = 'waiting' | 'printing' | 'printed' | 'interrupted' | 'discarded';
export type SpoolJob<Document> = {
  jobId: string;
  kind: PrintJobKind;
  document: Document;
  state: SpoolJobState;
  attempts: number;
  cutCountBefore: number | null;
  interruptedBefore: boolean;
  createdAtMs: number;
};
/** A job without its document, for lists. */
export type SpoolEntry = Omit<SpoolJob<never>, 'document'> & { reason: string | null };

/**
 * The print spool in the ledger: it has the shape of the drivers' `SpoolStore`, and jobs come to it only through a
 * `LedgerTransaction`. Each mark is durable when it returns; a mark on a job in another state throws.
 */
export type LedgerSpool<Document> = {
  nextWaiting(): SpoolJob<Document> | null;
  inFlight(): SpoolJob<Document> | null;
  get(jobId: string): SpoolJob<Document> | null;
  /** Jobs that are neither printed nor discarded, oldest first. */
  unfinished(): SpoolEntry[];
  markPrinting(jobId: string, begun: { cutCountBefore: number | null }): void;
  markPrinted(jobId: string): void;
  markInterrupted(jobId: string, reason: string): void;
  requeueAsDuplicate(jobId: string, reason: string): void;
  onAdded(callback: () => void): () => void;
};

type Row = {
  job_id: string;
  kind: PrintJobKind;
  document: string;
  state: SpoolJobState;
  attempts: number;
  cut_count_before: number | null;
  interrupted_before: number;
  created_at_ms: number;
  reason: string | null;
};
const COLUMNS = 'job_id, kind, document, state, attempts, cut_count_before, interrupted_before, created_at_ms, reason';

/**
 * @param commit runs its work in a transaction of the ledger.
 * @param readDocument checks what was stored; the drivers' own check of a print document belongs here.
 */
export function ledgerSpool<Document>(
  db: SqliteDatabase,
  commit: (work: () => void) => void,
  nowMs: () => number,
  readDocument: (value: unknown) => Document,
  onAdded: (callback: () => void) => () => void,
): LedgerSpool<Document> {
  const jobOf = (row: Row | undefined): SpoolJob<Document> | null =>
    row ? { ...entryOf(row), document: readDocument(JSON.parse(row.document)) } : null;
  const firstIn = (state: SpoolJobState): SpoolJob<Document> | null =>
    jobOf(db.statement<Row>(`SELECT ${COLUMNS} FROM spool WHERE state = ? ORDER BY position LIMIT 1`).get(state));
  const mark = (jobId: string, from: SpoolJobState[], set: string, ...values: (string | number | null)[]): void =>
    commit(() => {
      const states = from.map(() => '?').join(', ');
      const statement = db.statement(`UPDATE spool SET ${set} WHERE job_id = ? AND state IN (${states})`);
      const { changes } = statement.run(...values, jobId, ...from);
      if (changes !== 1) throw new Error(`Print job ${jobId} is not ${from.join(' or ')}`);
    });

  return {
    nextWaiting: () => firstIn('waiting'),
    inFlight: () => firstIn('printing'),
    get: (jobId) => jobOf(db.statement<Row>(`SELECT ${COLUMNS} FROM spool WHERE job_id = ?`).get(jobId)),
    unfinished: () =>
      db
        .statement<Row>(
          `SELECT ${COLUMNS} FROM spool WHERE state IN ('waiting', 'printing', 'interrupted') ORDER BY position`,
        )
        .all()
        .map(entryOf),
    markPrinting(jobId, { cutCountBefore }) {
      // Two jobs in the printer at once could not be told apart by its cut counter.
      if (firstIn('printing')) throw new Error('Another print job is printing');
      const set = `state = 'printing', attempts = attempts + 1, cut_count_before = ?, started_at_ms = ?`;
      mark(jobId, ['waiting'], set, cutCountBefore, nowMs());
    },
    markPrinted: (jobId) => mark(jobId, ['printing'], `state = 'printed', ended_at_ms = ?`, nowMs()),
    markInterrupted: (jobId, reason) => mark(jobId, ['printing'], `state = 'interrupted', reason = ?`, reason),
    requeueAsDuplicate: (jobId, reason) =>
      mark(jobId, ['printing', 'interrupted'], `state = 'waiting', interrupted_before = 1, reason = ?`, reason),
    onAdded,
  };
}

function entryOf(row: Row): SpoolEntry {
  return {
    jobId: row.job_id,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    cutCountBefore: row.cut_count_before,
    interruptedBefore: row.interrupted_before === 1,
    createdAtMs: row.created_at_ms,
    reason: row.reason,
  };
}
