import { describe, expect, test } from 'vitest';
import { canonicalText, type CanonicalValue } from './canonical-text.ts';
import { PAYLOAD_DEPTH_MAX } from './limits.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'accepted';
};
const nested = (levels: number): CanonicalValue => {
  let value: CanonicalValue = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

describe('canonical text', () => {
  test('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const unsorted = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(canonicalText(unsorted)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  test('escapes as RFC 8785 section 3.2.2.2 does', () => {
    expect(canonicalText('\u20ac$\u000f\nA\'B"\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\"/"');
  });

  test('leaves out members that are undefined, at any depth', () => {
    expect(canonicalText({ a: undefined, b: { c: undefined, d: 1 } })).toBe('{"b":{"d":1}}');
  });

  test.each([
    ['a fraction', 0.1],
    ['an unsafe integer', 2 ** 53],
    ['minus zero', -0],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a lone high surrogate', 'x\ud83d'],
    ['a lone low surrogate', '\ude00x'],
    ['surrogates the wrong way round', '\ude00\ud83d'],
    ['a lone surrogate in a key', { 'k\ud83d': 1 }],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['bytes', new Uint8Array(2)],
    ['undefined in a list', [undefined]],
    ['a bigint', 1n],
    ['a function', () => 1],
  ])('refuses %s', (_what, value) => {
    expect(codeOf(() => canonicalText(value as CanonicalValue))).toBe('record-value');
  });

  test('takes what is nested as deep as allowed and refuses one level more', () => {
    expect(codeOf(() => canonicalText(nested(PAYLOAD_DEPTH_MAX)))).toBe('accepted');
    expect(codeOf(() => canonicalText(nested(PAYLOAD_DEPTH_MAX + 1)))).toBe('record-too-deep');
    expect(codeOf(() => canonicalText(nested(100_000)))).toBe('record-too-deep');
  });

  test('writes a member called __proto__ like any other', () => {
    const parsed = JSON.parse('{"__proto__":{"x":1},"a":2}') as CanonicalValue;
    expect(canonicalText(parsed)).toBe('{"__proto__":{"x":1},"a":2}');
  });
});
