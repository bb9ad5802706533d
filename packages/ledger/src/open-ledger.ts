import { mkdirSync } from 'node:fs';
import { chainEpoch, type ChainHead, type RecordContext } from '@evertill/journal';
import type { SqliteDatabase } from '@evertill/sqlite';
import { lockFolder } from './folder-lock.ts';
import type { HighWaterMark } from './high-water-mark.ts';
import { epochKeys, readJournalState, verifyTail } from './journal-state.ts';
import { insertFiled, insertRecord, selectPositionOf } from './journal-table.ts';
import { LedgerFault, withLedgerFaults } from './ledger-fault.ts';
import { createLedgerFile, endedUncleanly, ledgerExists, openLedgerFile, setLedgerAside } from './ledger-file.ts';
import type { LedgerOptions, OpeningReport } from './ledger-options.ts';
import { type Ledger, OpenLedger } from './ledger.ts';
import { findCopy, type FoundCopy, recordsBehind } from './regain.ts';

type NewEpochReason = NonNullable<OpeningReport['newEpoch']>;
const DEFAULT_ENGINE = 'evertill-ledger/1';

/**
 * Opens the ledger of a register, or makes it. In order: the folder is locked; a missing ledger is rebuilt from the second copy where
 * there is one; file, schema, integrity, identity and the end of the journal are checked; records that only the second copy
 * still holds come back; and where the journal does not reach the high-water mark, a new epoch is opened, so that no sequence number
 * is ever used twice.
 *
 * @throws LedgerFault with a code and a sentence for the screen. What was there is left as it was.
 */
export function openLedger<Document = unknown>(options: LedgerOptions<Document>): Ledger<Document> {
  return openWith(options, () => undefined);
}

/**
 * For a ledger that `openLedger` refuses as damaged: sets its files aside, keeping them, and builds a new one from the second copy.
 * Drafts, overlay, print jobs and settings start empty. What the copy lacks is missing from the journal from now on, and says so: it
 * lies behind the high-water mark, so a new epoch is opened.
 */
export function rebuildLedger<Document = unknown>(options: LedgerOptions<Document>): Ledger<Document> {
  return openWith(options, () => setLedgerAside(options.folder));
}

function openWith<Document>(options: LedgerOptions<Document>, prepare: () => void): Ledger<Document> {
  return withLedgerFaults(() => {
    mkdirSync(options.folder, { recursive: true });
    const lock = lockFolder(options.folder);
    try {
      prepare();
      return openLocked(options, lock.release);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

function openLocked<Document>(options: LedgerOptions<Document>, release: () => void): Ledger<Document> {
  const { folder, key, earlierPublicKeys = [] } = options;
  const publicKeys = [key.publicKey, ...earlierPublicKeys];
  const copy = findCopy(options.secondCopy?.folder);
  const isNew = !ledgerExists(folder);
  const uncleanEnd = !isNew && endedUncleanly(folder);
  if (isNew) createLedgerFile(folder, copy ? recordsBehind(copy.folder, null, { publicKeys }) : []);
  const db = openLedgerFile(folder, { sizeMaxBytes: options.sizeMaxBytes });
  try {
    verifyTail(db);
    checkIdentity(db, options);
    const regainedRecords = isNew ? countRecords(db) : regain(db, copy, publicKeys);
    const newEpoch = openEpochIfDue(db, options);
    const state = readJournalState(db);
    if (!state) throw new Error('an open ledger has an epoch');
    const opened: OpeningReport = { created: isNew, uncleanEnd, regainedRecords, newEpoch };
    // After a failed fsync the file may hold less than the page cache showed: writing all of it anew makes both agree.
    db.checkpoint('TRUNCATE');
    if (newEpoch) options.highWater.write(state.head);
    return new OpenLedger<Document>(db, options, state, opened, release);
  } catch (error) {
    db.close();
    throw error;
  }
}

function checkIdentity(db: SqliteDatabase, { folder, identity }: Pick<LedgerOptions, 'folder' | 'identity'>): void {
  const row = db.statement<{ text: string }>('SELECT text FROM journal ORDER BY position DESC LIMIT 1').get();
  if (!row) return;
  const written = JSON.parse(row.text) as { tenant?: unknown; store?: unknown; register?: unknown };
  const isSame = (['tenant', 'store', 'register'] as const).every((part) => written[part] === identity[part]);
  if (isSame) return;
  const whose = `${String(written.tenant)}/${String(written.store)}/${String(written.register)}`;
  throw new LedgerFault('other-identity', `${folder} holds the ledger of ${whose}`);
}

/** Brings back what the copy holds behind the ledger's head; answers how many records that are. */
function regain(db: SqliteDatabase, copy: FoundCopy | null, publicKeys: readonly string[]): number {
  if (!copy?.head || selectPositionOf(db, copy.head)) return 0;
  const before = countRecords(db);
  const head = readJournalState(db)?.head ?? null;
  const trusted = [...publicKeys, ...epochKeys(db).map((known) => known.publicKey)];
  db.transaction(() => {
    for (const record of recordsBehind(copy.folder, head, { publicKeys: trusted })) insertRecord(db, record);
  });
  return countRecords(db) - before;
}

function countRecords(db: SqliteDatabase): number {
  return readJournalState(db)?.counts.records ?? 0;
}

/** Opens an epoch where the journal cannot simply go on, and says why; `null` where it can. */
function openEpochIfDue(db: SqliteDatabase, options: Omit<LedgerOptions, 'readDocument'>): NewEpochReason | null {
  const state = readJournalState(db);
  const mark = readMark(options.highWater);
  const reason = epochReason(db, state?.head ?? null, mark, options.key.publicKey);
  if (reason === null) return null;
  const { identity, key, clock, random } = options;
  const epoch = Math.max(state?.head.epoch ?? 0, mark === 'unreadable' ? 0 : (mark?.epoch ?? 0)) + 1;
  const nowMs = clock.nowMs();
  const engine = options.engine ?? DEFAULT_ENGINE;
  const context: RecordContext = {
    actor: 'system',
    businessDate: state?.businessDate ?? null,
    basis: { catalog: null, prices: null, promotions: null, tax: null, settings: null, engine },
    currency: null,
  };
  const { sealed, header } = chainEpoch({
    identity,
    epoch,
    parent: state?.head ?? null,
    reason,
    random: random.bytes(16),
    context,
    key,
    at: new Date(nowMs).toISOString(),
    tzOffsetMin: clock.tzOffsetMin(),
  });
  db.transaction(() => insertFiled(db, sealed, header));
  return reason;
}

function epochReason(
  db: SqliteDatabase,
  head: ChainHead | null,
  mark: ChainHead | null | 'unreadable',
  publicKey: string,
): NewEpochReason | null {
  // A mark that cannot be read may stand for more than is here: a new epoch is always safe.
  if (mark === 'unreadable') return 'restored';
  if (head === null) return mark === null ? 'enrolled' : 'restored';
  if (mark) {
    const reached = selectPositionOf(db, mark);
    if (!reached) return 'restored';
    if (reached.hash !== mark.hash) return 'cloned';
  }
  const current = epochKeys(db).find((key) => key.epoch === head.epoch);
  return current?.publicKey === publicKey ? null : 'repaired';
}

function readMark(highWater: HighWaterMark): ChainHead | null | 'unreadable' {
  try {
    return highWater.read();
  } catch {
    return 'unreadable';
  }
}
