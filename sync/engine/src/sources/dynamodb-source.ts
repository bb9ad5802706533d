import { itemsEqual } from '../tables/compare-values.ts';
import { checkedItem } from '../tables/checked-value.ts';
import type { Item } from '../tables/attribute-value.ts';
import { ConditionFault, TableFault, TransactionFault, ValidationFault } from '../tables/table-fault.ts';
import type { CancellationReason } from '../tables/table-fault.ts';
import type { GroupCommit } from '../tables/group-commit.ts';
import type { Tables, TransactWrite } from '../tables/tables.ts';
import { dynamodbRequest } from './dynamodb-request.ts';
import type { DynamodbRequest, TransactItem } from './dynamodb-request.ts';
import { plainItem } from './plain-value.ts';
import type { DataSource, SourceAnswer } from './source-answer.ts';

type RequestOf<Operation> = Extract<DynamodbRequest, { operation: Operation }>;

const READS: readonly string[] = ['GetItem', 'Query', 'BatchGetItem'];

/** A DynamoDB data source over one table; transactions and batches name their tables themselves. Writes share `commits`. */
export function dynamodbSource(tables: Tables, commits: GroupCommit, tableName: string): DataSource {
  return async (raw) => {
    try {
      const parsed = dynamodbRequest.safeParse(raw);
      if (!parsed.success) throw new ValidationFault(`Unsupported request: ${issueText(parsed.error.issues)}`);
      const request = parsed.data;
      const answer = (): unknown => answerOf(tables, tableName, request);
      return { result: READS.includes(request.operation) ? answer() : await commits.run(answer) };
    } catch (error) {
      if (!(error instanceof TableFault)) throw error;
      return failure(error);
    }
  };
}

function issueText(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

function failure(error: TableFault): SourceAnswer {
  const fault = { message: error.message, type: `DynamoDB:${error.code}` };
  if (error instanceof ConditionFault) return { result: error.item ? plainItem(error.item) : null, error: fault };
  if (!(error instanceof TransactionFault)) return { result: null, error: fault };
  return { result: { keys: null, cancellationReasons: error.reasons.map(plainReason) }, error: fault };
}

function plainReason({ code, message, item }: CancellationReason): object {
  return { type: code, message: message ?? null, item: item ? plainItem(item) : null };
}

function answerOf(tables: Tables, tableName: string, request: DynamodbRequest): unknown {
  switch (request.operation) {
    case 'GetItem': {
      const item = tables.getItem(tableName, request.key);
      return item ? plainItem(item) : null;
    }
    case 'Query':
      return queryAnswer(tables, tableName, request);
    case 'BatchGetItem': {
      const data = Object.entries(request.tables).map(([name, { keys }]) => {
        const items = tables.batchGetItems(name, keys);
        return [name, items.map((item) => (item ? plainItem(item) : null))];
      });
      return { data: Object.fromEntries(data), unprocessedKeys: {} };
    }
    case 'TransactWriteItems':
      tables.transactWrite(request.transactItems.map(transactWrite));
      return { keys: request.transactItems.map(({ key }) => plainItem(key)), cancellationReasons: null };
    case 'UpdateItem': {
      const { after } = tables.write(tableName, {
        kind: 'update',
        key: request.key,
        update: request.update.expression,
        ...bothBound(request.update, request.condition),
      });
      return after ? plainItem(after) : null;
    }
    case 'PutItem':
      return putAnswer(tables, tableName, request);
    case 'DeleteItem':
      return deleteAnswer(tables, tableName, request);
  }
}

/**
 * A put whose condition fails counts as done when the item is already as it should be, and so does a delete of what is not there:
 * AppSync's own rule ("Condition expressions"), which makes a retried mutation succeed.
 */
function putAnswer(tables: Tables, tableName: string, request: RequestOf<'PutItem'>): unknown {
  const item = { ...request.attributeValues, ...request.key };
  try {
    tables.write(tableName, { kind: 'put', item, ...bothBound(undefined, request.condition) });
  } catch (error) {
    const current = error instanceof ConditionFault ? error.item : undefined;
    const ignored = new Set(request.condition?.equalsIgnore);
    if (!current || !itemsEqual(without(current, ignored), without(item, ignored))) throw error;
    return plainItem(current);
  }
  return plainItem(item);
}

function deleteAnswer(tables: Tables, tableName: string, request: RequestOf<'DeleteItem'>): unknown {
  try {
    const { before } = tables.write(tableName, {
      kind: 'delete',
      key: request.key,
      ...bothBound(undefined, request.condition),
    });
    return before ? plainItem(before) : null;
  } catch (error) {
    if (error instanceof ConditionFault && !error.item) return null;
    throw error;
  }
}

function without(item: Item, names: ReadonlySet<string>): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.has(name)));
}

interface Bound {
  expression: string;
  expressionNames?: Record<string, string> | undefined;
  expressionValues?: Item | undefined;
}

/** AppSync gives each expression names and values of its own; DynamoDB has one set of each. */
function bothBound(first: Bound | undefined, condition: Bound | undefined) {
  return {
    ...(condition && { condition: condition.expression }),
    names: { ...first?.expressionNames, ...condition?.expressionNames },
    values: { ...first?.expressionValues, ...condition?.expressionValues },
  };
}

function transactWrite(item: TransactItem): TransactWrite {
  const returnItemOnFailure = item.condition?.returnValuesOnConditionCheckFailure ?? false;
  const common = { table: item.table, returnItemOnFailure };
  switch (item.operation) {
    case 'PutItem':
      return {
        ...common,
        kind: 'put',
        item: { ...item.attributeValues, ...item.key },
        ...bothBound(undefined, item.condition),
      };
    case 'UpdateItem':
      return {
        ...common,
        kind: 'update',
        key: item.key,
        update: item.update.expression,
        ...bothBound(item.update, item.condition),
      };
    case 'DeleteItem':
      return { ...common, kind: 'delete', key: item.key, ...bothBound(undefined, item.condition) };
    case 'ConditionCheck':
      return {
        ...common,
        ...bothBound(undefined, item.condition),
        kind: 'check',
        key: item.key,
        condition: item.condition.expression,
      };
  }
}

function queryAnswer(tables: Tables, tableName: string, request: RequestOf<'Query'>): unknown {
  const page = tables.query(tableName, {
    keyCondition: request.query.expression,
    ...(request.filter && { filter: request.filter.expression }),
    names: { ...request.query.expressionNames, ...request.filter?.expressionNames },
    values: { ...request.query.expressionValues, ...request.filter?.expressionValues },
    ...(request.index != null && { index: request.index }),
    ...(request.limit != null && { limit: request.limit }),
    forward: request.scanIndexForward ?? true,
    ...(request.nextToken != null && { startKey: startKeyOf(request.nextToken) }),
  });
  const nextToken = page.lastKey ? Buffer.from(JSON.stringify(page.lastKey)).toString('base64url') : null;
  return { items: page.items.map(plainItem), scannedCount: page.scannedCount, nextToken };
}

/** The token came from outside: whatever it says is checked like any other key, and has to lie in the partition asked for. */
function startKeyOf(nextToken: string): Item {
  try {
    return checkedItem(JSON.parse(Buffer.from(nextToken, 'base64url').toString()), 'nextToken');
  } catch (error) {
    if (error instanceof SyntaxError) throw new ValidationFault('Invalid pagination token given.');
    throw error;
  }
}
