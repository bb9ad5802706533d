import { describe, expect, test } from 'vitest';
import { exampleBasis, exampleSale } from '@evertill/records/testing';
import { chainEpoch, chainFact, type ChainedRecord } from './append.ts';
import { type FiledRecord, type Verification, verifyChain, type VerifyOptions } from './chain-verifier.ts';
import { hashText } from './seal.ts';
import { exampleIdentity, exampleJournal, exampleKey } from './testing/example-journal.ts';

const key = exampleKey(1);
const journal = exampleJournal([20, 12], key);
const sealed = journal.map((record) => record.sealed);
const head = journal[journal.length - 1]!.head;
const pinned: VerifyOptions = { publicKeys: [key.publicKey], expectedHead: head };
const faultOf = (records: Iterable<FiledRecord>, options: VerifyOptions = pinned): string | undefined =>
  verifyChain(records, options).fault?.code;
const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
const recordedAt = { at: journal[0]!.header.at, tzOffsetMin: 60 };
const chained = (after: ChainedRecord, overrides: Partial<Parameters<typeof chainFact>[0]> = {}) =>
  chainFact({
    identity: exampleIdentity,
    head: after.head,
    fact: exampleSale('tx-x', 99),
    context,
    key,
    ...recordedAt,
    ...overrides,
  });
const epochAfter = (overrides: Partial<Parameters<typeof chainEpoch>[0]>) =>
  chainEpoch({
    identity: exampleIdentity,
    epoch: 3,
    parent: head,
    reason: 'restored',
    random: new Uint8Array(16),
    context,
    key,
    ...recordedAt,
    ...overrides,
  }).sealed;

describe('a sound journal', () => {
  test('[I4] verifies over its epochs and says under which keys', () => {
    const result: Verification = verifyChain(sealed, pinned);
    expect(result).toMatchObject({ ok: true, fault: null, records: 34, head });
    expect(result.keys).toEqual(
      [1, 2].map((epoch) => ({ epoch, keyId: key.keyId, publicKey: key.publicKey, trust: 'pinned' })),
    );
  });

  test('without a pinned key says that the first one was trusted on first use', () => {
    expect(verifyChain(sealed).keys.map((entry) => entry.trust)).toEqual(['first-use', 'first-use']);
  });

  test('verifies from the middle on, after a known head', () => {
    const after = { head: journal[9]!.head, publicKey: key.publicKey, keyId: key.keyId };
    expect(verifyChain(sealed.slice(10), { ...pinned, after }).ok).toBe(true);
    expect(faultOf(sealed.slice(11), { ...pinned, after })).toBe('gap');
  });

  test('an empty journal is sound unless a head is known', () => {
    expect(verifyChain([])).toMatchObject({ ok: true, head: null });
    expect(faultOf([])).toBe('tail');
  });

  test('the next epoch may be under another key if somebody vouches for it', () => {
    const other = exampleKey(2);
    const records = [...sealed, epochAfter({ key: other })];
    expect(faultOf(records)).toBe('key');
    expect(faultOf(records, {})).toBe('key');
    expect(verifyChain(records, { publicKeys: [key.publicKey, other.publicKey] }).ok).toBe(true);
  });

  test('a journal may begin with a later epoch when the disk before it was lost', () => {
    expect(verifyChain([epochAfter({ parent: null })], { publicKeys: [key.publicKey] }).ok).toBe(true);
  });
});

describe('what is wrong is named', () => {
  const swap = (at: number, record: FiledRecord) => sealed.map((entry, index) => (index === at ? record : entry));
  const tampered = (at: number, change: (text: string) => string) => ({
    ...sealed[at]!,
    text: change(sealed[at]!.text),
  });
  const rehashed = (record: FiledRecord) => ({ ...record, hash: hashText(record.text) });
  const raised = (text: string) => text.replace('"totalMinor":2000', '"totalMinor":2001');

  test.each<[string, string, () => Iterable<FiledRecord>]>([
    ['edited bytes', 'hash', () => swap(5, tampered(5, raised))],
    ['edited bytes with their new hash', 'signature', () => swap(5, rehashed(tampered(5, raised)))],
    ['a signature of another record', 'signature', () => swap(5, { ...sealed[5]!, sig: sealed[6]!.sig })],
    [
      'another key’s signature',
      'key',
      () => swap(5, chained(journal[4]!, { key: exampleKey(2), fact: exampleSale('tx-0-4', 4) }).sealed),
    ],
    [
      'another key’s signature under our name',
      'signature',
      () =>
        swap(5, {
          ...chained(journal[4]!, { key: exampleKey(2), fact: exampleSale('tx-0-4', 4) }).sealed,
          keyId: key.keyId,
        }),
    ],
    [
      'white space in the bytes',
      'unreadable',
      () =>
        swap(
          5,
          tampered(5, (text) => `${text} `),
        ),
    ],
    [
      'no record at all',
      'unreadable',
      () =>
        swap(
          5,
          tampered(5, () => 'null'),
        ),
    ],
    ['a deleted record', 'gap', () => sealed.filter((_, index) => index !== 5)],
    ['a deleted first record', 'gap', () => sealed.slice(1)],
    ['a deleted epoch', 'gap', () => [...sealed.slice(0, 1), ...sealed.slice(21)].slice(1)],
    ['a doubled record', 'second-child', () => [...sealed.slice(0, 6), ...sealed.slice(5)]],
    ['two records swapped', 'gap', () => [...sealed.slice(0, 5), sealed[6]!, sealed[5]!, ...sealed.slice(7)]],
    [
      'an inserted record of our own key',
      'second-child',
      () => [...sealed.slice(0, 6), chained(journal[4]!).sealed, ...sealed.slice(6)],
    ],
    [
      'a replaced record of our own key',
      'link',
      () => swap(5, chained(journal[4]!, { fact: exampleSale('tx-y', 4) }).sealed),
    ],
    [
      'an epoch record in mid-epoch',
      'second-child',
      () => [...sealed.slice(0, 3), ...sealed.slice(0, 1), ...sealed.slice(3)],
    ],
    ['a cut tail', 'tail', () => sealed.slice(0, -1)],
    ['another last record', 'tail', () => swap(33, chained(journal[32]!, { fact: exampleSale('tx-z', 10) }).sealed)],
    [
      'a second child of an earlier record',
      'second-child',
      () => [...sealed, epochAfter({ parent: journal[3]!.head })],
    ],
    [
      'a parent from the future',
      'epoch-parent',
      () => [...sealed, epochAfter({ parent: { ...head, seq: head.seq + 1 } })],
    ],
    [
      'a parent with another hash',
      'epoch-parent',
      () => [...sealed, epochAfter({ parent: { ...head, hash: 'a'.repeat(64) } })],
    ],
    ['an epoch without its parent', 'epoch-parent', () => [...sealed, epochAfter({ parent: null })]],
    ['an epoch number used before', 'second-child', () => [...sealed, epochAfter({ epoch: 2 })]],
    ['an epoch number from before', 'gap', () => [...sealed, epochAfter({ epoch: 1 })]],
    [
      'another register’s record',
      'identity',
      () => [...sealed, chained(journal[33]!, { identity: { ...exampleIdentity, register: 'r2' } }).sealed],
    ],
    [
      'a business date that runs backwards',
      'business-date',
      () => [...sealed, chained(journal[33]!, { context: { ...context, businessDate: '2026-03-01' } }).sealed],
    ],
    [
      '[I5] a skipped receipt number',
      'receipt-number',
      () => [...sealed, chained(journal[33]!, { fact: exampleSale('tx-z', 12) }).sealed],
    ],
    [
      '[I5] a repeated receipt number',
      'receipt-number',
      () => [...sealed, chained(journal[33]!, { fact: exampleSale('tx-z', 10) }).sealed],
    ],
  ])('[I4] %s: %s', (_what, code, records) => {
    const found = faultOf(records());
    expect(found).toBe(code);
  });

  test('a record filed under another place, type or date', () => {
    const filed = journal.map((record): FiledRecord => ({ ...record.sealed, filedUnder: record.header }));
    expect(verifyChain(filed, pinned).ok).toBe(true);
    const misfiled = { ...filed[5]!, filedUnder: { ...journal[5]!.header, type: 'SignedOn' as const } };
    expect(faultOf(filed.map((entry, index) => (index === 5 ? misfiled : entry)))).toBe('filed-wrongly');
  });

  test('the fault says where it is and how much before it is sound', () => {
    const result = verifyChain(swap(25, tampered(25, raised)), pinned);
    expect(result.fault).toMatchObject({ code: 'hash', at: { epoch: 2, seq: 5 }, soundRecords: 25 });
    expect(result).toMatchObject({ records: 25, head: { epoch: 2, seq: 4 } });
  });

  test('signatures may be left out for a quick look, and only signatures', () => {
    const quick = { ...pinned, withoutSignatures: true };
    expect(verifyChain(swap(5, { ...sealed[5]!, sig: sealed[6]!.sig }), quick).ok).toBe(true);
    expect(faultOf(swap(5, tampered(5, raised)), quick)).toBe('hash');
  });
});
