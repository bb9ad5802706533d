import { typeOf } from './attribute-value.ts';
import type { AttributeType, AttributeValue, Item } from './attribute-value.ts';
import { decimalKey, parseDecimal } from './decimal.ts';

const ORDERED: readonly AttributeType[] = ['S', 'N', 'B'];

/** Bytes in DynamoDB's order: text by its UTF-8, numbers by value, bytes as they are. `undefined` for types without an order. */
export function orderedBytes(value: AttributeValue): Buffer | undefined {
  if ('S' in value) return Buffer.from(value.S, 'utf8');
  if ('N' in value) return decimalKey(parseDecimal(value.N));
  if ('B' in value) return Buffer.from(value.B, 'base64');
  return undefined;
}

/** Less than, equal, greater than zero; `undefined` where types differ or have no order, which makes every comparison false. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if (typeOf(a) !== typeOf(b) || !ORDERED.includes(typeOf(a))) return undefined;
  const [left, right] = [orderedBytes(a), orderedBytes(b)];
  return left && right ? Buffer.compare(left, right) : undefined;
}

/** Equality by value: numbers as numbers, sets without regard to order, maps without regard to the order of names. */
export function valuesEqual(a: AttributeValue, b: AttributeValue): boolean {
  if (typeOf(a) !== typeOf(b)) return false;
  if ('BOOL' in a && 'BOOL' in b) return a.BOOL === b.BOOL;
  if ('NULL' in a) return true;
  if ('M' in a && 'M' in b) return itemsEqual(a.M, b.M);
  if ('L' in a && 'L' in b) {
    return a.L.length === b.L.length && a.L.every((inner, index) => valuesEqual(inner, b.L[index] as AttributeValue));
  }
  const [left, right] = [setMembers(a), setMembers(b)];
  if (left && right) return left.length === right.length && left.every((member, index) => member === right[index]);
  return compareValues(a, b) === 0;
}

export function itemsEqual(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && valuesEqual(a[name] as AttributeValue, b[name] as AttributeValue))
  );
}

/** Members of a set as comparable text in a fixed order; `undefined` for what is no set. */
function setMembers(value: AttributeValue): string[] | undefined {
  if ('SS' in value) return [...value.SS].sort();
  if ('NS' in value) return value.NS.map((text) => decimalKey(parseDecimal(text)).toString('hex')).sort();
  if ('BS' in value) return value.BS.map((text) => Buffer.from(text, 'base64').toString('hex')).sort();
  return undefined;
}
