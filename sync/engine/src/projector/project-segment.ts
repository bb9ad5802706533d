import { segmentKey } from '@evertill/api';
import type { LedgerRecord, Projection } from '@evertill/api';
import { readSegment } from '@evertill/journal';
import { readRecord } from '@evertill/records';
import { SqliteFault } from '@evertill/sqlite';
import { plainItem } from '../sources/plain-value.ts';
import type { Tables } from '../tables/tables.ts';
import type { Cursor, ScopeMoved, ViewStore } from './view-store.ts';

/** One epoch of one author's journal. */
export interface JournalPlace {
  tenant: string;
  register: string;
  epoch: number;
}

/** A record that a projection could not take. It is passed over, so that it holds up nothing behind it (I19). */
export interface PassedOver {
  projection: string;
  journal: string;
  seq: number;
  error: unknown;
}

export interface RecordsProjected {
  moved: ScopeMoved[];
  passedOver: PassedOver[];
}

const SEQ_MAX = 999_999_999_999;

/** Name of a journal, as cursors and covers have it. */
export function journalOf({ register, epoch }: JournalPlace): string {
  return `${register}.${epoch}`;
}

/** Takes records of one journal, in order, into a projection, from its cursor on. Throws `SqliteFault`. */
export function projectRecords(
  views: ViewStore,
  projection: Projection,
  journal: string,
  records: readonly LedgerRecord[],
): RecordsProjected {
  const outcome: RecordsProjected = { moved: [], passedOver: [] };
  const from = views.cursor(journal);
  let cursor = from;
  for (const record of records) {
    if (record.seq > cursor.seq) cursor = projectRecord(views, projection, record, cursor, outcome);
  }
  // Records that mean nothing to the projection moved the cursor in memory only.
  if (cursor !== from) views.commit(journal, cursor, []);
  return outcome;
}

function projectRecord(
  views: ViewStore,
  projection: Projection,
  record: LedgerRecord,
  cursor: Cursor,
  outcome: RecordsProjected,
): Cursor {
  const done: Cursor = { seq: record.seq, part: 0 };
  try {
    projection.parts(record).forEach((part, index, parts) => {
      if (index < cursor.part) return;
      const changes = part.project(views.find(part.needs));
      const next = index + 1 === parts.length ? done : { seq: record.seq - 1, part: index + 1 };
      outcome.moved.push(...views.commit(record.journal, next, changes));
    });
  } catch (error) {
    if (error instanceof SqliteFault) throw error;
    outcome.passedOver.push({ projection: projection.name, journal: record.journal, seq: record.seq, error });
  }
  return done;
}

/** The journal's next segments from the one that holds `fromSeq` on, at most `segmentsMax`. */
export function nextSegments(
  tables: Tables,
  { tenant, register, epoch }: JournalPlace,
  fromSeq: number,
  segmentsMax: number,
): { segments: LedgerRecord[][]; hasMore: boolean } {
  const journal = journalOf({ tenant, register, epoch });
  const from = segmentKey(tenant, register, epoch, fromSeq);
  const { items, lastKey } = tables.query('ledger', {
    keyCondition: 'pk = :pk AND sk BETWEEN :from AND :to',
    values: {
      ':pk': { S: from.pk },
      ':from': { S: from.sk },
      ':to': { S: segmentKey(tenant, register, epoch, SEQ_MAX).sk },
    },
    limit: segmentsMax,
  });
  const segments = items.map((segment) =>
    (readSegment(String(plainItem(segment).text)) ?? []).map(({ text }) => {
      const read = readRecord(text);
      return { tenant, store: read.header.store, journal, seq: read.header.seq, read };
    }),
  );
  return { segments, hasMore: lastKey !== undefined };
}
