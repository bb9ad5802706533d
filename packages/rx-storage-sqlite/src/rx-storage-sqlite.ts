import { openSqlite } from '@evertill/sqlite';
import type { SqliteDatabase, SqlitePragmas } from '@evertill/sqlite';
import { ensureRxStorageInstanceParamsAreCorrect, RXDB_VERSION } from 'rxdb';
import type { RxDocumentData, RxStorage, RxStorageInstanceCreationParams } from 'rxdb';
import { DocumentTable } from './document-table.ts';
import { FullText } from './full-text.ts';
import { StorageFault } from './storage-fault.ts';
import { SqliteStorageInstance } from './storage-instance.ts';
import type { SqliteInternals } from './storage-instance.ts';

/** The words by which documents of a collection are found. Changing the function means rebuilding the file. */
export type FullTextOf = Readonly<Record<string, (document: never) => string>>;

export interface RxStorageSqliteOptions {
  /** One file for all collections of one RxDatabase. */
  file: string;
  /** `journal_mode` WAL and `synchronous` FULL unless told otherwise. */
  pragmas?: SqlitePragmas;
  /** By collection name; collections without an entry have no full-text search. */
  fullText?: FullTextOf;
  /** Wall clock in milliseconds, against which `cleanup` measures; RxDB writes its documents' times by the same. */
  nowMs?: () => number;
}

export interface RxStorageSqlite extends RxStorage<SqliteInternals, Record<string, never>> {
  /** The open connection, or null before the first collection and after the last was closed. */
  connection(): SqliteDatabase | null;
  /**
   * What `find({ selector: { [path]: { $in: values } } })` of an open collection answers, as plain documents in order of their primary
   * key. RxDB's query objects, their cache and their plan cost five times what SQLite needs for it, and a scan waits for this answer.
   */
  findEqual<T>(
    collectionName: string,
    path: string,
    values: readonly string[],
    limit: number,
  ): Promise<RxDocumentData<T>[]>;
  /** Full-text search over an open collection. `candidates` bounds the answer; ranking is the caller's. */
  searchText<T>(collectionName: string, text: string, candidates: number): Promise<RxDocumentData<T>[]>;
}

/**
 * RxDB storage on one SQLite file. The connection opens with the first collection and closes with the last. RxDB's databases on it must be
 * created with `multiInstance: false`: one process owns the file.
 */
export function getRxStorageSqlite(options: RxStorageSqliteOptions): RxStorageSqlite {
  const instances = new Map<string, SqliteStorageInstance<unknown>>();
  let db: SqliteDatabase | null = null;

  const release = (key: string): void => {
    instances.delete(key);
    if (instances.size > 0) return;
    db?.close();
    db = null;
  };

  const openTable = <T>(
    on: SqliteDatabase,
    params: RxStorageInstanceCreationParams<T, Record<string, never>>,
    key: string,
  ): DocumentTable<T> => {
    try {
      return on.transaction(() => {
        const table = new DocumentTable<T>(on, params.collectionName, params.schema);
        table.createIndexes();
        return table;
      });
    } catch (error) {
      release(key);
      throw error;
    }
  };

  const createInstance = <T>(
    params: RxStorageInstanceCreationParams<T, Record<string, never>>,
  ): SqliteStorageInstance<T> => {
    assertSupported(params);
    const key = `${params.collectionName}-${params.schema.version}`;
    if (instances.has(key)) throw new StorageFault('unsupported', `${key} is open already`);
    db ??= openSqlite({
      file: options.file,
      pragmas: { journal_mode: 'WAL', synchronous: 'FULL', ...options.pragmas },
    });
    const table = openTable<T>(db, params, key);
    const textOf = options.fullText?.[params.collectionName] as ((document: T) => string) | undefined;
    const instance = new SqliteStorageInstance<T>({
      databaseName: params.databaseName,
      collectionName: params.collectionName,
      schema: params.schema,
      options: params.options,
      table,
      fullText: textOf ? { index: new FullText(table.db, table.name), textOf } : null,
      nowMs: options.nowMs ?? Date.now,
      onClose: () => release(key),
    });
    instances.set(key, instance as SqliteStorageInstance<unknown>);
    return instance;
  };

  const instanceOf = (collectionName: string): SqliteStorageInstance<unknown> => {
    const instance = [...instances.values()].find((open) => open.collectionName === collectionName);
    if (!instance) throw new StorageFault('closed', `${collectionName} is not open`);
    return instance;
  };

  return {
    name: 'sqlite',
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance(params) {
      ensureRxStorageInstanceParamsAreCorrect(params);
      return createInstance(params);
    },
    connection: () => db,
    async findEqual<T>(collectionName: string, path: string, values: readonly string[], limit: number) {
      return (await instanceOf(collectionName).findEqual(path, values, limit)) as RxDocumentData<T>[];
    },
    async searchText<T>(collectionName: string, text: string, candidates: number) {
      return (await instanceOf(collectionName).searchText(text, candidates)) as RxDocumentData<T>[];
    },
  };
}

function assertSupported<T>({
  schema,
  multiInstance,
}: RxStorageInstanceCreationParams<T, Record<string, never>>): void {
  if (schema.attachments) throw new StorageFault('unsupported', 'Attachments are not stored');
  if (multiInstance)
    throw new StorageFault('unsupported', 'One process owns the file: create the database with multiInstance: false');
}
