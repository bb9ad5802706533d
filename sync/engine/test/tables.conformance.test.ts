import { openSqlite } from '@evertill/sqlite';
import type { SqliteDatabase } from '@evertill/sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttributeValue, Item } from '../src/tables/attribute-value.ts';
import { checkedItem, checkedValue } from '../src/tables/checked-value.ts';
import type { QueryInput } from '../src/tables/query.ts';
import type { TableDefinition } from '../src/tables/table-definition.ts';
import { TableFault } from '../src/tables/table-fault.ts';
import { Tables } from '../src/tables/tables.ts';
import type { WriteRequest } from '../src/tables/write-action.ts';
import { startDynalite } from './dynalite.ts';
import type { SecondOpinion } from './dynalite.ts';

/**
 * The same operations to our tables and to dynalite: the same items, the same names of errors. Where dynalite is known to depart from
 * DynamoDB, the generators stay out of the way and the case has a test of its own in tables.test.ts.
 */
const TABLE: TableDefinition = {
  name: 'things',
  partitionKey: 'pk',
  sortKey: 'sk',
  localIndexes: [{ name: 'byRank', sortKey: 'rank' }],
  keyTypes: { rank: 'N' },
};

const RUNS = Number(process.env.EVERTILL_FUZZ ?? 1) * 30;

let opinion: SecondOpinion;
let db: SqliteDatabase;
let tables: Tables;

beforeAll(async () => {
  opinion = await startDynalite();
  db = openSqlite({ file: ':memory:' });
  tables = new Tables(db, [TABLE]);
  const created = await opinion.call('CreateTable', {
    TableName: 'things',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'rank', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'byRank',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'rank', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  expect(created).toMatchObject({ ok: true });
});

afterAll(async () => {
  await opinion.close();
  db.close();
});

const sk = fc.constantFrom('1', '10', '2', 'a', 'ab', 'b', 'é', 'z', '~', '𝄞', '\u{ff5e}');
const num = fc.constantFrom(
  '0',
  '1',
  '-1',
  '2',
  '10',
  '-10',
  '0.5',
  '-0.25',
  '1e3',
  '123456789012345678901234567890',
  '1.50',
  'x',
);
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  num.map((N) => ({ N })),
  fc.constantFrom('', 'a', 'abc', 'b').map((S) => ({ S })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }).map((SS) => ({ SS })),
  fc.uniqueArray(fc.constantFrom('1', '2', '3.0'), { minLength: 1, maxLength: 3 }).map((NS) => ({ NS })),
);
const ordered: fc.Arbitrary<unknown> = fc.oneof(
  num.map((N) => ({ N })),
  fc.constantFrom('a', 'abc', 'b').map((S) => ({ S })),
);
const plain = fc.oneof(ordered, fc.constantFrom({ BOOL: true }, { BOOL: false }, { NULL: true }));
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }).map((L) => ({ L })),
  fc.dictionary(fc.constantFrom('p', 'q'), scalar, { maxKeys: 2 }).map((M) => ({ M })),
);
const CONDITIONS = [
  'attribute_exists(x)',
  'attribute_not_exists(pk)',
  'x = :v',
  'x <> :v',
  'x < :v AND NOT y >= :v',
  'x BETWEEN :v AND :v',
  'x IN (:v, :v)',
  '(attribute_exists(x) OR y <= :v) AND attribute_exists(pk)',
  'contains(x, :v)',
  'size(x) > :v',
  'x.p = :v OR x[0] = :v',
  'attribute_exists(x[1])',
  'begins_with(x, :v)',
  'attribute_type(x, :v)',
  'x = ',
  'name = :v',
  'x = :missing',
];
const UPDATES = [
  'SET x = :v',
  'SET x = :v, y = x',
  'SET x = if_not_exists(x, :v)',
  'SET x = list_append(x, :v)',
  'SET x = if_not_exists(x, :v) + :v',
  'SET y = y - :v',
  'SET x.p = :v',
  'SET x[0] = :v, x[7] = :v',
  'REMOVE x',
  'REMOVE x[0]',
  'REMOVE x.p SET y = :v',
  'ADD x :v',
  'DELETE x :v',
  'SET pk = :v',
  'SET x = :v REMOVE x.p',
  'SET x = :v SET y = :v',
  'SET size = :v',
];
interface Bound {
  expression: string;
  bound: unknown;
}

/** `:v` only where the expression has it, most of the time: an unused value is an error of its own. */
const binding = (text: string, v: fc.Arbitrary<unknown>): fc.Arbitrary<Bound> =>
  fc.tuple(v, fc.integer({ min: 0, max: 19 })).map(([drawn, odd]) => ({
    expression: text,
    bound: text.includes(':v') !== (odd === 0) ? { ':v': drawn } : undefined,
  }));

/**
 * Where order or equality is asked for, only types that dynalite compares by value: it orders maps, lists and booleans by their
 * JavaScript text, takes two equal lists for different, the empty text for no value, and before IN `false` too.
 */
const condition = fc.constantFrom(...CONDITIONS).chain((text) => {
  if (/BETWEEN|IN|contains|[<>]/.test(text.replace('<>', ''))) return binding(text, ordered);
  return binding(text, /=|<>/.test(text) ? plain : value);
});
const update = fc.constantFrom(...UPDATES).chain((text) => binding(text, value));

type Step =
  | { do: 'put'; sk: string; attributes: Record<string, unknown>; when?: { expression: string; bound: unknown } }
  | { do: 'update' | 'delete'; sk: string; how: { expression: string; bound: unknown } }
  | { do: 'query'; index: boolean; limit: number; forward: boolean; range: { expression: string; bound: unknown } };

const attributes = fc.record(
  {
    x: value,
    y: value,
    rank: fc.oneof({ weight: 4, arbitrary: num.map((N) => ({ N })) }, { weight: 1, arbitrary: scalar }),
  },
  { requiredKeys: [] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), sk, attributes }),
  fc.record({ do: fc.constant('put' as const), sk, attributes, when: condition }),
  fc.record({ do: fc.constant('update' as const), sk, how: update }),
  fc.record({ do: fc.constant('delete' as const), sk, how: condition }),
  fc.record({
    do: fc.constant('query' as const),
    index: fc.boolean(),
    limit: fc.integer({ min: 1, max: 4 }),
    forward: fc.boolean(),
    range: fc
      .tuple(fc.constantFrom('', '= :k', '< :k', '<= :k', '> :k', '>= :k', 'BETWEEN :k AND :k', 'begins'), sk, num)
      .map(([expression, text, number]) => ({ expression, bound: [text, number] })),
  }),
);

type Outcome = { ok: true; answer: unknown } | { ok: false; code: string };

function ours(work: () => unknown): Outcome {
  try {
    return { ok: true, answer: canonical(work()) };
  } catch (error) {
    if (error instanceof TableFault) return { ok: false, code: error.code };
    throw error;
  }
}

async function theirs(
  operation: string,
  body: object,
  answer: (raw: Record<string, unknown>) => unknown,
): Promise<Outcome> {
  const outcome = await opinion.call(operation, { TableName: 'things', ...body });
  return outcome.ok ? { ok: true, answer: canonical(answer(outcome.answer)) } : outcome;
}

/** Sets have no order, and maps none either. */
function canonical(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(canonical);
  if (typeof raw !== 'object' || raw === null) return raw;
  return Object.entries(raw)
    .map(
      ([name, inner]) =>
        [name, ['SS', 'NS', 'BS'].includes(name) ? [...(inner as string[])].sort() : canonical(inner)] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function boundValues(bound: unknown): { values?: Record<string, AttributeValue> } {
  if (bound === undefined) return {};
  const entries = Object.entries(bound as object).map(([name, raw]) => [name, checkedValue(raw)] as const);
  return { values: Object.fromEntries(entries) };
}

async function both(pk: string, current: Step): Promise<[Outcome, Outcome]> {
  if (current.do === 'query') return bothQuery(pk, current);
  const key = { pk: { S: pk }, sk: { S: current.sk } };
  const how = current.do === 'put' ? current.when : current.how;
  const wire = {
    ...(current.do === 'put' ? { Item: { ...current.attributes, ...key } } : { Key: key }),
    ...(how && { [current.do === 'update' ? 'UpdateExpression' : 'ConditionExpression']: how.expression }),
    ...(how?.bound !== undefined && { ExpressionAttributeValues: how.bound }),
    ReturnValues: current.do === 'update' ? 'ALL_NEW' : 'ALL_OLD',
  };
  const request = (): WriteRequest => ({
    ...(current.do === 'put'
      ? { kind: 'put', item: checkedItem({ ...current.attributes, ...key }, 'item') }
      : { kind: current.do, key: checkedItem(key, 'key') }),
    ...(how && { [current.do === 'update' ? 'update' : 'condition']: how.expression }),
    ...boundValues(how?.bound),
  });
  const operation = { put: 'PutItem', update: 'UpdateItem', delete: 'DeleteItem' }[current.do];
  return [
    ours(() => {
      const { before, after } = tables.write('things', request());
      return (current.do === 'update' ? after : before) ?? {};
    }),
    await theirs(operation, wire, (raw) => raw.Attributes ?? {}),
  ];
}

async function bothQuery(pk: string, current: Extract<Step, { do: 'query' }>): Promise<[Outcome, Outcome]> {
  const order = current.index ? 'rank' : 'sk';
  const [text, number] = current.range.bound as [string, string];
  const values: Record<string, unknown> = { ':p': { S: pk } };
  if (current.range.expression !== '') values[':k'] = current.index ? { N: number } : { S: text };
  const range = current.range.expression === 'begins' ? `begins_with(#o, :k)` : `#o ${current.range.expression}`;
  const expression = current.range.expression === '' ? 'pk = :p' : `pk = :p AND ${range}`;
  const names = current.range.expression === '' ? {} : { names: { '#o': order } };
  const input = (): QueryInput => ({
    keyCondition: expression,
    ...names,
    ...boundValues(values),
    ...(current.index && { index: 'byRank' }),
    limit: current.limit,
    forward: current.forward,
  });
  const wire = {
    KeyConditionExpression: expression,
    ...(names.names && { ExpressionAttributeNames: names.names }),
    ExpressionAttributeValues: values,
    ...(current.index && { IndexName: 'byRank' }),
    Limit: current.limit,
    ScanIndexForward: current.forward,
    ConsistentRead: true,
  };
  // Among equal ranks the order is nobody's promise, so of an index only the ranks are compared.
  const wholeOf = (items: unknown, more: boolean): unknown => ({
    items: current.index ? (items as Item[]).map(({ rank }) => rank) : items,
    more,
  });
  return [
    ours(() => {
      const page = tables.query('things', input());
      return wholeOf(page.items, page.lastKey !== undefined);
    }),
    await theirs('Query', wire, (raw) => wholeOf(raw.Items, raw.LastEvaluatedKey !== undefined)),
  ];
}

describe('tables and dynalite', () => {
  it('answer alike, whatever is asked in whatever order', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const pk = `run ${run++}`;
        for (const current of steps) {
          const [our, their] = await both(pk, current);
          expect(our, JSON.stringify(current)).toEqual(their);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 120_000);

  it('keep the same items in the end', async () => {
    const outcome = await opinion.call('Scan', { TableName: 'things' });
    const scanned = outcome.ok ? (outcome.answer.Items as Item[]) : [];
    const text = (items: Item[]): string[] => items.map((item) => JSON.stringify(canonical(item))).sort();
    expect(text([...tables.items('things')])).toEqual(text(scanned));
  });
});
