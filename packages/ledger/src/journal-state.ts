import {
  type ChainHead,
  createChainVerifier,
  type NumbersGiven,
  readPublicKey,
  verifySignature,
} from '@evertill/journal';
import { type ReadRecord, RecordFault } from '@evertill/records';
import type { SqliteDatabase } from '@evertill/sqlite';
import { LedgerFault } from './ledger-fault.ts';
import { filed, headOf, type LedgerRecord, selectFromEnd, selectLastOf, selectRecords } from './journal-table.ts';
import { TAIL_RECORDS_VERIFIED } from './limits.ts';

/** What the next record depends on. All of it follows from the journal; none of it is stored. */
export type JournalState = {
  readonly head: ChainHead;
  readonly businessDate: string | null;
  readonly numbers: NumbersGiven;
  readonly counts: { readonly records: number; readonly sales: number };
};
export type EpochKeyFact = { readonly publicKey: string; readonly keyId: string };

/** Reads the state of a journal; `null` when it is empty. */
export function readJournalState(db: SqliteDatabase): JournalState | null {
  const last = selectFromEnd(db, 0);
  if (!last) return null;
  const head = headOf(last.record);
  const sales = db
    .statement<{ sales: number }>(`SELECT count(*) AS sales FROM journal WHERE type = 'TransactionCompleted'`)
    .get();
  const z = readOwn(selectLastOf(db, 'ZReportIssued'));
  const report = z?.known && z.type === 'ZReportIssued' ? z.payload : null;
  const records = db.statement<{ records: number }>('SELECT count(*) AS records FROM journal').get();
  return {
    head,
    businessDate: last.record.businessDate,
    numbers: {
      epoch: head.epoch,
      receiptNumber: lastReceiptNumber(db, head.epoch),
      zNumber: report?.zNumber ?? 0,
      grandTotalMinor: report?.grandTotalMinor ?? 0,
    },
    counts: { records: records?.records ?? 0, sales: sales?.sales ?? 0 },
  };
}

function lastReceiptNumber(db: SqliteDatabase, epoch: number): number {
  let highest = 0;
  for (const type of ['TransactionCompleted', 'TransactionVoided'] as const) {
    const record = selectLastOf(db, type);
    if (record?.epoch !== epoch) continue;
    const read = readOwn(record);
    const isNumbered = read?.known && (read.type === 'TransactionCompleted' || read.type === 'TransactionVoided');
    if (isNumbered) highest = Math.max(highest, read.payload.receiptNumber);
  }
  return highest;
}

/** A record that this ledger filed itself: when it cannot be read, its bytes were changed. */
function readOwn(record: LedgerRecord | null): ReadRecord | null {
  try {
    return record?.read() ?? null;
  } catch (error) {
    if (error instanceof RecordFault) throw new LedgerFault('journal-broken', `${error.code}: ${error.message}`, error);
    throw error;
  }
}

/** The keys under which the epochs of a journal were opened, as it says itself. */
export function epochKeys(db: SqliteDatabase): (EpochKeyFact & { readonly epoch: number })[] {
  const keys: (EpochKeyFact & { readonly epoch: number })[] = [];
  for (const record of selectRecords(db, { type: 'EpochOpened' })) {
    const read = readOwn(record);
    if (!read?.known || read.type !== 'EpochOpened') continue;
    keys.push({ epoch: record.epoch, publicKey: read.payload.publicKey, keyId: read.payload.keyId });
  }
  return keys;
}

/**
 * Verifies the end of the journal: bytes, hashes, links, numbers, and the signature of the head, which vouches for all before it. That is
 * what a start can afford; an audit of the whole is `ledger.verify()`.
 *
 * @throws LedgerFault `journal-broken`.
 */
export function verifyTail(db: SqliteDatabase): void {
  const last = selectFromEnd(db, 0);
  if (!last) return;
  const keys = epochKeys(db);
  const keyOf = (epoch: number): EpochKeyFact | undefined => keys.find((key) => key.epoch === epoch);
  const before = selectFromEnd(db, TAIL_RECORDS_VERIFIED);
  const beforeKey = before ? keyOf(before.record.epoch) : undefined;
  const verifier = createChainVerifier({
    publicKeys: keys.map((key) => key.publicKey),
    withoutSignatures: true,
    ...(before && beforeKey ? { after: { head: headOf(before.record), ...beforeKey } } : {}),
  });
  for (const record of selectRecords(db, {}, before && beforeKey ? before.position : 0)) {
    const fault = verifier.take(filed(record));
    if (fault) throw new LedgerFault('journal-broken', `${fault.code}: ${fault.detail}`);
  }
  const headKey = keyOf(last.record.epoch);
  if (!headKey || !verifySignature(last.record.sealed, readPublicKey(headKey.publicKey))) {
    throw new LedgerFault('journal-broken', 'signature: the head is not signed by the key of its epoch');
  }
}
