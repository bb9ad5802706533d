import { emptyItem } from '../tables/attribute-value.ts';
import type { AttributeValue, Item } from '../tables/attribute-value.ts';

/** An item as a resolver sees it in `ctx.result`: plain JSON, sets as lists, numbers as numbers. */
export function plainItem(item: Item): Record<string, unknown> {
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(item)) plain[name] = plainValue(value);
  return plain;
}

function plainValue(value: AttributeValue): unknown {
  if ('S' in value) return value.S;
  if ('N' in value) return Number(value.N);
  if ('B' in value) return value.B;
  if ('BOOL' in value) return value.BOOL;
  if ('M' in value) return plainItem(value.M);
  if ('L' in value) return value.L.map(plainValue);
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS.map(Number);
  if ('BS' in value) return value.BS;
  return null;
}

/** Plain JSON as an item: what `util.dynamodb.toMapValues` makes of it. */
export function itemOf(plain: Readonly<Record<string, unknown>>): Item {
  const item = emptyItem();
  for (const [name, value] of Object.entries(plain)) item[name] = attributeOf(value);
  return item;
}

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return typeof value === 'object' && value !== null ? { M: itemOf({ ...value }) } : { NULL: true };
}
