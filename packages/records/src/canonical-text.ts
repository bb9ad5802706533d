import { PAYLOAD_DEPTH_MAX } from './limits.ts';
import { RecordFault } from './record-fault.ts';

/** What a record may be made of: JSON without fractions, so that every language writes the same digits. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * The one text of a value: RFC 8785 (JSON Canonicalization Scheme) narrowed to integers. Keys are sorted by UTF-16 code units,
 * there is no white space, and members that are `undefined` are left out.
 *
 * @throws RecordFault `record-value` for fractions, unsafe integers, -0, lone surrogates and anything that is not JSON;
 *   `record-too-deep` beyond {@link PAYLOAD_DEPTH_MAX}.
 */
export function canonicalText(value: CanonicalValue, depth = 0): string {
  if (depth > PAYLOAD_DEPTH_MAX) throw new RecordFault('record-too-deep', `nested deeper than ${PAYLOAD_DEPTH_MAX}`);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'number') return canonicalInteger(value);
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value as { [key: string]: CanonicalValue | undefined }, depth);
  throw new RecordFault('record-value', `a ${typeof value} is not a value of a record`);
}

function canonicalObject(object: { readonly [key: string]: CanonicalValue | undefined }, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new RecordFault('record-value', 'only plain objects are values of a record');
  }
  const members: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) members.push(`${canonicalString(key)}:${canonicalText(member, depth + 1)}`);
  }
  return `{${members.join(',')}}`;
}

function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new RecordFault('record-value', `${value} is not a safe integer`);
  }
  return String(value);
}

// A lone surrogate has no UTF-8 form: it would be replaced on the way to bytes and the hash would be of another text.
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function canonicalString(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new RecordFault('record-value', 'text with half a character');
  return JSON.stringify(value);
}
