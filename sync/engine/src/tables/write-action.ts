import { emptyItem, itemSizeBytes } from './attribute-value.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { valuesEqual } from './compare-values.ts';
import { applyUpdate } from './expressions/apply-update.ts';
import { parseCondition } from './expressions/condition.ts';
import type { Condition } from './expressions/condition.ts';
import { meetsCondition } from './expressions/evaluate-condition.ts';
import { Placeholders } from './expressions/token-reader.ts';
import { parseUpdate } from './expressions/update.ts';
import type { UpdateAction } from './expressions/update.ts';
import { keyBytes, keyNames, keyOfItem, keyOfRequest } from './table-definition.ts';
import type { KeyBytes, TableDefinition } from './table-definition.ts';
import { ValidationFault } from './table-fault.ts';

interface Conditional {
  condition?: string;
  names?: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, AttributeValue>>;
}

/** One write, or one check, alone or within a transaction. */
export type WriteRequest =
  | ({ kind: 'put'; item: Item } & Conditional)
  | ({ kind: 'update'; key: Item; update?: string } & Conditional)
  | ({ kind: 'delete'; key: Item } & Conditional)
  | ({ kind: 'check'; key: Item; condition: string } & Conditional);

/** A request whose expressions are read and whose key is found: what is left to do needs the item as it is. */
export interface WritePlan {
  kind: WriteRequest['kind'];
  key: KeyBytes;
  condition: Condition | undefined;
  /** The item as it will be; `undefined` for one that goes, or that is only checked. Throws `ValidationFault`. */
  next: (before: Item | undefined) => Item | undefined;
}

/** DynamoDB's limit for one item, names included. */
export const ITEM_BYTES_MAX = 400 * 1024;

/** Reads a request's expressions. Throws `ValidationFault`. */
export function planWrite(table: TableDefinition, request: WriteRequest): WritePlan {
  const placeholders = new Placeholders(request.names, request.values);
  const condition =
    request.condition === undefined
      ? undefined
      : parseCondition(request.condition, 'ConditionExpression', placeholders);
  const update =
    request.kind === 'update' && request.update !== undefined ? parseUpdate(request.update, placeholders) : [];
  placeholders.requireAllUsed();
  if (request.kind === 'put') {
    const item = storable(table, request.item);
    return { kind: 'put', key: keyOfItem(table, item), condition, next: () => item };
  }
  refuseKeyUpdates(table, update);
  const next = (before: Item | undefined): Item | undefined =>
    request.kind === 'update' ? updated(table, request.key, update, before) : undefined;
  return { kind: request.kind, key: keyOfRequest(table, request.key), condition, next };
}

export function meetsPlan(plan: WritePlan, before: Item | undefined): boolean {
  return !plan.condition || meetsCondition(plan.condition, before ?? emptyItem());
}

function updated(table: TableDefinition, key: Item, update: readonly UpdateAction[], before: Item | undefined): Item {
  const item = storable(table, applyUpdate(update, before ?? key));
  const hasMoved = keyNames(table).some(
    (name) => !valuesEqual(item[name] as AttributeValue, key[name] as AttributeValue),
  );
  if (hasMoved) throw new ValidationFault('Cannot update attribute. This attribute is part of the key');
  return item;
}

function refuseKeyUpdates(table: TableDefinition, update: readonly UpdateAction[]): void {
  const name = keyNames(table).find((key) => update.some(({ path }) => path[0] === key));
  if (name !== undefined) {
    throw new ValidationFault(
      `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
    );
  }
}

function storable(table: TableDefinition, item: Item): Item {
  if (itemSizeBytes(item) > ITEM_BYTES_MAX)
    throw new ValidationFault('Item size has exceeded the maximum allowed size');
  for (const { sortKey } of table.localIndexes) if (Object.hasOwn(item, sortKey)) keyBytes(table, item, sortKey);
  return item;
}
