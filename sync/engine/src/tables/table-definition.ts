import type { Item } from './attribute-value.ts';
import { orderedBytes } from './compare-values.ts';
import { ValidationFault } from './table-fault.ts';

export type KeyType = 'S' | 'N' | 'B';

export interface TableDefinition {
  name: string;
  partitionKey: string;
  sortKey?: string;
  /** Same partition key, another order. Items without the index's sort key are not in it. */
  localIndexes: readonly { name: string; sortKey: string }[];
  /** Types of key attributes that are not text. */
  keyTypes?: Readonly<Record<string, KeyType>>;
}

/** A primary key as bytes whose order is DynamoDB's. `sk` is empty in a table without a sort key. */
export interface KeyBytes {
  pk: Buffer;
  sk: Buffer;
}

const PARTITION_KEY_BYTES_MAX = 2048;
const SORT_KEY_BYTES_MAX = 1024;
const NO_SORT_KEY = Buffer.alloc(0);

export function keyNames(table: TableDefinition): string[] {
  return table.sortKey === undefined ? [table.partitionKey] : [table.partitionKey, table.sortKey];
}

/** The key of a whole item. */
export function keyOfItem(table: TableDefinition, item: Item): KeyBytes {
  return {
    pk: keyBytes(table, item, table.partitionKey, PARTITION_KEY_BYTES_MAX),
    sk: table.sortKey === undefined ? NO_SORT_KEY : keyBytes(table, item, table.sortKey, SORT_KEY_BYTES_MAX),
  };
}

/** The key as a request names it: these attributes and no others. */
export function keyOfRequest(table: TableDefinition, key: Item): KeyBytes {
  if (Object.keys(key).length !== keyNames(table).length) {
    throw new ValidationFault('The provided key element does not match the schema');
  }
  return keyOfItem(table, key);
}

/** The bytes of one key attribute, with its type, length and presence checked. */
export function keyBytes(table: TableDefinition, item: Item, name: string, bytesMax = SORT_KEY_BYTES_MAX): Buffer {
  const value = Object.hasOwn(item, name) ? item[name] : undefined;
  if (!value) throw new ValidationFault(`One of the required keys was not given a value: ${name}`);
  const type = table.keyTypes?.[name] ?? 'S';
  const bytes = Object.hasOwn(value, type) ? orderedBytes(value) : undefined;
  if (!bytes)
    throw new ValidationFault(
      `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type}`,
    );
  if (bytes.length === 0) {
    throw new ValidationFault(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  if (bytes.length > bytesMax) {
    throw new ValidationFault(
      `One or more parameter values were invalid: Size of key ${name} has exceeded the maximum size limit of ${bytesMax} bytes`,
    );
  }
  return bytes;
}
