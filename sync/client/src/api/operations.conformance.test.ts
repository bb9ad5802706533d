import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { contractSchema } from '../testing/contract-schema.ts';
import type { Operation } from './call-api.ts';
import { handOver, releaseClaim, resumeTransaction, returnLine } from './claim-operations.ts';
import { appendSegment, readHead, readRecordHash } from './journal-operations.ts';
import { pullPage } from './pull-operation.ts';
import { findOrders, probe, publishedManifest } from './query-operations.ts';

const operations: Record<string, Operation<unknown>> = {
  ...{ appendSegment, readHead, readRecordHash, pullPage, probe, findOrders, publishedManifest },
  ...{ handOver, releaseClaim, resumeTransaction, returnLine },
};

describe('what the client asks', () => {
  test.each(Object.keys(operations))('%s is in the schema', (name) => {
    expect(validate(contractSchema(), parse(operations[name]!.text))).toEqual([]);
  });

  test.each(Object.keys(operations))('%s refuses answers of another shape', (name) => {
    for (const data of [undefined, null, {}, [], 'x', { [name]: 7 }, { [name]: { id: 1 } }]) {
      expect(() => operations[name]!.read(data)).toThrow();
    }
  });

  test('a claim is read as it was granted', () => {
    const claim = { id: 'c1', kind: 'HAND_OVER', subject: 'r1.1.7', holder: 'r2', expiresAt: 1_900_000_000 };
    expect(handOver.read({ handOver: claim })).toEqual(claim);
  });

  test('an order that cannot be read hides no other', () => {
    const order = { id: 'o1', period: 'p', seq: 1, deleted: false, covers: [], body: '{"total":1}' };
    expect(findOrders.read({ findOrders: [{ ...order, body: '{' }, order] }).map(({ body }) => body)).toEqual([
      { total: 1 },
    ]);
  });
});
