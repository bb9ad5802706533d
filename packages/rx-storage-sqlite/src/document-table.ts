import type { SqliteDatabase, SqliteStatement, SqlValue } from '@evertill/sqlite';
import type { RxDocumentData, RxJsonSchema } from 'rxdb';
import { getPrimaryFieldOfPrimaryKey } from 'rxdb';
import { PathProfile, flagsOfText, valueAt } from './path-profile.ts';
import { indexesOfSchema, pathsOfSchema } from './schema-paths.ts';
import type { SchemaPath } from './schema-paths.ts';
import { quoted } from './sql.ts';
import { StorageFault } from './storage-fault.ts';

/**
 * One collection in one schema version as a table: id, deletion, time of last write, a column for each indexed field, and the whole
 * document as JSON, which is what reads return.
 */
export class DocumentTable<T> {
  readonly db: SqliteDatabase;
  readonly name: string;
  readonly primaryPath: string;
  readonly paths: ReadonlyMap<string, SchemaPath>;
  readonly profile: PathProfile;
  readonly #indexed: readonly SchemaPath[];
  readonly #indexes: readonly (readonly string[])[];
  readonly #insert: SqliteStatement;
  readonly #update: SqliteStatement;
  readonly #byId: SqliteStatement<{ json: string }>;

  constructor(db: SqliteDatabase, collectionName: string, schema: RxJsonSchema<RxDocumentData<T>>) {
    this.db = db;
    this.name = `${collectionName}-${schema.version}`;
    this.primaryPath = String(getPrimaryFieldOfPrimaryKey(schema.primaryKey));
    this.paths = pathsOfSchema(schema);
    this.#indexed = [...this.paths.values()].filter(({ column }) => column !== null);
    this.#indexes = indexesOfSchema(schema).filter((fields) => fields.every((field) => this.paths.has(field)));
    this.#create();
    this.profile = new PathProfile(db, this.name, this.paths.values());
    const columns = ['id', 'deleted', 'lwt', 'json', ...this.#indexed.map(({ column }) => column as string)];
    const marks = columns.map(() => '?').join(', ');
    const table = quoted(this.name);
    this.#insert = db.statement(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
    this.#update = db.statement(`UPDATE ${table} SET (${columns.join(', ')}) = (${marks}) WHERE id = ?`);
    this.#byId = db.statement(`SELECT json FROM ${table} WHERE id = ?`);
  }

  #create(): void {
    const columns = this.#indexed.map(({ column }) => `, ${column}`).join('');
    const definition = `CREATE TABLE ${quoted(this.name)} (id TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL, lwt REAL NOT NULL, json TEXT NOT NULL${columns})`;
    const found = this.db
      .statement<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?")
      .get(this.name);
    if (!found) this.db.exec(definition);
    // RxDB knows a schema by its version; another shape under the same version would read columns that were never filled.
    else if (found.sql !== definition)
      throw new StorageFault('schema-changed', `${this.name} was written with another schema`);
  }

  /** Creates the schema's indexes where they are missing. After a bulk import rather than before: building once is cheaper than keeping. */
  createIndexes(): void {
    this.#indexes.forEach((fields, at) => {
      const expressions = fields.map((field) => this.paths.get(field)?.expression);
      this.db.exec(
        `CREATE INDEX IF NOT EXISTS ${quoted(`${this.name} ${at}`)} ON ${quoted(this.name)} (${expressions.join(', ')})`,
      );
    });
  }

  get(id: string): RxDocumentData<T> | undefined {
    const row = this.#byId.get(id);
    return row ? parsed<T>(row.json) : undefined;
  }

  insert(document: RxDocumentData<T>): void {
    this.profile.observe(document);
    this.#insert.run(...this.#row(document));
  }

  /** Inserts a document that is not RxDB's yet, given the JSON of what RxDB adds; copying each document would cost a tenth of an import. */
  insertImported(document: T, lwtMs: number, addedJson: string): void {
    this.profile.observe(document);
    const json = `${JSON.stringify(document).slice(0, -1)},${addedJson.slice(1)}`;
    this.#insert.run(...this.#values(document, false, lwtMs, json));
  }

  update(document: RxDocumentData<T>): void {
    this.profile.observe(document);
    const row = this.#row(document);
    this.#update.run(...row, row[0] as SqlValue);
  }

  drop(): void {
    this.db.exec(`DROP TABLE ${quoted(this.name)}`);
    this.db.statement('DELETE FROM path_profile WHERE tbl = ?').run(this.name);
  }

  idOf(document: T | RxDocumentData<T>): string {
    return String((document as Record<string, unknown>)[this.primaryPath]);
  }

  #row(document: RxDocumentData<T>): SqlValue[] {
    return this.#values(document, document._deleted, document._meta.lwt, JSON.stringify(document));
  }

  #values(document: T | RxDocumentData<T>, deleted: boolean, lwt: number, json: string): SqlValue[] {
    const id = this.idOf(document);
    if (flagsOfText(id).includes('irregular')) {
      throw new StorageFault('id-not-storable', `Not an id that SQLite can hold: ${JSON.stringify(id)}`);
    }
    return [
      id,
      deleted ? 1 : 0,
      lwt,
      json,
      ...this.#indexed.map(({ segments }) => columnValue(valueAt(document, segments))),
    ];
  }
}

export function parsed<T>(json: string): RxDocumentData<T> {
  return JSON.parse(json) as RxDocumentData<T>;
}

/** Anything but one of the three kinds makes its path irregular, and then nobody reads the column. */
function columnValue(value: unknown): SqlValue {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'boolean' ? Number(value) : null;
}
