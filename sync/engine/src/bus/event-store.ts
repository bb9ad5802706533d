import { migrate, type Migration, type SqliteDatabase } from '@evertill/sqlite';

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'cursors, the number of the next lake file, dead letters',
    up: (db) =>
      db.exec(`
        CREATE TABLE cursor (reader TEXT NOT NULL, journal TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (reader, journal)) STRICT;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
        CREATE TABLE dead_letter (
          id INTEGER PRIMARY KEY,
          rule TEXT NOT NULL,
          event_id TEXT NOT NULL,
          at_ms INTEGER NOT NULL,
          reason TEXT NOT NULL,
          UNIQUE (rule, event_id)
        ) STRICT;
      `),
  },
];

/** Beyond this many the oldest goes: every event is in the lake, and can be replayed from there. */
const DEAD_LETTERS_MAX = 10_000;
const REASON_CHARS_MAX = 500;

export type DeadLetter = {
  readonly rule: string;
  readonly eventId: string;
  readonly atMs: number;
  readonly reason: string;
};

/** What readers of the ledger remember, in a file of its own: how far each has come, and what could not be delivered. */
export class EventStore {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    migrate(db, MIGRATIONS);
    this.#db = db;
  }

  /** `journal`: `<tenant>#<register>.<epoch>`. */
  cursor(reader: string, journal: string): number {
    const row = this.#db
      .statement<{ seq: number }>('SELECT seq FROM cursor WHERE reader = ? AND journal = ?')
      .get(reader, journal);
    return row?.seq ?? 0;
  }

  /** Cursors and whatever belongs to them, in one transaction. */
  advance(reader: string, positions: ReadonlyMap<string, number>, also: () => void = () => undefined): void {
    this.#db.transaction(() => {
      for (const [journal, seq] of positions) {
        this.#db
          .statement(
            `INSERT INTO cursor (reader, journal, seq) VALUES (?, ?, ?)
             ON CONFLICT (reader, journal) DO UPDATE SET seq = excluded.seq`,
          )
          .run(reader, journal, seq);
      }
      also();
    });
  }

  counter(name: string): number {
    return this.#db.statement<{ value: number }>('SELECT value FROM counter WHERE name = ?').get(name)?.value ?? 0;
  }

  /** Within `advance`. */
  setCounter(name: string, value: number): void {
    this.#db
      .statement(
        'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, value);
  }

  /** Keeps what could not be delivered, once per rule and event. */
  bury({ rule, eventId, atMs, reason }: DeadLetter): void {
    this.#db
      .statement(
        `INSERT INTO dead_letter (rule, event_id, at_ms, reason) VALUES (?, ?, ?, ?)
         ON CONFLICT (rule, event_id) DO UPDATE SET at_ms = excluded.at_ms, reason = excluded.reason`,
      )
      .run(rule, eventId, atMs, reason.slice(0, REASON_CHARS_MAX));
    this.#db
      .statement('DELETE FROM dead_letter WHERE id <= (SELECT max(id) FROM dead_letter) - ?')
      .run(DEAD_LETTERS_MAX);
  }

  /** A later delivery succeeded. */
  unbury(rule: string, eventId: string): void {
    this.#db.statement('DELETE FROM dead_letter WHERE rule = ? AND event_id = ?').run(rule, eventId);
  }

  deadLetters(limit: number): DeadLetter[] {
    return this.#db
      .statement<DeadLetter>(
        'SELECT rule, event_id AS eventId, at_ms AS atMs, reason FROM dead_letter ORDER BY id DESC LIMIT ?',
      )
      .all(limit);
  }
}
