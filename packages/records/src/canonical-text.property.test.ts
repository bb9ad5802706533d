import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, type CanonicalValue } from './canonical-text.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const value = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 10, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => (Object.is(number, -0) ? 0 : number)),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5, noNullPrototype: false }),
  ),
})).value;

/** The same value with the members of every object in another order. */
function reversedMembers(input: CanonicalValue): CanonicalValue {
  if (Array.isArray(input)) return input.map(reversedMembers);
  if (typeof input !== 'object' || input === null) return input;
  const members = Object.entries(input as Record<string, CanonicalValue>).reverse();
  return Object.fromEntries(members.map(([key, member]) => [key, reversedMembers(member)]));
}

describe('canonical text', () => {
  test('[I3] says the same value that went in, and one value has one text', () => {
    fc.assert(
      fc.property(value, (input) => {
        const written = canonicalText(input);
        const read = JSON.parse(written) as CanonicalValue;
        expect(read).toEqual(JSON.parse(JSON.stringify(input)));
        expect(canonicalText(read)).toBe(written);
      }),
      propertyOptions(300),
    );
  });

  test('[I3] does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(value, (input) => canonicalText(reversedMembers(input)) === canonicalText(input)),
      propertyOptions(300),
    );
  });

  test('holds no line break and no half character, so it can stand on a line and become UTF-8', () => {
    fc.assert(
      fc.property(value, (input) => {
        const written = canonicalText(input);
        expect(written).not.toMatch(/[\n\r\0]/);
        expect(new TextDecoder('utf-8', { fatal: true }).decode(new TextEncoder().encode(written))).toBe(written);
      }),
      propertyOptions(300),
    );
  });

  test('different values have different texts', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        const sameValue = JSON.stringify(reversedMembers(reversedMembers(left))) === JSON.stringify(right);
        if (sameValue) expect(canonicalText(left)).toBe(canonicalText(right));
        if (canonicalText(left) === canonicalText(right)) expect(left).toEqual(right);
      }),
      propertyOptions(300),
    );
  });
});
