import { z } from 'zod';
import { DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX } from '../limits.ts';

const documentSchema = z.object({
  id: z.string().min(1).max(200),
  period: z.string().min(1).max(80),
  seq: z.number().int().min(0),
  deleted: z.boolean(),
  covers: z.array(z.object({ journal: z.string().min(1).max(200), seq: z.number().int().min(0) })).max(10_000),
  body: z.unknown(),
});

/** A document as the server states it. `body` is a plain JSON object with every field that came, the unknown ones too. */
export type PulledDocument = Omit<z.infer<typeof documentSchema>, 'body'> & {
  readonly body: Readonly<Record<string, unknown>>;
};

export type ReadDocument =
  | { readonly ok: true; readonly document: PulledDocument }
  | { readonly ok: false; readonly id: string; readonly reason: 'shape' | 'too-large' | 'body' };

/** Reads one document; what cannot be used is named, with its id where it has one. */
export function readDocument(raw: unknown): ReadDocument {
  const read = documentSchema.safeParse(raw);
  if (!read.success) return { ok: false, id: idOf(raw), reason: 'shape' };
  const { id, body } = read.data;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (text === undefined) return { ok: false, id, reason: 'body' };
  if (Buffer.byteLength(text, 'utf8') > DOCUMENT_BYTES_MAX) return { ok: false, id, reason: 'too-large' };
  const value = parseBody(text);
  return value ? { ok: true, document: { ...read.data, body: value } } : { ok: false, id, reason: 'body' };
}

const ID_CHARS_SHOWN = 80;

function idOf(raw: unknown): string {
  const read = z.object({ id: z.string() }).safeParse(raw);
  return read.success ? read.data.id.slice(0, ID_CHARS_SHOWN) : '';
}

/** AWSJSON: a JSON object in a string. `null` where it is none, is too deep, or carries a key that would reach an object's prototype. */
function parseBody(text: string): Record<string, unknown> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isPlainObject(value) && isHarmless(value, 0) ? value : null;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHarmless(value: unknown, depth: number): boolean {
  // JSON spells numbers that JavaScript can only call infinite.
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DOCUMENT_DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.every((item) => isHarmless(item, depth + 1));
  return Object.entries(value).every(([key, inner]) => key !== '__proto__' && isHarmless(inner, depth + 1));
}
