import type { ChainHead, FiledRecord, SealedRecord } from '@evertill/journal';
import { type ReadRecord, readRecord, type RecordType } from '@evertill/records';
import type { SqliteDatabase } from '@evertill/sqlite';

/** A record as the ledger holds it. `read()` parses its text; the columns alone are enough to find and count. */
export type LedgerRecord = {
  readonly epoch: number;
  readonly seq: number;
  /** A type that this version may not know. */
  readonly type: string;
  readonly at: string;
  readonly businessDate: string | null;
  readonly sealed: SealedRecord;
  read(): ReadRecord;
};

export type RecordFilter = {
  readonly type?: RecordType | readonly RecordType[];
  readonly epoch?: number;
  /** This sequence number and later ones; with `epoch`, or else of the current epoch only. */
  readonly fromSeq?: number;
  readonly businessDate?: string;
  readonly limit?: number;
};

type Row = {
  position: number;
  epoch: number;
  seq: number;
  hash: string;
  alg: 'Ed25519';
  key_id: string;
  sig: string;
  type: string;
  at: string;
  business_date: string | null;
  text: string;
};

/** No statement stays open between pages: an open one would keep the write-ahead log from being checkpointed. */
const PAGE_ROWS = 100;
const COLUMNS = 'position, epoch, seq, hash, alg, key_id, sig, type, at, business_date, text';

/** Files a record under what its own text says. Inside a transaction of the caller. */
export function insertRecord(db: SqliteDatabase, record: SealedRecord): void {
  const { header } = readRecord(record.text);
  insertFiled(db, record, header);
}

/** Files a record whose header the caller has at hand. */
export function insertFiled(
  db: SqliteDatabase,
  { text, hash, alg, keyId, sig }: SealedRecord,
  filing: { epoch: number; seq: number; type: string; at: string; businessDate: string | null },
): void {
  const { epoch, seq, type, at, businessDate } = filing;
  db.statement(
    `INSERT INTO journal (epoch, seq, hash, alg, key_id, sig, type, at, business_date, text)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(epoch, seq, hash, alg, keyId, sig, type, at, businessDate, text);
}

/** Records in order, a page at a time; what is appended meanwhile comes too. */
export function* selectRecords(db: SqliteDatabase, filter: RecordFilter, after = 0): Generator<LedgerRecord> {
  const { conditions, values } = conditionsOf(filter);
  const statement = db.statement<Row>(
    `SELECT ${COLUMNS} FROM journal WHERE position > ?${conditions} ORDER BY position LIMIT ?`,
  );
  let position = after;
  let left = filter.limit ?? Number.MAX_SAFE_INTEGER;
  while (left > 0) {
    const wanted = Math.min(PAGE_ROWS, left);
    const rows = statement.all(position, ...values, wanted);
    for (const row of rows) yield ledgerRecordOf(row);
    position = rows[rows.length - 1]?.position ?? position;
    left -= rows.length;
    if (rows.length < wanted) return;
  }
}

function conditionsOf(filter: RecordFilter): { conditions: string; values: (string | number)[] } {
  const values: (string | number)[] = [];
  let conditions = '';
  const add = (condition: string, ...given: (string | number)[]): void => {
    conditions += ` AND ${condition}`;
    values.push(...given);
  };
  const types = typeof filter.type === 'string' ? [filter.type] : (filter.type ?? []);
  if (types.length > 0) add(`type IN (${types.map(() => '?').join(', ')})`, ...types);
  if (filter.businessDate !== undefined) add('business_date = ?', filter.businessDate);
  if (filter.epoch !== undefined) add('epoch = ?', filter.epoch);
  if (filter.fromSeq !== undefined) add('seq >= ?', filter.fromSeq);
  return { conditions, values };
}

/** The latest record of a type, over all epochs. Business dates never run backwards, so the index gives it at once. */
export function selectLastOf(db: SqliteDatabase, type: RecordType): LedgerRecord | null {
  const row = db
    .statement<Row>(`SELECT ${COLUMNS} FROM journal WHERE type = ? ORDER BY business_date DESC, position DESC LIMIT 1`)
    .get(type);
  return row ? ledgerRecordOf(row) : null;
}

/** The record before which `count` others stand at the end; `null` when there are not that many before. */
export function selectFromEnd(db: SqliteDatabase, count: number): { record: LedgerRecord; position: number } | null {
  const row = db.statement<Row>(`SELECT ${COLUMNS} FROM journal ORDER BY position DESC LIMIT 1 OFFSET ?`).get(count);
  return row ? { record: ledgerRecordOf(row), position: row.position } : null;
}

export function selectPositionOf(
  db: SqliteDatabase,
  head: { epoch: number; seq: number },
): { position: number; hash: string } | null {
  const row = db
    .statement<{ position: number; hash: string }>('SELECT position, hash FROM journal WHERE epoch = ? AND seq = ?')
    .get(head.epoch, head.seq);
  return row ?? null;
}

export function headOf(record: LedgerRecord): ChainHead {
  return { epoch: record.epoch, seq: record.seq, hash: record.sealed.hash };
}

/** For a verifier: the record with the columns that it is filed under. */
export function filed(record: LedgerRecord): FiledRecord {
  const { epoch, seq, type, at, businessDate } = record;
  return { ...record.sealed, filedUnder: { epoch, seq, type, at, businessDate } };
}

function ledgerRecordOf(row: Row): LedgerRecord {
  const { epoch, seq, hash, alg, sig, type, at, text } = row;
  return {
    epoch,
    seq,
    type,
    at,
    businessDate: row.business_date,
    sealed: { text, hash, alg, keyId: row.key_id, sig },
    read: () => readRecord(text),
  };
}
