import { z } from 'zod';
import type { LedgerEntry } from './ledger-entry.ts';

type Scalar = string | number | boolean | null;

/** A pattern names something that this bus does not match. */
export class PatternRefused extends Error {
  override readonly name = 'PatternRefused';
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const test = z.union([
  scalar,
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ 'anything-but': z.union([z.string(), z.array(scalar).min(1)]) }),
  z.strictObject({ exists: z.boolean() }),
  z.strictObject({
    numeric: z
      .array(z.union([z.enum(['<', '<=', '=', '>=', '>']), z.number()]))
      .min(2)
      .max(4),
  }),
]);
type Test = z.infer<typeof test>;
type Branch = { readonly [name: string]: readonly Test[] | Branch };
const branch: z.ZodType<Branch> = z.lazy(() => z.record(z.string(), z.union([z.array(test).min(1), branch])));

/** A pattern as EventBridge takes it, of the tests that it shares with this bus. */
export type EventPattern = { readonly matches: (event: BusEvent) => boolean };

/** What EventBridge's patterns look at. */
export type BusEvent = {
  readonly source: 'evertill.ledger';
  readonly 'detail-type': string;
  readonly detail: Omit<LedgerEntry, 'sig' | 'alg' | 'keyId'>;
};

export function eventOf({ sig: _sig, alg: _alg, keyId: _keyId, ...detail }: LedgerEntry): BusEvent {
  return { source: 'evertill.ledger', 'detail-type': detail.type, detail };
}

/** @throws PatternRefused for what is no pattern, or uses a test that is not matched here (wildcards, addresses, suffixes …). */
export function eventPattern(pattern: unknown): EventPattern {
  const read = branch.safeParse(pattern);
  if (!read.success) throw new PatternRefused(`not a pattern of this bus: ${z.prettifyError(read.error)}`);
  return { matches: (event) => holds(read.data, event) };
}

/** Every field that a pattern names must hold; of a field's tests one is enough. */
function holds(wanted: Branch, value: unknown): boolean {
  return Object.entries(wanted).every(([name, inner]) => {
    const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return Array.isArray(inner) ? (inner as Test[]).some((one) => passes(one, found)) : holds(inner as Branch, found);
  });
}

function passes(one: Test, found: unknown): boolean {
  if (typeof one !== 'object' || one === null) return found === one;
  if ('exists' in one) return (found !== undefined) === one.exists;
  if (found === undefined) return false;
  if ('prefix' in one) return typeof found === 'string' && found.startsWith(one.prefix);
  if ('anything-but' in one) {
    const but: readonly Scalar[] = Array.isArray(one['anything-but']) ? one['anything-but'] : [one['anything-but']];
    return !but.includes(found as Scalar);
  }
  return typeof found === 'number' && inRange(one.numeric, found);
}

function inRange(parts: readonly (string | number)[], found: number): boolean {
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [operator, bound] = [parts[at], Number(parts[at + 1])];
    const isIn =
      operator === '<'
        ? found < bound
        : operator === '<='
          ? found <= bound
          : operator === '='
            ? found === bound
            : operator === '>='
              ? found >= bound
              : found > bound;
    if (!isIn) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
