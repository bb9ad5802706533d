import type { SqliteDatabase, SqliteStatement } from '@evertill/sqlite';
import { quoted } from './sql.ts';

/** Words of a search beyond these are ignored: the first ones narrow enough, and the text may be a pasted page. */
const WORDS_MAX = 8;
const WORD_LENGTH_MAX = 64;

/** What FTS5's tokenizer takes as part of a word: letters, digits, marks, private use. */
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}\p{Co}]+/u;

export function wordsOf(text: string): string[] {
  const words = text.normalize('NFC').split(BETWEEN_WORDS);
  return words
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
    .map((word) => (word.length > WORD_LENGTH_MAX ? [...word].slice(0, WORD_LENGTH_MAX).join('') : word));
}

/**
 * A word index beside a document table. Every word of a search must begin a word of the document, in any order; case and accents do not
 * matter. The index holds no text, only where words occur; it shares row numbers with the table.
 *
 * Results are not ranked: FTS5's bm25 reads every match before it returns the first, which for two letters is half the table. The caller
 * takes more candidates than it shows and ranks those.
 */
export class FullText {
  readonly #db: SqliteDatabase;
  readonly #name: string;
  readonly #delete: SqliteStatement;
  readonly #insert: SqliteStatement;
  readonly #append: SqliteStatement;
  readonly #search: SqliteStatement<{ json: string }>;

  constructor(db: SqliteDatabase, table: string) {
    this.#db = db;
    this.#name = quoted(`${table} text`);
    db.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS ${this.#name} USING fts5 ` +
        `(text, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2')`,
    );
    this.#delete = db.statement(
      `DELETE FROM ${this.#name} WHERE rowid = (SELECT rowid FROM ${quoted(table)} WHERE id = ?)`,
    );
    this.#insert = db.statement(
      `INSERT INTO ${this.#name} (rowid, text) SELECT rowid, ? FROM ${quoted(table)} WHERE id = ? AND deleted = 0`,
    );
    this.#append = db.statement(`INSERT INTO ${this.#name} (rowid, text) VALUES (?, ?)`);
    this.#search = db.statement(
      `SELECT json FROM ${this.#name} AS found JOIN ${quoted(table)} AS document ON document.rowid = found.rowid ` +
        `WHERE found.text MATCH ? LIMIT ?`,
    );
  }

  /** Replaces what the index holds of a document. In the transaction that writes it. */
  write(id: string, text: string): void {
    this.#delete.run(id);
    this.#insert.run(text.normalize('NFC'), id);
  }

  /** For a bulk import: no look-up, no replacing. */
  append(rowid: number, text: string): void {
    this.#append.run(rowid, text.normalize('NFC'));
  }

  /** Before many `append`s: leaves the merging of the index's pieces to `mergeAll`. */
  deferMerging(): void {
    this.#command("('automerge', 0)", 'rank');
  }

  /** Joins the pieces into one, which every later search reads as one tree, and merges as usual from here on. */
  mergeAll(): void {
    this.#command("('optimize')");
    this.#command("('automerge', 4)", 'rank');
  }

  /** FTS5 takes its commands as rows: https://www.sqlite.org/fts5.html#special_insert_commands */
  #command(values: string, extraColumn?: string): void {
    this.#db.exec(`INSERT INTO ${this.#name} (${this.#name}${extraColumn ? `, ${extraColumn}` : ''}) VALUES ${values}`);
  }

  drop(): void {
    this.#db.exec(`DROP TABLE IF EXISTS ${this.#name}`);
  }

  /** JSON of up to `candidates` documents, in no order that means anything; none for a text without words. */
  search(text: string, candidates: number): string[] {
    const words = wordsOf(text);
    if (words.length === 0) return [];
    const expression = words.map((word) => `"${word}"*`).join(' ');
    return this.#search.all(expression, candidates).map(({ json }) => json);
  }
}
