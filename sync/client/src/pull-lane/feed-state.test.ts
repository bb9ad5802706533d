import { describe, expect, test } from 'vitest';
import { DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX, POISONED_KEPT_MAX } from '../limits.ts';
import { afterPage, INITIAL_FEED, readPage } from './feed-state.ts';
import { readDocument } from './pulled-document.ts';

const document = (seq: number, body: unknown = '{"total":5,"later":{"field":[1]}}', period = 'p1') => ({
  ...{ collection: 'orders', scope: 's', id: `o${seq}`, period, seq, deleted: false },
  ...{ covers: [{ journal: 'r1.1', seq }], body },
});
const at = (seq: number, period = 'p1') => ({ period, seq });

describe('a pulled document', () => {
  test('keeps the fields that nobody here knows', () => {
    expect(readDocument(document(1))).toMatchObject({
      ok: true,
      document: { body: { total: 5, later: { field: [1] } }, covers: [{ journal: 'r1.1', seq: 1 }] },
    });
  });

  const deep = '{"a":'.repeat(DOCUMENT_DEPTH_MAX + 1) + '1' + '}'.repeat(DOCUMENT_DEPTH_MAX + 1);
  test.each([
    ['no body', { ...document(1), body: undefined }, 'body'],
    ['half a body', document(1, '{"a":'), 'body'],
    ['a list', document(1, '[]'), 'body'],
    ['null', document(1, 'null'), 'body'],
    ['NaN', document(1, '{"a":NaN}'), 'body'],
    ['a number beyond numbers', document(1, '{"a":1e999}'), 'body'],
    ['a key for the prototype', document(1, '{"a":{"__proto__":{"isManager":true}}}'), 'body'],
    ['deeper than allowed', document(1, deep), 'body'],
    ['larger than allowed', document(1, JSON.stringify({ a: 'é'.repeat(DOCUMENT_BYTES_MAX / 2) })), 'too-large'],
    ['no covers', { ...document(1), covers: null }, 'shape'],
    ['a sequence that is none', { ...document(1), seq: 1.5 }, 'shape'],
    ['nothing', null, 'shape'],
    ['a text', 'x', 'shape'],
  ])('%s is named, not believed', (_what, raw, reason) => {
    expect(readDocument(raw)).toMatchObject({ ok: false, reason });
  });
});

describe('a page', () => {
  const page = (documents: unknown[], checkpoint: { period: string; seq: number } | null, more = false) => ({
    documents,
    checkpoint,
    more,
  });

  test('[I19] one poisoned document holds up none of the others', () => {
    const read = readPage(INITIAL_FEED, at(0), page([document(1), document(2, '{'), document(3)], at(3)));
    expect(read).toMatchObject({ ok: true, poisoned: [{ id: 'o2', reason: 'body' }] });
    expect(read.ok && read.write?.documents.map(({ id }) => id)).toEqual(['o1', 'o3']);
  });

  test.each([
    ['[I13] a checkpoint before its documents', page([document(5)], at(4))],
    ['[I13] a document from before the question', page([document(2)], at(9))],
    ['[I13] a checkpoint before the question', page([], at(1))],
    ['an earlier period', page([], at(99, 'p0'))],
    ['no checkpoint any more', page([], null)],
    ['more, but nothing further', page([], at(3), true)],
    ['documents without a checkpoint', page([document(4)], null)],
  ])('%s is not believed', (_what, bad) => {
    expect(readPage(INITIAL_FEED, at(3), bad)).toEqual({ ok: false });
  });

  test('where the server has nothing there is nothing to write: what is held goes on being shown until it has', () => {
    expect(readPage(INITIAL_FEED, null, page([], null))).toEqual({ ok: true, write: null, poisoned: [] });
  });

  test('nothing new is written once, to end what a broken-off pull began', () => {
    const idle = page([], at(3));
    expect(readPage(INITIAL_FEED, at(3), idle)).toMatchObject({ write: { isWhole: true, beginsAnew: false } });
    expect(readPage({ ...INITIAL_FEED, isWhole: true }, at(3), idle)).toMatchObject({ write: null });
  });

  test('a new period begins anew', () => {
    const first = page([document(1, '{}', 'p2')], at(1, 'p2'), true);
    expect(readPage({ ...INITIAL_FEED, isWhole: true }, at(3), first)).toMatchObject({
      write: { beginsAnew: true, isWhole: false },
    });
  });

  test('reports of poisoned documents are bounded', () => {
    const poisoned = Array.from(
      { length: POISONED_KEPT_MAX + 7 },
      (_, nth) => ({ ok: false, id: `d${nth}`, reason: 'body' }) as const,
    );
    const state = afterPage(INITIAL_FEED, { more: false, poisoned }, { nowMs: 0, wallMs: 5, jitter: 0 });
    expect(state.poisoned).toHaveLength(POISONED_KEPT_MAX);
    expect(state.poisoned[POISONED_KEPT_MAX - 1]?.id).toBe(`d${POISONED_KEPT_MAX + 6}`);
  });
});
