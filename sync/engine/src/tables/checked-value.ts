import { emptyItem, withinDepth } from './attribute-value.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import { decimalText, parseDecimal } from './decimal.ts';
import { ValidationFault } from './table-fault.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Takes attributes from outside: exactly one known type each, the right content behind it, numbers in DynamoDB's own writing.
 * Answers a copy without prototypes. Throws `ValidationFault`.
 */
export function checkedItem(raw: unknown, what: string): Item {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new ValidationFault(`${what} must be a map of attribute values`);
  const item = emptyItem();
  for (const [name, value] of Object.entries(raw)) item[name] = checkedValue(value);
  return item;
}

/** As `checkedItem`, for one value. */
export function checkedValue(raw: unknown): AttributeValue {
  const value = typedValue(raw, 0);
  if (!withinDepth(value)) throw new ValidationFault('Nesting Levels have exceeded supported limits');
  return value;
}

/** Stops a hostile depth before the recursion does; the exact limit is `withinDepth`'s. */
const RECURSION_MAX = 64;

function typedValue(raw: unknown, depth: number): AttributeValue {
  if (depth > RECURSION_MAX) throw new ValidationFault('Nesting Levels have exceeded supported limits');
  const entries = typeof raw === 'object' && raw !== null ? Object.entries(raw) : [];
  const [type, content] = entries[0] ?? [];
  if (entries.length !== 1) {
    throw new ValidationFault('Supplied AttributeValue must contain exactly one of the supported datatypes');
  }
  switch (type) {
    case 'S':
      return { S: text(content) };
    case 'N':
      return { N: numberText(content) };
    case 'B':
      return { B: base64(content) };
    case 'BOOL':
      if (typeof content !== 'boolean') throw wrongContent(type);
      return { BOOL: content };
    case 'NULL':
      if (content !== true) throw new ValidationFault('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'M':
      return { M: typedMap(content, depth) };
    case 'L':
      return { L: list(content, type).map((inner) => typedValue(inner, depth + 1)) };
    case 'SS':
      return { SS: distinct(list(content, type).map(text)) };
    case 'NS':
      return { NS: distinct(list(content, type).map(numberText)) };
    case 'BS':
      return { BS: distinct(list(content, type).map(base64)) };
    default:
      throw new ValidationFault(`Supplied AttributeValue is of no supported datatype: ${String(type).slice(0, 20)}`);
  }
}

function typedMap(content: unknown, depth: number): Item {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw wrongContent('M');
  const map = emptyItem();
  for (const [name, inner] of Object.entries(content)) map[name] = typedValue(inner, depth + 1);
  return map;
}

function list(content: unknown, type: string): unknown[] {
  if (!Array.isArray(content)) throw wrongContent(type);
  return content;
}

function text(content: unknown): string {
  if (typeof content !== 'string') throw wrongContent('S');
  return content;
}

/** AppSync hands numbers over as numbers or as text. */
function numberText(content: unknown): string {
  if (typeof content !== 'string' && typeof content !== 'number') throw wrongContent('N');
  return decimalText(parseDecimal(String(content)));
}

function base64(content: unknown): string {
  if (typeof content !== 'string' || !BASE64.test(content)) throw wrongContent('B');
  return content;
}

function distinct(members: string[]): string[] {
  if (members.length === 0) throw new ValidationFault('An string set  may not be empty');
  if (new Set(members).size !== members.length) throw new ValidationFault('Input collection contains duplicates.');
  return members;
}

function wrongContent(type: string): ValidationFault {
  return new ValidationFault(`Unexpected content in an attribute value of type ${type}`);
}
