import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openSqlite, SqliteFault, SqliteRefused } from './index.ts';
import type { Migration, SqliteDatabase } from './index.ts';

let folder: string;
let file: string;
const opened: SqliteDatabase[] = [];

function open(options: Partial<Parameters<typeof openSqlite>[0]> = {}): SqliteDatabase {
  const db = openSqlite({ file, ...options });
  opened.push(db);
  return db;
}

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SqliteFault) return error.code;
    throw error;
  }
  return 'none';
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-sqlite-'));
  file = join(folder, 'test.db');
});

afterEach(() => {
  for (const db of opened.splice(0)) db.close();
  rmSync(folder, { recursive: true });
});

describe('opening', () => {
  it('sets the pragmas, and they are in force', () => {
    const db = open({
      pragmas: {
        journal_mode: 'WAL',
        synchronous: 'FULL',
        wal_autocheckpoint: 0,
        temp_store: 'MEMORY',
        cache_size: -4000,
      },
    });
    expect(db.pragma('journal_mode')).toBe('wal');
    expect(db.pragma('synchronous')).toBe(2);
    expect(db.pragma('wal_autocheckpoint')).toBe(0);
    expect(db.pragma('foreign_keys')).toBe(1);
  });

  it('refuses when a pragma did not take: no write-ahead log in memory', () => {
    expect(faultOf(() => open({ file: ':memory:', pragmas: { journal_mode: 'WAL' } }))).toBe('pragma-not-taken');
    expect(() => open({ file: ':memory:', pragmas: { journal_mode: 'WAL' } })).toThrow(SqliteRefused);
  });

  it('names a file that is no database, and leaves its bytes alone', () => {
    const text = 'This is a shopping list, and longer than a SQLite header.'.repeat(20);
    writeFileSync(file, text);
    expect(faultOf(() => open())).toBe('not-a-database');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('names a damaged file', () => {
    const db = open();
    db.exec('CREATE TABLE t (a TEXT)');
    for (let row = 0; row < 500; row++) db.statement('INSERT INTO t VALUES (?)').run('x'.repeat(100));
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4096, 4096 * 3);
    writeFileSync(file, bytes);
    const damaged = open();
    expect(faultOf(() => damaged.statement('SELECT * FROM t').all())).toBe('corrupt');
    expect(damaged.quickCheck().length).toBeGreaterThan(0);
  });

  it('names a folder that does not exist', () => {
    expect(faultOf(() => open({ file: join(folder, 'absent', 'x.db') }))).toBe('cannot-open');
  });

  it('writes nothing through a read-only connection', () => {
    open().exec('CREATE TABLE t (a)');
    const reader = open({ readOnly: true });
    expect(faultOf(() => reader.exec('INSERT INTO t VALUES (1)'))).toBe('read-only');
  });
});

describe('closing', () => {
  it.each([
    ['DELETE', 'NORMAL'],
    ['MEMORY', 'EXCLUSIVE'],
    ['WAL', 'NORMAL'],
  ] as const)('leaves no lock behind, whatever was read half-way (%s, %s)', (journal_mode, locking_mode) => {
    const db = open({ pragmas: { journal_mode, locking_mode } });
    db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)');
    db.statement('SELECT a FROM t').get();
    const rows = db.statement('SELECT a FROM t').iterate();
    rows.next();
    rows.return?.();
    db.transaction(() => db.statement('INSERT INTO t VALUES (4)').run());
    db.close();
    db.close();
    expect(db.isOpen).toBe(false);
    const next = open({ pragmas: { journal_mode, busy_timeout: 0 } });
    expect(next.statement('INSERT INTO t VALUES (5)').run()).toEqual({ changes: 1 });
  });
});

describe('statements', () => {
  it('answers rows, and iterates while the same text runs inside the loop', () => {
    const db = open();
    db.exec('CREATE TABLE t (a INTEGER)');
    const insert = db.statement('INSERT INTO t VALUES (?)');
    for (let a = 0; a < 5; a++) expect(insert.run(a)).toEqual({ changes: 1 });
    const select = db.statement<{ a: number }>('SELECT a FROM t ORDER BY a');
    const seen: number[] = [];
    for (const row of select.iterate()) {
      expect(select.get()).toEqual({ a: 0 });
      seen.push(row.a);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(db.statement('SELECT a FROM t WHERE a = 99').get()).toBeUndefined();
  });

  it('keeps a half-read iteration alive through garbage collections', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const db = open();
    db.exec('CREATE TABLE t (a INTEGER)');
    db.exec('WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n LIMIT 200) INSERT INTO t SELECT a FROM n');
    const rows = db.statement<{ a: number }>('SELECT a FROM t').iterate();
    for (let a = 1; a <= 200; a++) {
      expect(rows.next().value).toEqual({ a });
      if (a % 20 === 0) {
        await setImmediate();
        collect();
      }
    }
  });

  it('stays correct when there are more texts than the cache holds', () => {
    const db = open();
    for (let n = 0; n < 600; n++) expect(db.statement<{ n: number }>(`SELECT ${n} AS n`).get()?.n).toBe(n);
  });

  it('leaves our own SQL mistakes as they are', () => {
    const db = open();
    expect(() => db.statement('SELEKT')).toThrow(/syntax/);
    expect(() => faultOf(() => db.statement('SELEKT'))).toThrow(/syntax/);
  });

  it('names a broken constraint', () => {
    const db = open();
    db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
    expect(faultOf(() => db.statement('INSERT INTO t VALUES (1)').run())).toBe('constraint');
  });
});

describe('transactions', () => {
  it('[I14] is wholly there, or wholly absent', () => {
    const db = open();
    db.exec('CREATE TABLE t (a)');
    const insert = db.statement('INSERT INTO t VALUES (?)');
    expect(db.transaction(() => insert.run(1).changes)).toBe(1);
    expect(() =>
      db.transaction(() => {
        insert.run(2);
        throw new Error('changed my mind');
      }),
    ).toThrow('changed my mind');
    expect(db.statement('SELECT a FROM t').all()).toEqual([{ a: 1 }]);
    expect(db.inTransaction).toBe(false);
  });

  it('refuses asynchronous work and nesting, and rolls back', () => {
    const db = open();
    db.exec('CREATE TABLE t (a)');
    const insert = db.statement('INSERT INTO t VALUES (?)');
    expect(() => db.transaction(() => Promise.resolve(insert.run(1)))).toThrow(TypeError);
    expect(() => db.transaction(() => db.transaction(() => insert.run(2)))).toThrow(/do not nest/);
    expect(db.statement('SELECT a FROM t').all()).toEqual([]);
  });

  it('names a lock held by another connection, and works once it is gone', () => {
    const first = open({ pragmas: { journal_mode: 'WAL' } });
    const second = open({ pragmas: { journal_mode: 'WAL', busy_timeout: 10 } });
    first.exec('CREATE TABLE t (a)');
    first.transaction(() => {
      first.exec('INSERT INTO t VALUES (1)');
      expect(faultOf(() => second.transaction(() => undefined))).toBe('busy');
    });
    second.transaction(() => second.exec('INSERT INTO t VALUES (2)'));
    expect(first.statement('SELECT count(*) n FROM t').get()).toEqual({ n: 2 });
  });

  it('[I14] a full disk is named, nothing of the transaction stays, and the connection still works', () => {
    const db = open();
    db.exec('CREATE TABLE t (a)');
    db.exec(`PRAGMA max_page_count = ${Number(db.pragma('page_count')) + 4}`);
    const insert = db.statement('INSERT INTO t VALUES (?)');
    const fill = (): void =>
      db.transaction(() => {
        for (let row = 0; row < 100; row++) insert.run('x'.repeat(1000));
      });
    expect(faultOf(fill)).toBe('disk-full');
    expect(db.statement('SELECT count(*) n FROM t').get()).toEqual({ n: 0 });
    expect(insert.run('small').changes).toBe(1);
  });

  it('checkpoints the write-ahead log', () => {
    const db = open({ pragmas: { journal_mode: 'WAL', wal_autocheckpoint: 0 } });
    db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    expect(db.checkpoint('TRUNCATE')).toEqual({ busy: false, logFrames: 0, checkpointedFrames: 0 });
    const reader = open({ readOnly: true });
    expect(reader.statement('SELECT a FROM t').get()).toEqual({ a: 1 });
  });
});

describe('migrating', () => {
  const steps: Migration[] = [
    { name: 'table', up: (db) => db.exec('CREATE TABLE t (a)') },
    { name: 'column', up: (db) => db.exec('ALTER TABLE t ADD COLUMN b') },
  ];

  it('runs what is missing, once', () => {
    const db = open();
    expect(migrate(db, steps.slice(0, 1))).toEqual({ fromVersion: 0, toVersion: 1 });
    expect(migrate(db, steps)).toEqual({ fromVersion: 1, toVersion: 2 });
    expect(migrate(db, steps)).toEqual({ fromVersion: 2, toVersion: 2 });
    db.exec('INSERT INTO t (a, b) VALUES (1, 2)');
  });

  it('[I22] a step that fails leaves the version before it, and is run again', () => {
    const db = open();
    const failing: Migration = {
      name: 'fails half-way',
      up: (target) => {
        target.exec('ALTER TABLE t ADD COLUMN b');
        throw new Error('power cut');
      },
    };
    expect(() => migrate(db, [steps[0] as Migration, failing])).toThrow('power cut');
    expect(db.pragma('user_version')).toBe(1);
    expect(migrate(db, steps).toVersion).toBe(2);
  });

  it('refuses a file that a newer program wrote', () => {
    const db = open();
    migrate(db, steps);
    expect(faultOf(() => migrate(db, steps.slice(0, 1)))).toBe('newer-version');
  });
});
