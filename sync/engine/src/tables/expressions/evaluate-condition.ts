import { contentOf, typeOf } from '../attribute-value.ts';
import type { AttributeValue, Item } from '../attribute-value.ts';
import { compareValues, valuesEqual } from '../compare-values.ts';
import type { Comparator, Condition, Operand } from './condition.ts';
import type { Path } from './token-reader.ts';

/** Whether an item, or the absence of one (`{}`), meets a condition. What cannot be compared is not met; it is no error. */
export function meetsCondition(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return meetsCondition(condition.left, item) && meetsCondition(condition.right, item);
    case 'or':
      return meetsCondition(condition.left, item) || meetsCondition(condition.right, item);
    case 'not':
      return !meetsCondition(condition.inner, item);
    case 'exists':
      return (valueAt(item, condition.path) !== undefined) === condition.wanted;
    case 'has-type': {
      const value = valueAt(item, condition.path);
      return value !== undefined && typeOf(value) === condition.type;
    }
    case 'compare':
      return compared(condition.comparator, resolve(condition.left, item), resolve(condition.right, item));
    case 'between': {
      const value = resolve(condition.operand, item);
      return compared('>=', value, resolve(condition.from, item)) && compared('<=', value, resolve(condition.to, item));
    }
    case 'in': {
      const value = resolve(condition.operand, item);
      return condition.candidates.some((candidate) => compared('=', value, resolve(candidate, item)));
    }
    case 'begins-with':
      return beginsWith(resolve(condition.operand, item), resolve(condition.part, item));
    case 'contains':
      return contains(resolve(condition.operand, item), resolve(condition.part, item));
  }
}

/** The value at a path, or `undefined` where it leads nowhere. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  const [attribute, ...rest] = path;
  let value = Object.hasOwn(item, attribute) ? item[attribute] : undefined;
  for (const step of rest) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = 'L' in value ? value.L[step] : undefined;
    else value = 'M' in value && Object.hasOwn(value.M, step) ? value.M[step] : undefined;
  }
  return value;
}

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  const value = valueAt(item, operand.path);
  return operand.kind === 'size' ? sizeOf(value) : value;
}

/** Characters of text are counted as UTF-8 bytes; numbers, booleans and null have no size. */
function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  if (!value) return undefined;
  if ('S' in value) return { N: String(Buffer.byteLength(value.S)) };
  if ('B' in value) return { N: String(Buffer.byteLength(value.B, 'base64')) };
  if ('M' in value) return { N: String(Object.keys(value.M).length) };
  const content = contentOf(value);
  return Array.isArray(content) ? { N: String(content.length) } : undefined;
}

function compared(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  // An attribute that is not there differs from every value.
  if (!left || !right) return comparator === '<>' && (left !== undefined || right !== undefined);
  if (comparator === '=') return valuesEqual(left, right);
  if (comparator === '<>') return !valuesEqual(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function beginsWith(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (!value || !part) return false;
  if ('S' in value && 'S' in part) return value.S.startsWith(part.S);
  if (!('B' in value && 'B' in part)) return false;
  const start = Buffer.from(part.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (!value || !part) return false;
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('B' in value) return 'B' in part && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  if ('L' in value) return value.L.some((element) => valuesEqual(element, part));
  return membersOf(value).some((member) => valuesEqual(member, part));
}

function membersOf(value: AttributeValue): AttributeValue[] {
  if ('SS' in value) return value.SS.map((text) => ({ S: text }));
  if ('NS' in value) return value.NS.map((text) => ({ N: text }));
  if ('BS' in value) return value.BS.map((text) => ({ B: text }));
  return [];
}
