import type { MemoryTable, Row } from './memory-table.ts';

/** What a data source answers: a result, an error as AppSync names it, or both. */
export type Answer = {
  readonly result: unknown;
  readonly error: { readonly message: string; readonly type: string } | null;
};

type Values = { readonly [name: string]: unknown };
type Typed = {
  readonly S?: string;
  readonly N?: number;
  readonly BOOL?: boolean;
  readonly L?: Typed[];
  readonly M?: TypedMap;
};
type TypedMap = { readonly [name: string]: Typed };
type Expression = { readonly expression: string; readonly expressionValues?: TypedMap };

type Request = {
  readonly operation: string;
  readonly key?: TypedMap;
  readonly query?: Expression;
  readonly index?: string;
  readonly limit?: number;
  readonly scanIndexForward?: boolean;
  readonly consistentRead?: boolean;
  readonly tables?: { readonly [table: string]: { readonly keys: TypedMap[]; readonly consistentRead: boolean } };
  readonly update?: Expression;
  readonly condition?: Expression;
  readonly transactItems?: readonly {
    readonly key: TypedMap;
    readonly attributeValues: TypedMap;
    readonly condition: Expression;
  }[];
};

const text = (value: unknown): string => String(value);

/** Every key expression that a resolver uses: which rows it means, and by what they sort. */
const queries: { readonly [expression: string]: (row: Row, values: Values) => boolean } = {
  'pk = :pk': () => true,
  'pk = :pk AND begins_with(sk, :head)': ({ sk }, values) => sk.startsWith(text(values[':head'])),
  'pk = :pk AND sk BETWEEN :from AND :to': ({ sk }, values) => sk >= text(values[':from']) && sk <= text(values[':to']),
  'pk = :pk AND #change BETWEEN :from AND :to': ({ change }, values) =>
    typeof change === 'string' && change >= text(values[':from']) && change <= text(values[':to']),
};

/** Every condition, over the row as it is. */
const conditions: { readonly [expression: string]: (row: Row | undefined, values: Values) => boolean } = {
  'attribute_not_exists(sk)': (row) => row === undefined,
  'seq = :seq AND #hash = :hash': (row, values) => row?.['seq'] === values[':seq'] && row?.['hash'] === values[':hash'],
  'attribute_not_exists(holder) OR holder = :holder OR expiresAt <= :now': (row, values) =>
    row === undefined || row['holder'] === values[':holder'] || Number(row['expiresAt']) <= Number(values[':now']),
  'claimId = :claimId AND holder = :holder': (row, values) =>
    row?.['claimId'] === values[':claimId'] && row?.['holder'] === values[':holder'],
};

/** The few operations and the very expressions that the resolvers use, over one table. Any other fails: it is not a database. */
export function askTable(table: MemoryTable, request: Request): Answer {
  switch (request.operation) {
    case 'GetItem':
      return { result: table.get(plainMap(request.key ?? {}) as Row) ?? null, error: null };
    case 'BatchGetItem': {
      const data = Object.entries(request.tables ?? {}).map(([name, { keys }]) => [
        name,
        keys.map((key) => table.get(plainMap(key) as Row) ?? null),
      ]);
      return { result: { data: Object.fromEntries(data) as unknown, unprocessedKeys: {} }, error: null };
    }
    case 'Query':
      return query(table, request);
    case 'UpdateItem':
      return update(table, request);
    case 'TransactWriteItems':
      return transact(table, request);
    default:
      throw new Error(`no resolver asks for ${request.operation}`);
  }
}

function query(
  table: MemoryTable,
  { query: asked, index, limit = 1000, scanIndexForward = true, consistentRead }: Request,
): Answer {
  if (consistentRead !== true) throw new Error('every read is consistent');
  const values = plainMap(asked?.expressionValues ?? {});
  const isMeant = known(queries, asked?.expression);
  const found = table.partition(text(values[':pk'])).filter((row) => isMeant(row, values));
  if (index === 'byChange') found.sort((left, right) => (text(left['change']) < text(right['change']) ? -1 : 1));
  if (!scanIndexForward) found.reverse();
  return { result: { items: found.slice(0, limit), nextToken: found.length > limit ? 'more' : null }, error: null };
}

function update(table: MemoryTable, { key, update: asked, condition }: Request): Answer {
  const place = plainMap(key ?? {}) as Row;
  const row = table.get(place);
  if (!known(conditions, condition?.expression)(row, plainMap(condition?.expressionValues ?? {}))) {
    const error = { message: 'The conditional request failed', type: 'DynamoDB:ConditionalCheckFailedException' };
    return { result: row ?? null, error };
  }
  const values = plainMap(asked?.expressionValues ?? {});
  const sets = [...(asked?.expression ?? '').matchAll(/(\w+) = (:\w+)/g)].map(([, name = '', value = '']) => [
    name,
    values[value],
  ]);
  table.put({ ...row, ...place, ...(Object.fromEntries(sets) as Values) });
  return { result: table.get(place) ?? null, error: null };
}

function transact(table: MemoryTable, { transactItems = [] }: Request): Answer {
  const reasons = transactItems.map(({ key, condition }) => {
    const row = table.get(plainMap(key) as Row);
    const holds = known(conditions, condition.expression)(row, plainMap(condition.expressionValues ?? {}));
    return holds ? { type: 'None', message: null } : { type: 'ConditionalCheckFailed', message: 'failed', item: row };
  });
  if (reasons.some(({ type }) => type !== 'None')) {
    const error = { message: 'Transaction cancelled', type: 'DynamoDB:TransactionCanceledException' };
    return { result: { keys: null, cancellationReasons: reasons }, error };
  }
  for (const { key, attributeValues } of transactItems)
    table.put({ ...plainMap(attributeValues), ...(plainMap(key) as Row) });
  return { result: { keys: transactItems.map(({ key }) => plainMap(key)), cancellationReasons: null }, error: null };
}

function known<T>(table: { readonly [expression: string]: T }, expression = ''): T {
  const found = table[expression];
  if (!found) throw new Error(`no resolver uses ${expression}`);
  return found;
}

function plainMap(values: TypedMap): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

function plain({ S, N, BOOL, L, M }: Typed): unknown {
  if (L) return L.map(plain);
  if (M) return plainMap(M);
  return S ?? N ?? BOOL ?? null;
}
