import { RECORD_BYTES_MAX } from '@evertill/records';
import type { SealedRecord } from './seal.ts';

/**
 * The export format: NDJSON, one sealed record a line, its text embedded as a JSON string. The same lines make up a ledger's second
 * copy. A line is at most {@link SEALED_LINE_CHARS_MAX} characters.
 */
export const SEALED_LINE_CHARS_MAX = 2 * RECORD_BYTES_MAX + 1024;

/** The line of a record, with its line break. */
export function writeSealedLine({ text, hash, alg, keyId, sig }: SealedRecord): string {
  return `${JSON.stringify({ hash, alg, keyId, sig, text })}\n`;
}

/** The record of a line, or `null` when the line is not one. Whether the record is sound is for the verifier to say. */
export function readSealedLine(line: string): SealedRecord | null {
  if (line.length > SEALED_LINE_CHARS_MAX) return null;
  const value = parseObject(line);
  if (!value) return null;
  const { text, hash, alg, keyId, sig } = value;
  const areTexts = [text, hash, alg, keyId, sig].every((part) => typeof part === 'string');
  return areTexts ? ({ text, hash, alg, keyId, sig } as SealedRecord) : null;
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
