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

export interface SegmentProjected {
  /** `false` when the projection has read the journal to its end. */
  hasRead: boolean;
  moved: ScopeMoved[];
  passedOver: PassedOver[];
}

const SEQ_MAX = 999_999_999_999;

/** Takes the next segment of a journal into a projection, from its cursor on. Throws `SqliteFault`; the cursor is then where it was. */
export function projectSegment(
  tables: Tables,
  views: ViewStore,
  projection: Projection,
  place: JournalPlace,
): SegmentProjected {
  const journal = `${place.register}.${place.epoch}`;
  const outcome: SegmentProjected = { hasRead: false, moved: [], passedOver: [] };
  let cursor = views.cursor(journal);
  for (const record of nextRecords(tables, place, journal, cursor.seq + 1)) {
    outcome.hasRead = true;
    cursor = projectRecord(views, projection, record, cursor, outcome);
  }
  // Records that mean nothing to the projection moved the cursor in memory only.
  if (outcome.hasRead) views.commit(journal, cursor, []);
  return outcome;
}

function projectRecord(
  views: ViewStore,
  projection: Projection,
  record: LedgerRecord,
  cursor: Cursor,
  outcome: SegmentProjected,
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

/** Records of the segment that holds `fromSeq`, from there on; none at the journal's end. */
function nextRecords(
  tables: Tables,
  { tenant, register, epoch }: JournalPlace,
  journal: string,
  fromSeq: number,
): LedgerRecord[] {
  const from = segmentKey(tenant, register, epoch, fromSeq);
  const { items } = tables.query('ledger', {
    keyCondition: 'pk = :pk AND sk BETWEEN :from AND :to',
    values: {
      ':pk': { S: from.pk },
      ':from': { S: from.sk },
      ':to': { S: segmentKey(tenant, register, epoch, SEQ_MAX).sk },
    },
    limit: 1,
  });
  const [segment] = items;
  if (!segment) return [];
  const sealed = readSegment(String(plainItem(segment).text)) ?? [];
  return sealed
    .map(({ text }) => {
      const read = readRecord(text);
      return { tenant, store: read.header.store, journal, seq: read.header.seq, read };
    })
    .filter(({ seq }) => seq >= fromSeq);
}
