import { join } from 'node:path';
import { openSqlite, SqliteFault } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import { temporaryFolder } from '@evertill/testkit';
import type { TemporaryFolder } from '@evertill/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit.ts';
import { ConditionFault } from './table-fault.ts';
import { Tables } from './tables.ts';

const DEFINITIONS = [{ name: 'things', partitionKey: 'pk', sortKey: 'sk', localIndexes: [] }];

let folder: TemporaryFolder;
let db: SqliteDatabase;
let tables: Tables;
let commits: GroupCommit;
let transactions: number;

beforeEach(() => {
  folder = temporaryFolder('group-commit');
  db = openSqlite({ file: join(folder.path, 'tables.db'), pragmas: { journal_mode: 'WAL', synchronous: 'FULL' } });
  tables = new Tables(db, DEFINITIONS);
  commits = new GroupCommit(tables);
  transactions = 0;
  const transaction = db.transaction.bind(db);
  db.transaction = (work) => {
    transactions += 1;
    return transaction(work);
  };
});

afterEach(() => {
  db.close();
  folder.dispose();
});

const itemOf = (sk: string, text = '') => ({ pk: { S: 'p' }, sk: { S: sk }, text: { S: text } });
const put = (sk: string, text = '') =>
  commits.run(() => tables.write('things', { kind: 'put', item: itemOf(sk, text) }));
/** Takes the place `sk`, which nobody may have. */
const take = (sk: string, text: string) =>
  commits.run(() =>
    tables.transactWrite([
      { table: 'things', kind: 'put', item: itemOf(`beside ${sk} ${text}`) },
      { table: 'things', kind: 'put', item: itemOf(sk, text), condition: 'attribute_not_exists(sk)' },
    ]),
  );
const held = (): string[] => [...tables.items('things')].map(({ sk }) => (sk as { S: string }).S);

describe('writes of one turn', () => {
  it('[I14] share a transaction, and are there for another connection when the first of them is answered', async () => {
    const other = openSqlite({ file: db.file, readOnly: true });
    const rows = () => other.statement<{ n: number }>('SELECT count(*) AS n FROM item').get()?.n;
    const answered = Array.from({ length: 20 }, (_, n) => put(`${n}`).then(rows));
    expect(rows()).toBe(0);
    expect(await Promise.all(answered)).toEqual(Array.from({ length: 20 }, () => 20));
    expect(transactions).toBe(1);
    other.close();
  });

  it('[I4] are carried out in order: of two for one place the first wins, and the refused one has written nothing', async () => {
    const outcomes = await Promise.allSettled([take('a', 'first'), take('a', 'second'), take('b', 'third')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(held().sort()).toEqual(['a', 'b', 'beside a first', 'beside b third']);
    expect(tables.getItem('things', { pk: { S: 'p' }, sk: { S: 'a' } })).toMatchObject({ text: { S: 'first' } });
    expect(transactions).toBe(1);
  });

  it('see what those before them wrote', async () => {
    void put('a');
    const conditional = commits.run(() =>
      tables.write('things', { kind: 'put', item: itemOf('a'), condition: 'attribute_not_exists(sk)' }),
    );
    await expect(conditional).rejects.toBeInstanceOf(ConditionFault);
  });

  it('of which one is too much for the disk: the others are written all the same', async () => {
    await put('before');
    db.exec(`PRAGMA max_page_count = ${Number(db.pragma('page_count')) + 2}`);
    const outcomes = await Promise.allSettled([put('a'), put('large', 'x'.repeat(300_000)), put('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(SqliteFault) as unknown });
    expect(held().sort()).toEqual(['a', 'b', 'before']);
  });

  it('of which one is a fault of the program: it alone hears of it', async () => {
    const broken = commits.run(() => {
      tables.write('things', { kind: 'put', item: itemOf('half') });
      throw new TypeError('a fault');
    });
    const outcomes = await Promise.allSettled([put('a'), broken, put('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(held().sort()).toEqual(['a', 'b']);
  });

  it('beyond the most of one commit wait for the next', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, n) => put(`${n}`)));
    expect(held()).toHaveLength(300);
    expect(transactions).toBe(3);
  });
});

it('tells listeners of what is durable, once, and of nothing that was undone', async () => {
  const told: unknown[] = [];
  tables.listen((_, item) => told.push(item['sk']));
  await Promise.allSettled([take('a', '1'), take('a', '2')]);
  expect(told).toEqual([{ S: 'beside a 1' }, { S: 'a' }]);
});
