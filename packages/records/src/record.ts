import type { z } from 'zod';
import { canonicalText, type CanonicalValue } from './canonical-text.ts';
import { headerSchema, type RecordHeader } from './header.ts';
import { RECORD_BYTES_MAX } from './limits.ts';
import { RecordFault } from './record-fault.ts';
import { recordTypes, type PayloadOf, type RecordType } from './record-types.ts';
import { type Upcasters, upcasters as ourUpcasters } from './upcasters.ts';

/** A record of a type this version knows, brought up to the current shape. `writtenTypeV` is the version in the bytes. */
export type KnownRecord = {
  [T in RecordType]: { known: true; type: T; header: RecordHeader; payload: PayloadOf<T>; writtenTypeV: number };
}[RecordType];
/** A record that a newer version wrote: kept, relayed and verified as bytes, never interpreted. */
export type UnknownRecord = {
  known: false;
  type: string;
  header: RecordHeader;
  payload: unknown;
  writtenTypeV: number;
};
export type ReadRecord = KnownRecord | UnknownRecord;

/** A newer writer may add to the header; what it adds is kept. Made once: zod compiles a schema on its first use. */
const headerWithMore = headerSchema.loose();

/** The types a reader knows and the steps from their older shapes. Only tests read with another one than ours. */
export type Vocabulary = {
  readonly types: { readonly [type: string]: { readonly typeV: number; readonly payload: z.ZodType } };
  readonly upcasters: Upcasters;
};
const ours: Vocabulary = { types: recordTypes, upcasters: ourUpcasters };

/**
 * The canonical text of a record: header and payload in one object, made once, stored and sent as it is. Its UTF-8 bytes are what
 * is hashed.
 *
 * @throws RecordFault `record-shape` when header or payload do not fit their schema, `record-too-large` beyond 256 KB.
 */
export function writeRecord<T extends RecordType>(header: RecordHeader & { type: T }, payload: PayloadOf<T>): string {
  const shape = recordTypes[header.type];
  if (header.typeV !== shape.typeV)
    throw new RecordFault('record-shape', `${header.type} is written as version ${shape.typeV}`);
  const head = headerSchema.safeParse(header);
  if (!head.success) throw new RecordFault('record-shape', `header: ${firstIssue(head.error)}`);
  const body = shape.payload.safeParse(payload);
  if (!body.success) throw new RecordFault('record-shape', `${header.type}: ${firstIssue(body.error)}`);
  const text = canonicalText({ ...head.data, payload: body.data } as CanonicalValue);
  if (utf8Length(text) > RECORD_BYTES_MAX) throw new RecordFault('record-too-large', `${utf8Length(text)} bytes`);
  return text;
}

/**
 * Reads the text of a record back. Types and payload versions that this version does not know come back as unknown with everything
 * they hold; a header that does not fit is refused.
 *
 * @throws RecordFault `record-not-json`, `record-not-canonical` (the text is not the canonical one of its value), `record-too-large`,
 *   `record-shape`.
 */
export function readRecord(text: string, vocabulary: Vocabulary = ours): ReadRecord {
  if (utf8Length(text) > RECORD_BYTES_MAX) throw new RecordFault('record-too-large', `${utf8Length(text)} bytes`);
  const value = parseJson(text);
  const { payload, ...head } = value;
  const parsed = headerWithMore.safeParse(head);
  if (!parsed.success) throw new RecordFault('record-shape', `header: ${firstIssue(parsed.error)}`);
  if (canonicalText(value as CanonicalValue) !== text)
    throw new RecordFault('record-not-canonical', 'bytes are not canonical');
  const header = parsed.data as RecordHeader;
  const shape = Object.hasOwn(vocabulary.types, header.type) ? vocabulary.types[header.type] : undefined;
  if (!shape || header.typeV > shape.typeV) {
    return { known: false, type: header.type, header, payload, writtenTypeV: header.typeV };
  }
  const current = upcast(header.type, header.typeV, shape.typeV, payload, vocabulary.upcasters);
  const body = shape.payload.safeParse(current);
  if (!body.success) throw new RecordFault('record-shape', `${header.type}: ${firstIssue(body.error)}`);
  return { known: true, type: header.type, header, payload: body.data, writtenTypeV: header.typeV } as KnownRecord;
}

function upcast(type: string, from: number, to: number, payload: unknown, upcasters: Upcasters): unknown {
  let current = payload;
  for (let version = from; version < to; version += 1) {
    const step = upcasters[type]?.[version];
    if (!step) throw new RecordFault('record-shape', `no way from ${type} ${version} to ${version + 1}`);
    current = step(current);
  }
  return current;
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RecordFault('record-not-json', cause instanceof Error ? cause.message : 'not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RecordFault('record-not-json', 'not an object');
  return value as Record<string, unknown>;
}

/** Length in UTF-8 bytes, without a platform API: this package runs in a page, a Lambda and a resolver's test. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}

function firstIssue(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : 'does not fit';
}
