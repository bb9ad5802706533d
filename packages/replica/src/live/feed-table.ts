import type { SqliteDatabase } from '@evertill/sqlite';

export type FeedName = { readonly collection: string; readonly scope: string };
export type FeedCheckpoint = { readonly period: string; readonly seq: number };
/** `reading` rises each time the feed is read from its start. */
export type FeedPlace = FeedCheckpoint & { readonly reading: number };

/**
 * How far each feed has been read, in the file of the documents. It is written after them (I13): what a crash leaves between the two is
 * pulled once more, which changes nothing.
 */
export class FeedTable {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    db.exec(
      `CREATE TABLE IF NOT EXISTS feed_place (collection TEXT NOT NULL, scope TEXT NOT NULL, period TEXT NOT NULL, seq INTEGER NOT NULL,
       reading INTEGER NOT NULL, PRIMARY KEY (collection, scope)) STRICT;
       CREATE TABLE IF NOT EXISTS replica_life (name TEXT NOT NULL, nth INTEGER NOT NULL) STRICT`,
    );
  }

  place({ collection, scope }: FeedName): FeedPlace | null {
    const row = this.#db
      .statement<{ period: string; seq: number; reading: number }>(
        'SELECT period, seq, reading FROM feed_place WHERE collection = ? AND scope = ?',
      )
      .get(collection, scope);
    return row ? { period: row.period, seq: row.seq, reading: row.reading } : null;
  }

  keep({ collection, scope }: FeedName, { period, seq, reading }: FeedPlace): void {
    this.#db
      .statement(
        `INSERT INTO feed_place (collection, scope, period, seq, reading) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (collection, scope) DO UPDATE SET period = excluded.period, seq = excluded.seq, reading = excluded.reading`,
      )
      .run(collection, scope, period, seq, reading);
  }

  /**
   * What the documents' covers rest on, as a name: this file, and how often a feed of it was begun anew. A file that was deleted comes
   * back under another name.
   */
  life(newName: () => string): string {
    const known = this.#db.statement<{ name: string; nth: number }>('SELECT name, nth FROM replica_life').get();
    if (known) return `${known.name}.${known.nth}`;
    const name = newName();
    this.#db.statement('INSERT INTO replica_life (name, nth) VALUES (?, 1)').run(name);
    return `${name}.1`;
  }

  /** The documents are about to cover less than they did. */
  beginNextLife(): void {
    this.#db.statement('UPDATE replica_life SET nth = nth + 1').run();
  }
}
