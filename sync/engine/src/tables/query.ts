import { emptyItem, itemSizeBytes } from './attribute-value.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { orderedBytes } from './compare-values.ts';
import { parseCondition } from './expressions/condition.ts';
import type { Condition, Operand } from './expressions/condition.ts';
import { meetsCondition } from './expressions/evaluate-condition.ts';
import { Placeholders } from './expressions/token-reader.ts';
import type { ItemStore, Walk } from './item-store.ts';
import { keyBytes, keyNames, keyOfItem } from './table-definition.ts';
import type { TableDefinition } from './table-definition.ts';
import { ValidationFault } from './table-fault.ts';

export interface QueryInput {
  keyCondition: string;
  filter?: string;
  names?: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, AttributeValue>>;
  index?: string;
  limit?: number;
  forward?: boolean;
  /** The `lastKey` of the page before. */
  startKey?: Item;
}

export interface QueryOutput {
  items: Item[];
  /** How many items were read; a filter hides them afterwards. */
  scannedCount: number;
  /** Present when a page ended before the partition did. */
  lastKey?: Item;
}

/** DynamoDB ends a page when this much was read, whatever the filter lets through. */
const PAGE_BYTES_MAX = 1024 * 1024;

type KeyRange = Pick<Walk, 'pk' | 'from' | 'to'>;

/**
 * Reads one page of a partition: Amazon DynamoDB API Reference, "Query". Reads are always consistent here.
 * Throws `ValidationFault`.
 */
export function query(store: ItemStore, table: TableDefinition, input: QueryInput): QueryOutput {
  const index = input.index === undefined ? undefined : table.localIndexes.find(({ name }) => name === input.index);
  if (input.index !== undefined && !index)
    throw new ValidationFault(`The table does not have the specified index: ${input.index}`);
  if (input.limit !== undefined && !(Number.isInteger(input.limit) && input.limit >= 1)) {
    throw new ValidationFault(`Limit must be at least 1; found ${input.limit}`);
  }
  const orderName = index?.sortKey ?? table.sortKey;
  const placeholders = new Placeholders(input.names, input.values);
  const keyCondition = parseCondition(input.keyCondition, 'KeyConditionExpression', placeholders);
  const filter =
    input.filter === undefined ? undefined : parseCondition(input.filter, 'FilterExpression', placeholders);
  placeholders.requireAllUsed();
  const range = keyRange(table, orderName, keyCondition);
  const walk: Walk = { ...range, index: index?.name, forward: input.forward ?? true };
  if (input.startKey) walk.after = startPlace(table, orderName, range.pk, input.startKey);
  return readPage(store, table, orderName, walk, filter, input.limit);
}

function readPage(
  store: ItemStore,
  table: TableDefinition,
  orderName: string | undefined,
  walk: Walk,
  filter: Condition | undefined,
  limit = Number.POSITIVE_INFINITY,
): QueryOutput {
  const items: Item[] = [];
  let scannedCount = 0;
  let bytes = 0;
  let last: Item | undefined;
  for (const item of store.walk(table, walk)) {
    bytes += itemSizeBytes(item);
    if (last && bytes > PAGE_BYTES_MAX) return { items, scannedCount, lastKey: placeOf(table, orderName, last) };
    scannedCount++;
    last = item;
    if (!filter || meetsCondition(filter, item)) items.push(item);
    if (scannedCount >= limit) return { items, scannedCount, lastKey: placeOf(table, orderName, item) };
  }
  return { items, scannedCount };
}

function placeOf(table: TableDefinition, orderName: string | undefined, item: Item): Item {
  const place = emptyItem();
  for (const name of new Set([...keyNames(table), ...(orderName === undefined ? [] : [orderName])])) {
    place[name] = item[name] as AttributeValue;
  }
  return place;
}

function startPlace(
  table: TableDefinition,
  orderName: string | undefined,
  pk: Buffer,
  startKey: Item,
): { order: Buffer; sk: Buffer } {
  const key = keyOfItem(table, startKey);
  if (!key.pk.equals(pk))
    throw new ValidationFault('The provided starting key is outside query boundaries based on provided conditions');
  return { sk: key.sk, order: orderName === undefined ? key.sk : keyBytes(table, startKey, orderName) };
}

/** Only `partition = value`, alone or with one condition on the sort key, leads to a range. */
function keyRange(table: TableDefinition, orderName: string | undefined, condition: Condition): KeyRange {
  const parts = condition.kind === 'and' ? [condition.left, condition.right] : [condition];
  const partition = parts.find(
    (part) => part.kind === 'compare' && part.comparator === '=' && isAttribute(part.left, table.partitionKey),
  );
  if (partition?.kind !== 'compare')
    throw new ValidationFault(`Query condition missed key schema element: ${table.partitionKey}`);
  const pk = boundBytes(table, table.partitionKey, partition.right);
  const order = parts.find((part) => part !== partition);
  if (!order) return { pk };
  if (orderName === undefined) throw new ValidationFault('Query key condition not supported');
  return { pk, ...orderRange(table, orderName, order) };
}

function orderRange(table: TableDefinition, name: string, condition: Condition): Pick<KeyRange, 'from' | 'to'> {
  if (condition.kind === 'between' && isAttribute(condition.operand, name)) {
    const [from, to] = [boundBytes(table, name, condition.from), boundBytes(table, name, condition.to)];
    if (Buffer.compare(from, to) > 0) {
      throw new ValidationFault(
        'Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound',
      );
    }
    return { from: { bytes: from, inclusive: true }, to: { bytes: to, inclusive: true } };
  }
  if (condition.kind === 'begins-with' && isAttribute(condition.operand, name)) {
    const from = boundBytes(table, name, condition.part);
    const beyond = firstBeyondPrefix(from);
    return { from: { bytes: from, inclusive: true }, ...(beyond && { to: { bytes: beyond, inclusive: false } }) };
  }
  if (condition.kind !== 'compare' || condition.comparator === '<>' || !isAttribute(condition.left, name)) {
    throw new ValidationFault('Query key condition not supported');
  }
  const bytes = boundBytes(table, name, condition.right);
  const bound = { bytes, inclusive: condition.comparator.includes('=') };
  if (condition.comparator === '=') return { from: bound, to: bound };
  return condition.comparator.startsWith('<') ? { to: bound } : { from: bound };
}

function isAttribute(operand: Operand, name: string): boolean {
  return operand.kind === 'path' && operand.path.length === 1 && operand.path[0] === name;
}

function boundBytes(table: TableDefinition, name: string, operand: Operand): Buffer {
  if (operand.kind !== 'value') throw new ValidationFault('Query key condition not supported');
  const bytes = Object.hasOwn(operand.value, table.keyTypes?.[name] ?? 'S') ? orderedBytes(operand.value) : undefined;
  if (!bytes)
    throw new ValidationFault(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
  if (bytes.length === 0) {
    throw new ValidationFault(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  return bytes;
}

/** The least bytes above everything that starts with `prefix`; `undefined` when nothing is above. */
function firstBeyondPrefix(prefix: Buffer): Buffer | undefined {
  const lastBelowMax = lastIndexBelowMax(prefix);
  if (lastBelowMax < 0) return undefined;
  const beyond = Buffer.from(prefix.subarray(0, lastBelowMax + 1));
  beyond[lastBelowMax] = (beyond[lastBelowMax] as number) + 1;
  return beyond;
}

function lastIndexBelowMax(bytes: Buffer): number {
  let index = bytes.length - 1;
  while (index >= 0 && bytes[index] === 0xff) index--;
  return index;
}
