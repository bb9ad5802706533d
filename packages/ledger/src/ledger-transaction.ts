import type { ChainedRecord } from '@evertill/journal';
import type { SqliteDatabase } from '@evertill/sqlite';
import { LedgerFault } from './ledger-fault.ts';
import { DRAFTS_MAX, JOBS_WAITING_MAX, JSON_CHARS_MAX } from './limits.ts';

/** A transaction that is not done: `json` is its owner's affair. */
export type Draft = {
  readonly transactionId: string;
  readonly status: 'open' | 'suspended';
  readonly name: string;
  readonly json: string;
};
export type StoredDraft = Draft & { readonly updatedAtMs: number };

/** A local movement that no replica document covers yet: what the record `(epoch, seq)` means for one entity. */
export type OverlayRow = {
  readonly kind: string;
  readonly entityId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly json: string;
};

export type PrintJobKind = 'receipt' | 'x-report' | 'z-report' | 'drawer' | 'test';
export type NewPrintJob = { readonly jobId: string; readonly kind: PrintJobKind; readonly document: unknown };

/** What one commit takes with it. Good only while the callback that got it runs. */
export type LedgerTransaction = {
  /** The records of this commit, sealed and placed; empty in `write`. */
  readonly records: readonly ChainedRecord[];
  putDraft(draft: Draft): void;
  removeDraft(transactionId: string): void;
  addOverlay(row: OverlayRow): void;
  /** Removes what a replica document covers: rows of that epoch up to `seq`, that one included. */
  removeCoveredOverlay(covered: { kind: string; entityId: string; epoch: number; seq: number }): void;
  /** Removes every row of a kind: it is about to be made again from the journal. */
  clearOverlay(kind: string): void;
  addPrintJob(job: NewPrintJob): void;
  /** A job that was interrupted, or that nobody can vouch for, waits again and prints marked as a reprint. */
  requeuePrintJob(jobId: string, reason: string): void;
  /** A job that waits or was interrupted is given up. */
  discardPrintJob(jobId: string, reason: string): void;
  /** A value of JSON. */
  putSetting(key: string, value: unknown): void;
};

export type TransactionOutcome = { jobsAdded: number };

/** Opens the doors of a transaction on a connection that has begun one; `close` ends their use. */
export function openTransaction(
  db: SqliteDatabase,
  records: readonly ChainedRecord[],
  nowMs: number,
): { tx: LedgerTransaction; close(): TransactionOutcome } {
  let isOpen = true;
  const outcome = { jobsAdded: 0 };
  const run: Run = (sql, ...params) => {
    if (!isOpen) throw new Error('The transaction is over; its doors are closed');
    return db.statement(sql).run(...params).changes;
  };

  const tx: LedgerTransaction = {
    records,
    ...printJobDoors(run, nowMs, outcome),
    putDraft({ transactionId, status, name, json }) {
      run(
        `INSERT INTO drafts (transaction_id, status, name, json, updated_at_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (transaction_id) DO UPDATE
         SET status = excluded.status, name = excluded.name, json = excluded.json, updated_at_ms = excluded.updated_at_ms`,
        transactionId,
        status,
        name,
        within(json, 'a draft'),
        nowMs,
      );
      const count = db.statement<{ drafts: number }>('SELECT count(*) AS drafts FROM drafts').get()?.drafts ?? 0;
      if (count > DRAFTS_MAX) throw new LedgerFault('limit', `more than ${DRAFTS_MAX} open and suspended transactions`);
    },
    removeDraft(transactionId) {
      run('DELETE FROM drafts WHERE transaction_id = ?', transactionId);
    },
    addOverlay({ kind, entityId, epoch, seq, json }) {
      run(
        'INSERT INTO overlay (kind, entity_id, epoch, seq, json) VALUES (?, ?, ?, ?, ?)',
        kind,
        entityId,
        epoch,
        seq,
        within(json, 'an overlay row'),
      );
    },
    removeCoveredOverlay({ kind, entityId, epoch, seq }) {
      run(
        'DELETE FROM overlay WHERE kind = ? AND entity_id = ? AND epoch = ? AND seq <= ?',
        kind,
        entityId,
        epoch,
        seq,
      );
    },
    clearOverlay(kind) {
      run('DELETE FROM overlay WHERE kind = ?', kind);
    },
    putSetting(key, value) {
      const sql = 'INSERT INTO settings (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json';
      run(sql, key, within(jsonText(value), 'a setting'));
    },
  };

  return {
    tx,
    close() {
      isOpen = false;
      return outcome;
    },
  };
}

type Run = (sql: string, ...params: (string | number | null)[]) => number;

function printJobDoors(
  run: Run,
  nowMs: number,
  outcome: TransactionOutcome,
): Pick<LedgerTransaction, 'addPrintJob' | 'requeuePrintJob' | 'discardPrintJob'> {
  return {
    addPrintJob({ jobId, kind, document }) {
      run(
        `INSERT INTO spool (job_id, kind, document, state, attempts, interrupted_before, created_at_ms)
         VALUES (?, ?, ?, 'waiting', 0, 0, ?)`,
        jobId,
        kind,
        within(jsonText(document), 'a print document'),
        nowMs,
      );
      run(
        `UPDATE spool SET state = 'discarded', reason = 'backlog', ended_at_ms = ?
         WHERE state = 'waiting' AND position <= last_insert_rowid() - ?`,
        nowMs,
        JOBS_WAITING_MAX,
      );
      outcome.jobsAdded += 1;
    },
    requeuePrintJob(jobId, reason) {
      const sql = `UPDATE spool SET state = 'waiting', interrupted_before = 1, reason = ?
                   WHERE job_id = ? AND state IN ('printing', 'interrupted')`;
      mustChange(run(sql, reason, jobId), jobId, 'printing or interrupted');
      outcome.jobsAdded += 1;
    },
    discardPrintJob(jobId, reason) {
      const sql = `UPDATE spool SET state = 'discarded', reason = ?, ended_at_ms = ?
                   WHERE job_id = ? AND state IN ('waiting', 'interrupted')`;
      mustChange(run(sql, reason, nowMs, jobId), jobId, 'waiting or interrupted');
    },
  };
}

function mustChange(changes: number, jobId: string, state: string): void {
  if (changes !== 1) throw new Error(`Print job ${jobId} is not ${state}`);
}

function jsonText(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('undefined is not a value of JSON');
  return text;
}

function within(json: string, what: string): string {
  if (json.length > JSON_CHARS_MAX) throw new LedgerFault('limit', `${what} of ${json.length} characters`);
  return json;
}
