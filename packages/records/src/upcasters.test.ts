import { describe, expect, test } from 'vitest';
import { canonicalText, type CanonicalValue } from './canonical-text.ts';
import { readRecord } from './record.ts';
import { recordTypes, type RecordType } from './record-types.ts';
import { exampleFacts, exampleHeader } from './testing/example-facts.ts';
import { upcasters as ourUpcasters, type Upcasters } from './upcasters.ts';

/**
 * A history that never was: the product's types are still at version 1, so the steps are shown on a SignedOn that is at version 3
 * in this test's own vocabulary.
 */
const history: Upcasters = {
  SignedOn: {
    1: (payload) => ({ staffId: (payload as { who: string }).who, grade: 2 }),
    2: (payload) => {
      const { staffId, grade } = payload as { staffId: string; grade: number };
      return { staffId, role: grade === 2 ? 'supervisor' : 'cashier' };
    },
  },
};
const types = { ...recordTypes, SignedOn: { ...recordTypes.SignedOn, typeV: 3 } };
const written = (typeV: number, payload: CanonicalValue) =>
  canonicalText({ ...exampleHeader('SignedOn'), typeV, payload } as CanonicalValue);

describe('upcasters', () => {
  test.each([
    [1, { who: 'staff-7' }],
    [2, { staffId: 'staff-7', grade: 2 }],
    [3, { staffId: 'staff-7', role: 'supervisor' }],
  ])('bring version %i to the current shape, step by step', (typeV, payload) => {
    const read = readRecord(written(typeV, payload), { upcasters: history, types });
    expect(read).toMatchObject({
      known: true,
      writtenTypeV: typeV,
      payload: { staffId: 'staff-7', role: 'supervisor' },
    });
  });

  test('a missing step is a fault, not a guess', () => {
    const gap: Upcasters = { SignedOn: { 2: history['SignedOn']![2]! } };
    expect(() => readRecord(written(1, { who: 'staff-7' }), { upcasters: gap, types })).toThrow(
      /no way from SignedOn 1 to 2/,
    );
  });

  test('what a step makes is checked against the current schema', () => {
    const broken: Upcasters = { SignedOn: { 1: () => ({}), 2: () => ({ role: 'king' }) } };
    expect(() => readRecord(written(1, {}), { upcasters: broken, types })).toThrow(/SignedOn: staffId/);
  });

  test('the product has a step for every version before the current one, and no step too many', () => {
    for (const type of Object.keys(recordTypes) as RecordType[]) {
      const steps = Object.keys(ourUpcasters[type] ?? {}).map(Number);
      const expected = Array.from({ length: recordTypes[type].typeV - 1 }, (_, index) => index + 1);
      expect(steps).toEqual(expected);
    }
    expect(exampleFacts.SignedOn.role).toBe('cashier');
  });
});
