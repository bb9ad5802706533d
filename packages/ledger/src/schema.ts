import type { Migration } from '@evertill/sqlite';

/** `EVTL`, in the header of every ledger: no other program's database is ever taken for one. */
export const APPLICATION_ID = 0x4556_544c;

/** Steps are never edited once shipped; the version of a ledger is their number. */
export const migrations: readonly Migration[] = [
  {
    name: 'journal, drafts, overlay, spool, settings',
    up(db) {
      db.exec(`
        PRAGMA application_id = ${APPLICATION_ID};

        CREATE TABLE journal (
          position INTEGER PRIMARY KEY,
          epoch INTEGER NOT NULL,
          seq INTEGER NOT NULL,
          hash TEXT NOT NULL,
          alg TEXT NOT NULL,
          key_id TEXT NOT NULL,
          sig TEXT NOT NULL,
          type TEXT NOT NULL,
          at TEXT NOT NULL,
          business_date TEXT,
          text TEXT NOT NULL,
          UNIQUE (epoch, seq)
        ) STRICT;
        CREATE INDEX journal_by_type ON journal (type, business_date, position);
        CREATE TRIGGER journal_keeps_records BEFORE DELETE ON journal
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER journal_keeps_bytes BEFORE UPDATE ON journal
          BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

        CREATE TABLE drafts (
          transaction_id TEXT PRIMARY KEY,
          status TEXT NOT NULL CHECK (status IN ('open', 'suspended')),
          name TEXT NOT NULL,
          json TEXT NOT NULL,
          updated_at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE overlay (
          position INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,
          entity_id TEXT NOT NULL,
          epoch INTEGER NOT NULL,
          seq INTEGER NOT NULL,
          json TEXT NOT NULL
        ) STRICT;
        CREATE INDEX overlay_by_entity ON overlay (kind, entity_id, epoch, seq);

        CREATE TABLE spool (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          job_id TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          document TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('waiting', 'printing', 'printed', 'interrupted', 'discarded')),
          attempts INTEGER NOT NULL,
          cut_count_before INTEGER,
          interrupted_before INTEGER NOT NULL,
          reason TEXT,
          created_at_ms INTEGER NOT NULL,
          started_at_ms INTEGER,
          ended_at_ms INTEGER
        ) STRICT;
        CREATE INDEX spool_by_state ON spool (state, position);

        CREATE TABLE settings (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
      `);
    },
  },
];
