import { categorizeBulkWriteRows } from 'rxdb';
import type {
  BulkWriteRow,
  CategorizeBulkWriteRowsOutput,
  EventBulk,
  PreparedQuery,
  RxDocumentData,
  RxJsonSchema,
  RxStorageBulkWriteResponse,
  RxStorageChangeEvent,
  RxStorageCountResult,
  RxStorageDefaultCheckpoint,
  RxStorageInstance,
  RxStorageQueryResult,
  StringKeys,
} from 'rxdb';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { parsed } from './document-table.ts';
import type { DocumentTable } from './document-table.ts';
import type { FullText } from './full-text.ts';
import { BATCH_DOCUMENTS, Pacer } from './pacer.ts';
import { countQuery, runQuery } from './run-query.ts';
import type { QueryContext, QueryCounters } from './run-query.ts';
import { quoted } from './sql.ts';
import { StorageFault } from './storage-fault.ts';

export interface SqliteInternals {
  /** How queries were answered since the instance was opened. */
  counters: Readonly<QueryCounters>;
}

export interface InstanceParts<T> {
  databaseName: string;
  collectionName: string;
  schema: Readonly<RxJsonSchema<RxDocumentData<T>>>;
  options: Readonly<Record<string, never>>;
  table: DocumentTable<T>;
  fullText: { index: FullText; textOf: (document: T) => string } | null;
  nowMs: () => number;
  onClose: () => void;
}

/** The instance of one collection. Every answer is computed synchronously by SQLite; the promises are RxDB's contract and the pacing. */
export class SqliteStorageInstance<T> implements RxStorageInstance<
  T,
  SqliteInternals,
  Record<string, never>,
  RxStorageDefaultCheckpoint
> {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<T>>>;
  readonly options: Readonly<Record<string, never>>;
  readonly internals: SqliteInternals;
  readonly #parts: InstanceParts<T>;
  readonly #table: DocumentTable<T>;
  readonly #query: QueryContext<T>;
  readonly #pacer = new Pacer();
  readonly #changes = new Subject<EventBulk<RxStorageChangeEvent<RxDocumentData<T>>, RxStorageDefaultCheckpoint>>();
  #writes = 0;
  #closed = false;

  constructor(parts: InstanceParts<T>) {
    this.databaseName = parts.databaseName;
    this.collectionName = parts.collectionName;
    this.schema = parts.schema;
    this.options = parts.options;
    this.#parts = parts;
    this.#table = parts.table;
    const counters: QueryCounters = { sql: 0, javascript: 0 };
    this.internals = { counters };
    this.#query = {
      table: parts.table,
      schema: parts.schema,
      pacer: this.#pacer,
      counters,
      writes: () => this.#writes,
    };
  }

  /** Writes in transactions of at most 200 rows; each is announced when it has been committed. Conflicts are answered, not thrown. */
  async bulkWrite(documentWrites: BulkWriteRow<T>[], context: string): Promise<RxStorageBulkWriteResponse<T>> {
    const error: RxStorageBulkWriteResponse<T>['error'] = [];
    for (let at = 0; at < documentWrites.length; at += BATCH_DOCUMENTS) {
      this.#assertOpen();
      const categorized = this.#writeBatch(documentWrites.slice(at, at + BATCH_DOCUMENTS), context);
      error.push(...categorized.errors);
      this.#announce(categorized);
      await this.#pacer.pass(BATCH_DOCUMENTS);
    }
    return { error };
  }

  #writeBatch(rows: BulkWriteRow<T>[], context: string): CategorizeBulkWriteRowsOutput<T> {
    const { profile, db } = this.#table;
    try {
      const categorized = db.transaction(() => this.#categorizeAndWrite(rows, context));
      profile.settle('committed');
      this.#writes += 1;
      return categorized;
    } catch (error) {
      profile.settle('rolled-back');
      throw error;
    }
  }

  #categorizeAndWrite(rows: BulkWriteRow<T>[], context: string): CategorizeBulkWriteRowsOutput<T> {
    const stored = new Map<string, RxDocumentData<T>>();
    for (const { document } of rows) {
      const id = this.#table.idOf(document as RxDocumentData<T>);
      const found = this.#table.get(id);
      if (found) stored.set(id, found);
    }
    const primaryPath = this.#table.primaryPath as StringKeys<T>;
    const categorized = categorizeBulkWriteRows<T>(this, primaryPath, stored, rows, context);
    for (const { document } of categorized.bulkInsertDocs) this.#table.insert(document);
    for (const { document } of categorized.bulkUpdateDocs) this.#table.update(document);
    const { fullText } = this.#parts;
    if (fullText) {
      for (const { document } of [...categorized.bulkInsertDocs, ...categorized.bulkUpdateDocs]) {
        fullText.index.write(this.#table.idOf(document), document._deleted ? '' : fullText.textOf(document));
      }
    }
    return categorized;
  }

  #announce({ eventBulk, newestRow }: CategorizeBulkWriteRowsOutput<T>): void {
    if (eventBulk.events.length === 0 || !newestRow) return;
    eventBulk.checkpoint = { id: this.#table.idOf(newestRow.document), lwt: newestRow.document._meta.lwt };
    this.#changes.next(eventBulk);
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<T>[]> {
    const found: RxDocumentData<T>[] = [];
    for (let at = 0; at < ids.length; at += BATCH_DOCUMENTS) {
      this.#assertOpen();
      for (const id of ids.slice(at, at + BATCH_DOCUMENTS)) {
        const document = this.#table.get(id);
        if (document && (withDeleted || !document._deleted)) found.push(document);
      }
      await this.#pacer.pass(Math.min(BATCH_DOCUMENTS, ids.length - at));
    }
    return found;
  }

  async query(preparedQuery: PreparedQuery<T>): Promise<RxStorageQueryResult<T>> {
    this.#assertOpen();
    return { documents: await runQuery(this.#query, preparedQuery) };
  }

  async count(preparedQuery: PreparedQuery<T>): Promise<RxStorageCountResult> {
    this.#assertOpen();
    return countQuery(this.#query, preparedQuery);
  }

  /** Documents, deleted ones excluded, whose field at `path` equals one of `values`; ascending by primary key. */
  async findEqual(path: string, values: readonly string[], limit: number): Promise<RxDocumentData<T>[]> {
    this.#assertOpen();
    const selector = {
      _deleted: { $eq: false },
      [path]: values.length === 1 ? { $eq: values[0] } : { $in: [...values] },
    };
    const query = { selector, sort: [{ [this.#table.primaryPath]: 'asc' }], skip: 0, limit };
    return runQuery(this.#query, { query: query as unknown as PreparedQuery<T>['query'] });
  }

  /** Up to `candidates` documents in which every word of `text` begins a word, unranked. */
  async searchText(text: string, candidates: number): Promise<RxDocumentData<T>[]> {
    this.#assertOpen();
    const { fullText } = this.#parts;
    if (!fullText) throw new StorageFault('unsupported', `${this.collectionName} was opened without full text`);
    const found = fullText.index.search(text, candidates);
    await this.#pacer.pass(found.length);
    return found.map((json) => parsed<T>(json));
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: RxStorageDefaultCheckpoint,
  ): Promise<{ documents: RxDocumentData<T>[]; checkpoint: RxStorageDefaultCheckpoint }> {
    this.#assertOpen();
    const since = checkpoint ?? { id: '', lwt: 0 };
    const rows = this.#table.db
      .statement<{ json: string }>(
        `SELECT json FROM ${quoted(this.#table.name)} WHERE (lwt, id) > (?, ?) ORDER BY lwt, id LIMIT ?`,
      )
      .all(since.lwt, since.id, limit);
    await this.#pacer.pass(rows.length);
    const documents = rows.map(({ json }) => parsed<T>(json));
    const last = documents.at(-1);
    return { documents, checkpoint: last ? { id: this.#table.idOf(last), lwt: last._meta.lwt } : since };
  }

  changeStream(): Observable<EventBulk<RxStorageChangeEvent<RxDocumentData<T>>, RxStorageDefaultCheckpoint>> {
    this.#assertOpen();
    return this.#changes.asObservable();
  }

  /** Forgets deleted documents whose deletion is older than `minimumDeletedTimeMs`; true when none is left to forget. */
  async cleanup(minimumDeletedTimeMs: number): Promise<boolean> {
    this.#assertOpen();
    const table = quoted(this.#table.name);
    const { changes } = this.#table.db
      .statement(
        `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE deleted = 1 AND lwt <= ? LIMIT ${BATCH_DOCUMENTS})`,
      )
      .run(this.#parts.nowMs() - minimumDeletedTimeMs);
    this.#writes += 1;
    await this.#pacer.pass(changes);
    return changes < BATCH_DOCUMENTS;
  }

  getAttachmentData(): Promise<Blob> {
    return Promise.reject(new StorageFault('unsupported', 'Attachments are not stored'));
  }

  async remove(): Promise<void> {
    this.#assertOpen();
    this.#table.db.transaction(() => {
      this.#parts.fullText?.index.drop();
      this.#table.drop();
    });
    await this.close();
  }

  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#changes.complete();
      this.#parts.onClose();
    }
    return Promise.resolve();
  }

  #assertOpen(): void {
    if (this.#closed) throw new StorageFault('closed', `${this.collectionName} is closed`);
  }
}
