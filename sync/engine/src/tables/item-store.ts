import { migrate } from '@evertill/sqlite';
import type { Migration, SqliteDatabase, SqlValue } from '@evertill/sqlite';
import type { Item } from './attribute-value.ts';
import { keyBytes } from './table-definition.ts';
import type { KeyBytes, TableDefinition } from './table-definition.ts';
import type { WriteTurn } from './write-turn.ts';

/** One step through a partition, in the order of the sort key or of an index. Bounds are bytes. */
export interface Walk {
  index: string | undefined;
  pk: Buffer;
  from?: { bytes: Buffer; inclusive: boolean };
  to?: { bytes: Buffer; inclusive: boolean };
  /** Go on behind this place. `order` is the index's sort key, or the table's. */
  after?: { order: Buffer; sk: Buffer };
  forward: boolean;
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'items and their local indexes',
    up: (db) =>
      db.exec(`
        CREATE TABLE item (
          id INTEGER PRIMARY KEY,
          tbl TEXT NOT NULL,
          pk BLOB NOT NULL,
          sk BLOB NOT NULL,
          body TEXT NOT NULL,
          UNIQUE (tbl, pk, sk)
        ) STRICT;
        CREATE TABLE index_entry (
          tbl TEXT NOT NULL,
          idx TEXT NOT NULL,
          pk BLOB NOT NULL,
          ord BLOB NOT NULL,
          sk BLOB NOT NULL,
          item INTEGER NOT NULL REFERENCES item (id) ON DELETE CASCADE,
          PRIMARY KEY (tbl, idx, pk, ord, sk)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX index_entry_item ON index_entry (item);
      `),
  },
];

/** Items of all tables in one SQLite file. Knows keys and order, and nothing of expressions. */
export class ItemStore {
  readonly #db: SqliteDatabase;
  readonly #turn: WriteTurn | undefined;

  constructor(db: SqliteDatabase, turn?: WriteTurn) {
    migrate(db, MIGRATIONS);
    this.#db = db;
    this.#turn = turn;
  }

  /** Within another one, `work` belongs to that. */
  transaction<T>(work: () => T): T {
    if (this.#db.inTransaction) return work();
    return this.#turn ? this.#turn.take(() => this.#db.transaction(work)) : this.#db.transaction(work);
  }

  read(table: TableDefinition, key: KeyBytes): Item | undefined {
    const row = this.#db
      .statement<{ body: string }>('SELECT body FROM item WHERE tbl = ? AND pk = ? AND sk = ?')
      .get(table.name, key.pk, key.sk);
    return row && parseItem(row.body);
  }

  write(table: TableDefinition, key: KeyBytes, item: Item): void {
    const row = this.#db
      .statement<{ id: number }>(
        `INSERT INTO item (tbl, pk, sk, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (tbl, pk, sk) DO UPDATE SET body = excluded.body RETURNING id`,
      )
      .get(table.name, key.pk, key.sk, JSON.stringify(item));
    if (!row || table.localIndexes.length === 0) return;
    this.#db.statement('DELETE FROM index_entry WHERE item = ?').run(row.id);
    for (const index of table.localIndexes) {
      if (!Object.hasOwn(item, index.sortKey)) continue;
      this.#db
        .statement('INSERT INTO index_entry (tbl, idx, pk, ord, sk, item) VALUES (?, ?, ?, ?, ?, ?)')
        .run(table.name, index.name, key.pk, keyBytes(table, item, index.sortKey), key.sk, row.id);
    }
  }

  remove(table: TableDefinition, key: KeyBytes): void {
    this.#db.statement('DELETE FROM item WHERE tbl = ? AND pk = ? AND sk = ?').run(table.name, key.pk, key.sk);
  }

  /** Items of one partition in order. The loop may stop at any item. */
  *walk(table: TableDefinition, walk: Walk): IterableIterator<Item> {
    const { sql, params } = walkSql(table.name, walk);
    for (const row of this.#db.statement<{ body: string }>(sql).iterate(...params)) yield parseItem(row.body);
  }

  /** All items of a table in the order of their keys: for hashing and for audits, not for resolvers. */
  *all(table: TableDefinition): IterableIterator<Item> {
    const rows = this.#db.statement<{ body: string }>('SELECT body FROM item WHERE tbl = ? ORDER BY pk, sk');
    for (const row of rows.iterate(table.name)) yield parseItem(row.body);
  }
}

function walkSql(tableName: string, walk: Walk): { sql: string; params: SqlValue[] } {
  const order = walk.index === undefined ? 'sk' : 'ord';
  const clauses = ['tbl = ?', 'pk = ?'];
  const params: SqlValue[] = [tableName, walk.pk];
  const bound = (clause: string, ...values: SqlValue[]): void => {
    clauses.push(clause);
    params.push(...values);
  };
  if (walk.index !== undefined) bound('idx = ?', walk.index);
  if (walk.from) bound(`${order} ${walk.from.inclusive ? '>=' : '>'} ?`, walk.from.bytes);
  if (walk.to) bound(`${order} ${walk.to.inclusive ? '<=' : '<'} ?`, walk.to.bytes);
  const beyond = walk.forward ? '>' : '<';
  if (walk.after && walk.index === undefined) bound(`sk ${beyond} ?`, walk.after.sk);
  if (walk.after && walk.index !== undefined) bound(`(ord, sk) ${beyond} (?, ?)`, walk.after.order, walk.after.sk);
  const direction = walk.forward ? 'ASC' : 'DESC';
  const where = clauses.join(' AND ');
  const sql =
    walk.index === undefined
      ? `SELECT body FROM item WHERE ${where} ORDER BY sk ${direction}`
      : `SELECT item.body FROM (SELECT ord, sk AS isk, item FROM index_entry WHERE ${where}) AS entry
         JOIN item ON item.id = entry.item ORDER BY entry.ord ${direction}, entry.isk ${direction}`;
  return { sql, params };
}

/** `JSON.parse` makes `__proto__` an own property, so a name cannot reach a prototype. */
function parseItem(body: string): Item {
  return JSON.parse(body) as Item;
}
