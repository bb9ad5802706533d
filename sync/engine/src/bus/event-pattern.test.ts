import { describe, expect, test } from 'vitest';
import { type BusEvent, eventPattern, PatternRefused } from './event-pattern.ts';

const event = (detail: object): BusEvent =>
  ({
    source: 'evertill.ledger',
    'detail-type': 'TransactionCompleted',
    detail: { store: 'DUB1', seq: 7, businessDate: null, ...detail },
  }) as never;
const matches = (pattern: unknown, detail: object = {}) => eventPattern(pattern).matches(event(detail));

describe('a pattern', () => {
  test.each<[string, unknown, object, boolean]>([
    ['one of its values', { 'detail-type': ['OrderPlaced', 'TransactionCompleted'] }, {}, true],
    ['none of them', { 'detail-type': ['OrderPlaced'] }, {}, false],
    ['every field', { source: ['evertill.ledger'], detail: { store: ['CRK1'] } }, {}, false],
    ['a prefix', { detail: { store: [{ prefix: 'DUB' }] } }, {}, true],
    ['a prefix of no text', { detail: { seq: [{ prefix: '7' }] } }, {}, false],
    ['anything but one', { detail: { store: [{ 'anything-but': 'DUB1' }] } }, {}, false],
    ['anything but several', { detail: { store: [{ 'anything-but': ['CRK1', 'GWY1'] }] } }, {}, true],
    ['anything but, of what is not there', { detail: { nothing: [{ 'anything-but': 'x' }] } }, {}, false],
    ['a range', { detail: { seq: [{ numeric: ['>', 5, '<=', 7] }] } }, {}, true],
    ['beyond a range', { detail: { seq: [{ numeric: ['>', 5, '<', 7] }] } }, {}, false],
    ['null', { detail: { businessDate: [null] } }, {}, true],
    ['something there', { detail: { store: [{ exists: true }] } }, {}, true],
    ['nothing there', { detail: { toString: [{ exists: false }] } }, {}, true],
  ])('matches %s', (_what, pattern, detail, isMatch) => {
    expect(matches(pattern, detail)).toBe(isMatch);
  });

  test.each([
    ['a wildcard', { detail: { store: [{ wildcard: 'D*' }] } }],
    ['an address', { detail: { store: [{ cidr: '10.0.0.0/8' }] } }],
    ['no tests at all', { detail: { store: [] } }],
    ['a value that is no list', { source: 'evertill.ledger' }],
    ['half a range', { detail: { seq: [{ numeric: ['~', 5] }] } }],
    ['no object', 'everything'],
  ])('that says %s is refused, and not taken for one that matches nothing', (_what, pattern) => {
    expect(() => eventPattern(pattern)).toThrow(PatternRefused);
  });
});
