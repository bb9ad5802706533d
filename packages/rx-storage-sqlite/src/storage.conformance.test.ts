import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import {
  fillWithDefaultSettings,
  getChangedDocumentsSince,
  getQueryMatcher,
  getSortComparator,
  normalizeMangoQuery,
  prepareQuery,
} from 'rxdb';
import type { MangoQuery, RxDocumentData, RxJsonSchema, RxStorageInstance } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getRxStorageSqlite } from './index.ts';
import type { RxStorageSqlite, SqliteStorageInstance } from './index.ts';

/**
 * RxDB's own storage tests are not published, so the memory storage is the oracle for writes, and RxDB's matcher and comparator over a plain
 * array are the oracle for queries. `EVERTILL_FUZZ=50` runs fifty times as much. A failure prints its seed and the shrunk case.
 */
interface Thing {
  id: string;
  name: string;
  code?: string | null;
  rank: number;
  live: boolean;
  place?: { city?: string | null; zone?: number };
  tags?: string[];
}

type Stored = RxDocumentData<Thing>;
type Instance = RxStorageInstance<Thing, unknown, unknown>;

const schema: RxJsonSchema<Stored> = fillWithDefaultSettings<Thing>({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 20 },
    name: { type: 'string', maxLength: 20 },
    code: { type: ['string', 'null'] },
    rank: { type: 'number', minimum: -1000, maximum: 1000, multipleOf: 0.5 },
    live: { type: 'boolean' },
    place: { type: 'object', properties: { city: { type: ['string', 'null'] }, zone: { type: 'integer' } } },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['id', 'name', 'rank', 'live'],
  indexes: ['name', ['live', 'rank'], ['rank', 'name']],
});

let folder: string;
let opened = 0;
const storages: RxStorageSqlite[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-rx-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openPair(): Promise<{
  sqlite: SqliteStorageInstance<Thing>;
  memory: Instance;
  close: () => Promise<void>;
}> {
  opened += 1;
  const params = {
    databaseInstanceToken: `token-${opened}`,
    databaseName: `db-${opened}`,
    collectionName: 'things',
    schema,
    options: {},
    multiInstance: false,
    devMode: false,
  };
  const storage = getRxStorageSqlite({
    file: join(folder, `${opened}.db`),
    pragmas: { synchronous: 'OFF' },
    nowMs: () => Date.now(),
  });
  storages.push(storage);
  const sqlite = (await storage.createStorageInstance<Thing>(params)) as SqliteStorageInstance<Thing>;
  const memory = await getRxStorageMemory().createStorageInstance<Thing>(params);
  return { sqlite, memory, close: async () => void (await Promise.all([sqlite.close(), memory.remove()])) };
}

// Texts near each other, so that ranges and equalities hit, with the characters on which UTF-8 and UTF-16 disagree.
const letter = fc.constantFrom('a', 'b', 'B', 'é', ' ', '"', "'", '\\', '%', 'z', '0', '\u007f', 'ß', '漢');
const trickyLetter = fc.oneof(letter, fc.constantFrom('😀', 'ﬀ', '\uffff', '𝒜'));
const textOf = (unit: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.string({ unit, maxLength: 3 });
const id = fc.integer({ min: 0, max: 24 }).map((n) => `id-${n}`);
const rank = fc.integer({ min: -6, max: 6 }).map((n) => n / 2);

const thing = (unit: fc.Arbitrary<string>): fc.Arbitrary<Thing> =>
  fc.record(
    {
      id,
      name: textOf(unit),
      code: fc.option(textOf(unit)),
      rank,
      live: fc.boolean(),
      place: fc.record({ city: fc.option(textOf(unit)), zone: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }),
      tags: fc.array(textOf(unit), { maxLength: 2 }),
    },
    { requiredKeys: ['id', 'name', 'rank', 'live'] },
  );

/** Values that no validator would let in, but that RxDB without one hands to its storage. */
const irregularThing: fc.Arbitrary<Thing> = fc
  .tuple(
    thing(trickyLetter),
    fc.dictionary(
      fc.constantFrom('name', 'code', 'rank', 'live', 'place'),
      fc.oneof(
        fc.constantFrom<unknown>(
          null,
          0,
          1,
          'a',
          '1',
          true,
          false,
          [],
          ['a'],
          {},
          { city: ['a'] },
          [{ city: 'a' }],
          'a\u0000b',
          '\ud83d',
          1e21,
          -0,
        ),
        rank,
      ),
      { maxKeys: 2 },
    ),
  )
  .map(([base, bent]) => ({ ...base, ...bent }) as Thing);

const path = fc.constantFrom('id', 'name', 'code', 'rank', 'live', 'place.city', 'place.zone', 'tags', 'absent');

function operand(unit: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.oneof(textOf(unit), rank, fc.boolean(), fc.constant(null), id);
}

function matcher(unit: fc.Arbitrary<string>): fc.Arbitrary<Record<string, unknown>> {
  const value = operand(unit);
  const simple = fc.oneof(
    fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), value),
    fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(value, { maxLength: 4 })),
    fc.tuple(fc.constant('$exists'), fc.boolean()),
    fc.tuple(fc.constant('$regex'), fc.constantFrom('^a', 'b$', 'é')),
    fc.tuple(fc.constant('$size'), fc.integer({ min: 0, max: 2 })),
  );
  const operators = fc
    .array(simple, { minLength: 1, maxLength: 2 })
    .map((pairs) => Object.fromEntries(pairs) as Record<string, unknown>);
  return fc.oneof(
    { weight: 5, arbitrary: operators },
    { weight: 1, arbitrary: operators.map((inner) => ({ $not: inner })) },
  );
}

function selector(unit: fc.Arbitrary<string>, depth = 2): fc.Arbitrary<Record<string, unknown>> {
  const fields = fc.dictionary(path, matcher(unit), { minKeys: 1, maxKeys: 2 });
  if (depth === 0) return fields;
  const inner = fc.array(selector(unit, depth - 1), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 4, arbitrary: fields },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('$and', '$or', '$nor'), inner).map(([key, parts]) => ({ [key]: parts })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fields, fc.constantFrom('$and', '$or', '$nor'), inner)
        .map(([own, key, parts]) => ({ ...own, [key]: parts })),
    },
  );
}

const sortedBy = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('name', 'rank', 'live', 'place.zone', 'id'), fc.constantFrom('asc', 'desc'))
    .map(([key, direction]) => ({ [key]: direction })),
  { maxLength: 2, selector: (part) => Object.keys(part)[0] },
);

interface AnyQuery {
  selector: Record<string, unknown>;
  sort: Record<string, string>[];
  skip: number;
  limit?: number | undefined;
}

const query = (unit: fc.Arbitrary<string>): fc.Arbitrary<AnyQuery> =>
  fc.record({
    selector: selector(unit),
    sort: sortedBy,
    skip: fc.constantFrom(0, 0, 1, 3),
    limit: fc.constantFrom(undefined, undefined, 0, 1, 5),
  });

function prepared({ selector: wanted, sort, skip, limit }: AnyQuery): ReturnType<typeof prepareQuery<Stored>> {
  const mango = {
    // RxDB asks for living documents in every query of its own.
    selector: { $and: [{ _deleted: false }, structuredClone(wanted)] },
    skip,
    ...(sort.length > 0 ? { sort } : {}),
    ...(limit === undefined ? {} : { limit }),
  } as MangoQuery<Stored>;
  return prepareQuery<Stored>(schema, normalizeMangoQuery<Stored>(schema, mango));
}

let clock = 1_000;
let revision = 0;

function row(document: Thing, previous: Stored | undefined, deleted: boolean): { previous?: Stored; document: Stored } {
  clock += 1;
  revision += 1;
  const stored: Stored = {
    ...document,
    _deleted: deleted,
    _attachments: {},
    _meta: { lwt: clock },
    _rev: `${revision}-x`,
  };
  return previous ? { previous, document: stored } : { document: stored };
}

async function answers(
  instance: Instance,
  { query: wanted, queryPlan }: ReturnType<typeof prepared>,
): Promise<unknown> {
  const { documents } = await instance.query({ query: wanted, queryPlan });
  return documents;
}

describe('writes are those of the memory storage', () => {
  it('conflicts, deletions, changes, events and look-ups agree', async () => {
    const write = fc.record({
      document: thing(letter),
      knowsPrevious: fc.boolean(),
      stale: fc.boolean(),
      deletes: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(write, { maxLength: 6 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (bulks, limit) => {
          const { sqlite, memory, close } = await openPair();
          const events: { sqlite: unknown[]; memory: unknown[] } = { sqlite: [], memory: [] };
          const subscriptions = [
            sqlite.changeStream().subscribe(({ id: _id, ...bulk }) => events.sqlite.push(bulk)),
            memory.changeStream().subscribe(({ id: _id, ...bulk }) => events.memory.push(bulk)),
          ];
          for (const bulk of bulks) {
            const once = [...new Map(bulk.map((entry) => [entry.document.id, entry])).values()];
            const known = await memory.findDocumentsById(
              once.map(({ document }) => document.id),
              true,
            );
            const rows = once.map(({ document, knowsPrevious, stale, deletes }) => {
              const previous = known.find((one) => one.id === document.id);
              const believed = previous && stale ? { ...previous, _rev: '0-stale' } : previous;
              return row(document, knowsPrevious ? believed : undefined, deletes);
            });
            expect(await sqlite.bulkWrite(rows, 'test')).toEqual(await memory.bulkWrite(rows, 'test'));
          }
          const ids = Array.from({ length: 25 }, (_, n) => `id-${n}`);
          for (const withDeleted of [true, false]) {
            expect(await sqlite.findDocumentsById(ids, withDeleted)).toEqual(
              await memory.findDocumentsById(ids, withDeleted),
            );
          }
          await expectSameChanges(sqlite, memory, limit);
          expect(events.sqlite).toEqual(events.memory);
          for (const subscription of subscriptions) subscription.unsubscribe();
          await close();
        },
      ),
      propertyOptions(60),
    );
  });

  it('forgets the deleted that are old enough, and only those', async () => {
    const { sqlite, memory, close } = await openPair();
    const rows = Array.from({ length: 450 }, (_, n) =>
      row({ id: `id-${n}`, name: '', rank: 0, live: true }, undefined, n % 9 !== 0),
    );
    for (const [n, { document }] of rows.entries()) document._meta.lwt = Date.now() - (n % 2 === 0 ? 0 : 1_000_000);
    await sqlite.bulkWrite(rows, 'test');
    await memory.bulkWrite(rows, 'test');
    const rounds: boolean[] = [];
    do rounds.push(await sqlite.cleanup(500_000));
    while (rounds.at(-1) === false && rounds.length < 10);
    await memory.cleanup(500_000);
    expect(rounds).toEqual([false, true]);
    const ids = rows.map(({ document }) => document.id);
    expect(await sqlite.findDocumentsById(ids, true)).toEqual(await memory.findDocumentsById(ids, true));
    await close();
  });
});

async function expectSameChanges(sqlite: Instance, memory: Instance, limit: number): Promise<void> {
  let checkpoint: unknown;
  for (;;) {
    const changes = await getChangedDocumentsSince<Thing, unknown>(sqlite, limit, checkpoint);
    expect(changes).toEqual(await getChangedDocumentsSince<Thing, unknown>(memory, limit, checkpoint));
    if (changes.documents.length === 0) return;
    checkpoint = changes.checkpoint;
  }
}

describe('queries are those of RxDB', () => {
  async function compare(
    documents: readonly Thing[],
    queries: readonly AnyQuery[],
  ): Promise<SqliteStorageInstance<Thing>> {
    const { sqlite, close } = await openPair();
    const rows = [...new Map(documents.map((document) => [document.id, document])).values()].map((one, n) =>
      row(one, undefined, n % 7 === 6),
    );
    await sqlite.bulkWrite(rows, 'test');
    // What a JSON storage can give back at best: -0 is 0, and undefined is missing.
    const everything = rows.map(({ document }) => JSON.parse(JSON.stringify(document)) as Stored);
    for (const one of queries) {
      const plan = prepared(one);
      const matches = getQueryMatcher<Stored>(schema, plan.query);
      const matching = everything.filter((document) => matches(document));
      const { skip, limit } = plan.query;
      const expected = matching
        .sort(getSortComparator<Stored>(schema, plan.query))
        .slice(skip, limit === undefined ? undefined : skip + limit);
      expect(await answers(sqlite, plan)).toEqual(expected);
      expect((await sqlite.count(plan)).count).toBe(matching.length);
    }
    await close();
    return sqlite;
  }

  const ways = { sql: 0, javascript: 0 };
  const tally = ({ internals: { counters } }: SqliteStorageInstance<Thing>): void => {
    ways.sql += counters.sql;
    ways.javascript += counters.javascript;
  };

  it.each([
    ['plain text', letter, 60],
    ['text on which UTF-8 and UTF-16 disagree', trickyLetter, 60],
  ])('any query over documents with %s', async (_, unit, runs) => {
    const documents = fc.array(thing(unit), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(documents, fc.array(query(unit), { minLength: 1, maxLength: 12 }), async (things, queries) => {
        tally(await compare(things, queries));
      }),
      propertyOptions(runs),
    );
  });

  it('any query over documents that break their schema', async () => {
    // Where null and missing values mix, their order among themselves is nobody's; so the sort is by what every document has.
    const byId = query(trickyLetter).map((one) => ({ ...one, sort: [{ id: 'asc' }] }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(irregularThing, { minLength: 1, maxLength: 20 }),
        fc.array(byId, { minLength: 1, maxLength: 12 }),
        async (things, queries) => {
          tally(await compare(things, queries));
        },
      ),
      propertyOptions(60),
    );
  });

  it('took each of the two ways often enough for the comparison to mean something', () => {
    expect(Math.min(ways.sql, ways.javascript)).toBeGreaterThan(200);
  });

  it.each([
    ['as they should be', thing(trickyLetter)],
    ['that break their schema', irregularThing],
  ])('equality by itself, over documents %s, deleted ones among them', async (_, one) => {
    const wanted = fc.array(textOf(trickyLetter), { minLength: 1, maxLength: 3 });
    const path = fc.constantFrom<'name' | 'code'>('name', 'code');
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { minLength: 1, maxLength: 20 }),
        fc.array(fc.tuple(path, wanted, fc.integer({ min: 1, max: 25 })), { minLength: 1, maxLength: 6 }),
        async (things, questions) => {
          const { sqlite, close } = await openPair();
          const rows = [...new Map(things.map((each) => [each.id, each])).values()].map((each, n) =>
            row(each, undefined, n % 7 === 6),
          );
          await sqlite.bulkWrite(rows, 'test');
          for (const [field, values, limit] of questions) {
            const asked = { selector: { _deleted: { $eq: false }, [field]: { $in: values } }, sort: [{ id: 'asc' }] };
            const plan = prepared({ ...asked, skip: 0, limit } as AnyQuery);
            const matches = getQueryMatcher<Stored>(schema, plan.query);
            const expected = rows
              .map(({ document }) => JSON.parse(JSON.stringify(document)) as Stored)
              .filter((document) => matches(document))
              .sort(getSortComparator<Stored>(schema, plan.query))
              .slice(0, limit);
            expect(await sqlite.findEqual(field, values, limit)).toEqual(expected);
          }
          await close();
        },
      ),
      propertyOptions(40),
    );
  });

  it('agrees with the memory storage, which uses its own indexes, on plain queries', async () => {
    const { sqlite, memory, close } = await openPair();
    const things = fc.sample(thing(letter), { numRuns: 60, seed: 7 });
    const rows = [...new Map(things.map((one) => [one.id, one])).values()].map((one) => row(one, undefined, false));
    await sqlite.bulkWrite(rows, 'test');
    await memory.bulkWrite(rows, 'test');
    const plain: AnyQuery[] = [
      { selector: { name: { $gte: 'a', $lt: 'é' } }, sort: [{ name: 'asc' }], skip: 0 },
      { selector: { live: { $eq: true }, rank: { $gt: 0 } }, sort: [{ rank: 'desc' }], skip: 1, limit: 4 },
      { selector: { rank: { $in: [0, 1, 2.5] } }, sort: [], skip: 0 },
      { selector: {}, sort: [], skip: 0 },
    ];
    for (const one of plain) expect(await answers(sqlite, prepared(one))).toEqual(await answers(memory, prepared(one)));
    expect(sqlite.internals.counters).toEqual({ sql: 4, javascript: 0 });
    await close();
  });
});
