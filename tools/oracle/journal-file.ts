import { createRequire } from 'node:module';

/** One row of the table `journal`, as it lies in the file. */
export type JournalRow = {
  epoch: number;
  seq: number;
  hash: string;
  sig: string;
  alg: string;
  keyId: string;
  /** The canonical text of the record: its UTF-8 bytes are what was hashed. */
  text: string;
};

type Database = {
  prepare(sql: string): { all(...values: string[]): unknown[] };
  close(): void;
};
type DatabaseClass = new (file: string, options: { readOnly: boolean; timeout: number }) => Database;

const BUSY_TIMEOUT_MS = 2_000;

/** `json` is the register's own affair; whether something is in it can be seen from outside all the same. */
export type Draft = { transactionId: string; status: 'open' | 'suspended'; json: string };

/** A ledger file, read by plain SQL while the register may be running: each question is one short read transaction. */
export type OpenedJournal = {
  /** Every record, in the order in which it was written. */
  rows(): JournalRow[];
  /** How many records of a type can be seen from outside, which is to say: how many are committed. */
  countOf(type: string): number;
  /** Transactions that are not finished. */
  drafts(): Draft[];
  close(): void;
};

/** @throws Error when the file is not there or is not a ledger. */
export function openJournalFile(file: string): OpenedJournal {
  const database = new (sqlite())(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  return {
    rows: () =>
      database
        .prepare(`SELECT epoch, seq, hash, sig, alg, key_id AS keyId, text FROM journal ORDER BY rowid`)
        .all()
        .map(asJournalRow),
    countOf: (type) => {
      const [row] = database.prepare('SELECT count(*) AS count FROM journal WHERE type = ?').all(type);
      return Number((row as { count: number }).count);
    },
    drafts: () => database.prepare('SELECT transaction_id AS transactionId, status, json FROM drafts').all() as Draft[],
    close: () => database.close(),
  };
}

/** Reads a whole journal and lets go of the file. */
export function readJournalFile(file: string): JournalRow[] {
  const journal = openJournalFile(file);
  try {
    return journal.rows();
  } finally {
    journal.close();
  }
}

/** Node's own SQLite where it has one (22.5), else the library with the same API. */
function sqlite(): DatabaseClass {
  const require = createRequire(import.meta.url);
  try {
    return (require('node:sqlite') as { DatabaseSync: DatabaseClass }).DatabaseSync;
  } catch {
    return (require('@photostructure/sqlite') as { DatabaseSync: DatabaseClass }).DatabaseSync;
  }
}

function asJournalRow(value: unknown): JournalRow {
  const row = value as Record<string, unknown>;
  const text = row['text'];
  return {
    epoch: Number(row['epoch']),
    seq: Number(row['seq']),
    hash: asText(row['hash']),
    sig: asText(row['sig']),
    alg: asText(row['alg']),
    keyId: asText(row['keyId']),
    text: text instanceof Uint8Array ? new TextDecoder('utf-8', { fatal: true }).decode(text) : asText(text),
  };
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(`the journal holds a ${typeof value} where a text belongs`);
}
