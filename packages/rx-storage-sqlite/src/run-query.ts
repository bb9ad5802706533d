import { getQueryMatcher, getSortComparator } from 'rxdb';
import type { PreparedQuery, RxDocumentData, RxJsonSchema } from 'rxdb';
import { parsed } from './document-table.ts';
import type { DocumentTable } from './document-table.ts';
import { orderClause } from './order-clause.ts';
import { BATCH_DOCUMENTS } from './pacer.ts';
import type { Pacer } from './pacer.ts';
import { quoted } from './sql.ts';
import { whereClause } from './where-clause.ts';

/** How a query was answered: wholly by SQLite, or with RxDB's matcher or comparator in JavaScript over the candidates SQLite chose. */
export type QueryWay = 'sql' | 'javascript';

export type QueryCounters = Record<QueryWay, number>;

export interface QueryContext<T> {
  table: DocumentTable<T>;
  schema: RxJsonSchema<RxDocumentData<T>>;
  pacer: Pacer;
  counters: QueryCounters;
  /** Rises with each write to the table. */
  writes: () => number;
}

/** `query` alone is read: which index serves it is SQLite's choice, not that of RxDB's plan. */
export async function runQuery<T>(
  context: QueryContext<T>,
  { query }: Pick<PreparedQuery<T>, 'query'>,
): Promise<RxDocumentData<T>[]> {
  const { table, counters } = context;
  const skip = query.skip ?? 0;
  const limit = typeof query.limit === 'number' ? query.limit : Number.POSITIVE_INFINITY;
  const clause = whereClause(query.selector, table);
  const order = orderClause(query.sort, table);
  if (clause.exact && order !== null) {
    counters.sql += 1;
    return pickInSql(context, { ...clause.where, order }, skip, limit);
  }
  counters.javascript += 1;
  const matches = clause.exact ? () => true : getQueryMatcher(context.schema, query);
  const rows = rowidsOf(table, `WHERE ${clause.where.text}`, clause.where.params);
  const found = await readRows(context, rows, matches);
  // A null means that a write came between the batches; what was read is of two states, so it is read again in one go.
  const documents =
    found ?? readRowsAtOnce(table, rowidsOf(table, `WHERE ${clause.where.text}`, clause.where.params), matches);
  documents.sort(getSortComparator(context.schema, query));
  return documents.slice(skip, skip + limit);
}

/** Counts what a query matches, whatever its skip and limit. `fast` when SQLite counted. */
export async function countQuery<T>(
  context: QueryContext<T>,
  prepared: PreparedQuery<T>,
): Promise<{ count: number; mode: 'fast' | 'slow' }> {
  const { table, counters } = context;
  const clause = whereClause(prepared.query.selector, table);
  if (clause.exact) {
    counters.sql += 1;
    const counted = table.db
      .statement<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(table.name)} WHERE ${clause.where.text}`)
      .get(...clause.where.params);
    return { count: counted?.n ?? 0, mode: 'fast' };
  }
  const { skip: _skip, limit: _limit, ...query } = prepared.query;
  const documents = await runQuery(context, { ...prepared, query: { ...query, skip: 0 } });
  return { count: documents.length, mode: 'slow' };
}

async function pickInSql<T>(
  context: QueryContext<T>,
  pick: { text: string; params: Parameters<typeof rowidsOf>[2]; order: string },
  skip: number,
  limit: number,
): Promise<RxDocumentData<T>[]> {
  const { table } = context;
  const window =
    limit === Number.POSITIVE_INFINITY && skip === 0
      ? ''
      : ` LIMIT ${Number.isFinite(limit) ? limit : -1} OFFSET ${skip}`;
  const tail = `WHERE ${pick.text} ORDER BY ${pick.order}${window}`;
  if (limit <= BATCH_DOCUMENTS) {
    const rows = table.db
      .statement<{ json: string }>(`SELECT json FROM ${quoted(table.name)} ${tail}`)
      .all(...pick.params);
    await context.pacer.pass(rows.length);
    return rows.map(({ json }) => parsed<T>(json));
  }
  const all = (): true => true;
  const found = await readRows(context, rowidsOf(table, tail, pick.params), all);
  return found ?? readRowsAtOnce(table, rowidsOf(table, tail, pick.params), all);
}

function rowidsOf<T>(
  table: DocumentTable<T>,
  tail: string,
  params: Parameters<ReturnType<DocumentTable<T>['db']['statement']>['all']>,
): number[] {
  const rows = table.db.statement<{ rowid: number }>(`SELECT rowid FROM ${quoted(table.name)} ${tail}`).all(...params);
  return rows.map(({ rowid }) => rowid);
}

/** Reads documents in batches with a turn of the event loop between them; null when a write came in between. */
async function readRows<T>(
  { table, pacer, writes }: QueryContext<T>,
  rowids: readonly number[],
  matches: (document: RxDocumentData<T>) => boolean,
): Promise<RxDocumentData<T>[] | null> {
  const writesBefore = writes();
  const found: RxDocumentData<T>[] = [];
  for (let at = 0; at < rowids.length; at += BATCH_DOCUMENTS) {
    const batch = rowids.slice(at, at + BATCH_DOCUMENTS);
    found.push(...readRowsAtOnce(table, batch, matches));
    await pacer.pass(batch.length);
    if (writes() !== writesBefore) return null;
  }
  return found;
}

function readRowsAtOnce<T>(
  table: DocumentTable<T>,
  rowids: readonly number[],
  matches: (document: RxDocumentData<T>) => boolean,
): RxDocumentData<T>[] {
  const byRow = table.db.statement<{ json: string }>(`SELECT json FROM ${quoted(table.name)} WHERE rowid = ?`);
  const found: RxDocumentData<T>[] = [];
  for (const rowid of rowids) {
    const row = byRow.get(rowid);
    if (!row) continue;
    const document = parsed<T>(row.json);
    if (matches(document)) found.push(document);
  }
  return found;
}
