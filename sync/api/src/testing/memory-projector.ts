import { readSegment } from '@evertill/journal';
import { canonicalText, type CanonicalValue, readRecord } from '@evertill/records';
import { changeOf, cursorKey, documentKey, type Key, scopeKey } from '../keys.ts';
import type {
  Change,
  DocumentPlace,
  Found,
  JsonObject,
  LedgerRecord,
  ProjectedDocument,
  Projection,
} from '../projections/projection.ts';
import type { MemoryTable, Row } from './memory-table.ts';

const PERIOD = 'p1';

/** Reads what the ledger holds beyond its cursors and writes documents, in the order and under the conditions that a projector has to keep. */
export function projectAll(ledger: MemoryTable, views: MemoryTable, projection: Projection): void {
  for (const segment of ledger.all().filter(({ sk }) => sk.startsWith('segment#'))) {
    const tenant = segment.pk.split('#')[0] ?? '';
    const journal = `${String(segment['register'])}.${String(segment['epoch'])}`;
    const at = cursorKey(tenant, projection.name, journal);
    for (const { text } of readSegment(String(segment['text'])) ?? []) {
      const read = readRecord(text);
      const { seq, store } = read.header;
      const cursor = Number(views.get(at)?.['seq'] ?? 0);
      if (seq <= cursor) continue;
      const record: LedgerRecord = { tenant, store, journal, seq, read };
      // In one transaction per part: its documents and rows, the scope's sequence and the cursor (seq, part).
      for (const part of projection.parts(record)) {
        for (const change of part.project(foundIn(views, tenant))) write(views, tenant, change);
      }
      views.put({ ...at, seq });
    }
  }
}

function foundIn(views: MemoryTable, tenant: string): Found {
  return {
    document({ collection, scope, id }) {
      const row = views.get(documentKey(tenant, collection, scope, id));
      return row ? projectedDocument(row) : null;
    },
    rowAtOrBefore({ pk, sk }: Key) {
      const row = views
        .partition(pk)
        .filter((candidate) => candidate.sk <= sk)
        .at(-1);
      return row ? (row['value'] as JsonObject) : null;
    },
  };
}

function projectedDocument(row: Row): ProjectedDocument {
  const covers = row['covers'] as { journal: string; seq: number }[];
  return {
    deleted: row['deleted'] === true,
    covers: Object.fromEntries(covers.map(({ journal, seq }) => [journal, seq])),
    body: JSON.parse(String(row['body'])) as JsonObject,
    inner: JSON.parse(String(row['inner'])) as JsonObject,
  };
}

function write(views: MemoryTable, tenant: string, change: Change): void {
  if (change.kind === 'row') {
    // A row's own attributes are what a resolver reads of it; `value` is what the projection does.
    views.put({ ...change.value, ...change.key, value: change.value });
    return;
  }
  const seq = nextSeq(views, tenant, change.place);
  const { place, deleted, covers, body, inner } = change;
  views.put({
    ...documentKey(tenant, place.collection, place.scope, place.id),
    id: place.id,
    change: changeOf(PERIOD, seq),
    period: PERIOD,
    seq,
    deleted,
    covers: Object.keys(covers)
      .sort()
      .map((journal) => ({ journal, seq: covers[journal] ?? 0 })),
    // Canonical, so that equal events give equal bytes (I18).
    body: canonicalText(body as CanonicalValue),
    inner: canonicalText(inner as CanonicalValue),
  });
}

/** Here a write is whole at once, so what is written is settled. */
function nextSeq(views: MemoryTable, tenant: string, { collection, scope }: DocumentPlace): number {
  const key = scopeKey(tenant, collection, scope);
  const seq = Number(views.get(key)?.['seq'] ?? 0) + 1;
  views.put({ ...key, period: PERIOD, seq, settledSeq: seq });
  return seq;
}
