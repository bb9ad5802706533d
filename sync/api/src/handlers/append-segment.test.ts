import {
  chainEpoch,
  chainFact,
  SEGMENT_RECORDS_MAX,
  type SealedRecord,
  sealRecord,
  verifyChain,
} from '@evertill/journal';
import { exampleIdentity, exampleJournal, exampleKey } from '@evertill/journal/testing';
import { canonicalText, type Fact, type RecordType } from '@evertill/records';
import { anyExampleFact, exampleBasis, exampleHeader, exampleTypes } from '@evertill/records/testing';
import { propertyOptions, seededRandom } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { type AppendOutcome, appendSegmentHandler } from './append-segment.ts';

const key = exampleKey(1);
const sealed = (epochs: readonly number[]): SealedRecord[] =>
  exampleJournal(epochs, key).map((record) => record.sealed);
const codeOf = (outcome: AppendOutcome) => (outcome.ok ? 'ok' : outcome.error.code);
const ledger = () => createMemoryLedger(exampleIdentity, key);
const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
const author = { ...exampleIdentity, role: 'register' };
const recordedAt = { at: '2026-03-02T09:00:00.000Z', tzOffsetMin: 60 };

describe('a segment', () => {
  const journal = sealed([20]);

  test('[I3] is stored byte for byte, and the head says where it leads', () => {
    const held = ledger();
    expect(held.append(journal.slice(0, 8))).toMatchObject({ ok: true, answer: { accepted: 8, duplicate: 0 } });
    const last = held.append(journal.slice(8));
    expect(last).toMatchObject({ answer: { head: { epoch: 1, seq: 21, hash: journal[20]?.hash, contested: false } } });
    expect(held.records()).toEqual(journal);
    expect(verifyChain(held.records(), { publicKeys: [key.publicKey] }).ok).toBe(true);
  });

  test('[I17] sent again changes nothing and is answered with the same head', () => {
    const held = ledger();
    const first = held.append(journal.slice(0, 8));
    expect(held.append(journal.slice(0, 8))).toMatchObject({
      ok: true,
      write: null,
      answer: { accepted: 0, duplicate: 8 },
    });
    expect(first.ok && held.heads()).toMatchObject([{ seq: 8 }]);
  });

  test('[I17] cut otherwise the second time brings only what is new', () => {
    const held = ledger();
    held.append(journal.slice(0, 8));
    expect(held.append(journal.slice(3, 12))).toMatchObject({ ok: true, answer: { accepted: 4, duplicate: 5 } });
    expect(held.records()).toEqual(journal.slice(0, 12));
  });

  test('[I4] with a gap before it is refused with the head', () => {
    const held = ledger();
    held.append(journal.slice(0, 8));
    expect(held.append(journal.slice(9))).toMatchObject({
      ok: false,
      error: { code: 'HeadMoved', info: { epoch: 1, seq: 8, hash: journal[7]?.hash } },
    });
    expect(ledger().append(journal.slice(1))).toMatchObject({
      error: { code: 'HeadMoved', info: { epoch: 1, seq: 0 } },
    });
  });

  test('[I4] from before the head, of which nothing proves that it is held, is refused with the head', () => {
    const held = ledger();
    held.append(journal);
    expect(held.append(journal.slice(2, 6))).toMatchObject({ error: { code: 'HeadMoved', info: { seq: 21 } } });
  });
});

describe('what is not accepted', () => {
  const journal = sealed([6]);
  const replace = (index: number, record: SealedRecord) => journal.map((own, at) => (at === index ? record : own));
  const nth = (index: number) => journal[index] as SealedRecord;

  test.each([
    ['an edited record', 'hash', () => replace(3, { ...nth(3), text: nth(3).text.replace('"EUR"', '"USD"') })],
    [
      'an edited record with its hash made anew',
      'link',
      () => replace(3, sealRecord(nth(3).text.replace('"EUR"', '"USD"'), key)),
    ],
    ['a record left out', 'gap', () => journal.filter((_, index) => index !== 3)],
    ['two records exchanged', 'gap', () => [...journal.slice(0, 3), nth(4), nth(3), ...journal.slice(5)]],
    ['an edited last record signed by another key', 'key', () => replace(6, sealRecord(nth(6).text, exampleKey(2)))],
    ['a last signature that is not the key’s', 'signature', () => replace(6, { ...nth(6), sig: nth(5).sig })],
    ['another algorithm', 'signature', () => replace(6, { ...nth(6), alg: 'none' as 'Ed25519' })],
    ['text that is no record', 'unreadable', () => replace(3, { ...nth(3), text: '{"__proto__":{}}' })],
    [
      'a whole journal under a foreign key',
      'key',
      () => exampleJournal([6], exampleKey(2)).map((record) => record.sealed),
    ],
    ['two epochs in one', 'epoch-opening', () => sealed([2, 2])],
  ])('[I4] %s', (_, fault, records) => {
    const held = ledger();
    const outcome = held.append(records());
    expect(outcome).toMatchObject({ ok: false, error: { code: 'SegmentBroken', info: { fault } } });
    expect(held.records()).toEqual([]);
  });

  test('more records, or more bytes, than one request may hold', () => {
    expect(codeOf(ledger().append(sealed([SEGMENT_RECORDS_MAX])))).toBe('TooLarge');
    const fat = { ...nth(0), sig: 'x'.repeat(300 * 1024) };
    expect(codeOf(ledger().append([fat]))).toBe('TooLarge');
  });

  test.each([['tenant'], ['store'], ['register']])('records of another %s than the token', (field) => {
    const held = ledger();
    const outcome = held.append(journal, { ...exampleIdentity, [field]: 'other' });
    expect(['SegmentBroken', 'NotEnrolled']).toContain(codeOf(outcome));
  });

  test('a register that is revoked, or was never enrolled', () => {
    const held = ledger();
    held.revoke();
    expect(codeOf(held.append(journal))).toBe('NotEnrolled');
    const input = { epoch: 1, fromSeq: 1, prevHash: '0'.repeat(64), records: journal };
    expect(codeOf(appendSegmentHandler({ author, input, enrolment: null, heads: [] }))).toBe('NotEnrolled');
  });

  test('a request of any other shape', () => {
    for (const event of [null, 7, {}, { author }, { author: { ...author, role: 'king' } }])
      expect(codeOf(appendSegmentHandler(event))).toBe('Malformed');
  });

  test('a segment that does not begin where it says', () => {
    const { keyId, publicKey } = key;
    const enrolment = { store: exampleIdentity.store, status: 'active', keyId, publicKey };
    for (const says of [{ epoch: 2 }, { fromSeq: 2 }, { prevHash: 'f'.repeat(64) }]) {
      const input = { epoch: 1, fromSeq: 1, prevHash: '0'.repeat(64), records: journal, ...says };
      const outcome = appendSegmentHandler({ author, input, enrolment, heads: [] });
      expect(outcome).toMatchObject({ error: { code: 'SegmentBroken', info: { fault: 'gap' } } });
    }
  });
});

describe('[I23] who may state what', () => {
  const channel = { ...exampleIdentity, role: 'channel' } as const;
  const opening = chainEpoch({
    identity: exampleIdentity,
    epoch: 1,
    parent: null,
    reason: 'enrolled',
    random: new Uint8Array(16),
    context,
    key,
    ...recordedAt,
  });
  const stating = (type: RecordType): SealedRecord[] => {
    const example = anyExampleFact(type);
    const fact = 'receiptNumber' in example.payload ? withNumber(example) : example;
    return [
      opening.sealed,
      chainFact({ identity: exampleIdentity, head: opening.head, fact, context, key, ...recordedAt }).sealed,
    ];
  };
  // A journal's first receipt has the number 1, whatever the example says.
  const withNumber = (fact: Fact) => ({ ...fact, payload: { ...fact.payload, receiptNumber: 1 } }) as Fact;
  const notEntitled = {
    ok: false,
    error: { code: 'SegmentBroken', info: { fault: 'not-entitled', at: { epoch: 1, seq: 2 } } },
  };
  const channelTypes: readonly RecordType[] = ['OrderPlaced', 'StockCounted'];
  const others = exampleTypes.filter((type) => type !== 'EpochOpened');
  const registerTypes = others.filter((type) => !channelTypes.includes(type));

  test.each(registerTypes)('%s is a register’s, not a channel’s', (type) => {
    const held = ledger();
    expect(held.append(stating(type), channel)).toMatchObject(notEntitled);
    expect(held.records()).toEqual([]);
    expect(codeOf(held.append(stating(type)))).toBe('ok');
  });

  test.each(channelTypes)('%s is a channel’s', (type) => {
    expect(codeOf(ledger().append(stating(type), channel))).toBe('ok');
  });

  test('an order is no register’s, a count is', () => {
    const held = ledger();
    expect(held.append(stating('OrderPlaced'))).toMatchObject(notEntitled);
    expect(codeOf(held.append(stating('StockCounted')))).toBe('ok');
  });

  test('a type nobody here knows is kept, whoever states it', () => {
    const header = exampleHeader('SignedOn', { ...exampleIdentity, seq: 2, prevHash: opening.head.hash });
    const text = canonicalText({ ...header, type: 'GiftCardSold', payload: { card: 'x' } });
    const records = [opening.sealed, sealRecord(text, key)];
    for (const as of [channel, exampleIdentity]) expect(codeOf(ledger().append(records, as))).toBe('ok');
  });
});

describe('epochs', () => {
  const [first, second] = [exampleJournal([5], key), exampleJournal([5, 4], key).slice(6)];
  const bytes = (records: readonly { sealed: SealedRecord }[]) => records.map((record) => record.sealed);
  const openedAfter = (index: number, epoch: number) =>
    chainEpoch({
      identity: exampleIdentity,
      epoch,
      parent: first[index]?.head ?? null,
      reason: 'restored',
      random: new Uint8Array(16).fill(epoch),
      context,
      key,
      ...recordedAt,
    });

  test('[I4] an epoch that goes on where the last one ended is as good as it', () => {
    const held = ledger();
    held.append(bytes(first));
    expect(held.append(bytes(second))).toMatchObject({ answer: { accepted: 5, head: { epoch: 2, contested: false } } });
  });

  test('a restored register goes on delivering; its epoch is contested', () => {
    const held = ledger();
    held.append(bytes(first));
    const opened = openedAfter(2, 2);
    const sold = chainFact({
      identity: exampleIdentity,
      head: opened.head,
      fact: anyExampleFact('TransactionCompleted'),
      context,
      key,
      ...recordedAt,
    });
    expect(held.append(bytes([opened, sold]))).toMatchObject({
      answer: { accepted: 2, head: { epoch: 2, contested: true } },
    });
    expect(held.records()).toHaveLength(8);
  });

  test('a clone that goes on in the old epoch is kept, and contested from then on', () => {
    const held = ledger();
    held.append(bytes(first.slice(0, 4)));
    held.append(bytes([openedAfter(2, 2)]));
    expect(held.append(bytes(first.slice(4)))).toMatchObject({
      answer: { accepted: 2, head: { epoch: 1, contested: true } },
    });
  });

  test('[I4] a clone whose next record stands where another one stands is refused: a fork', () => {
    const held = ledger();
    held.append(bytes(first.slice(0, 4)));
    const { head } = first[2] ?? { head: { epoch: 1, seq: 3, hash: '' } };
    const fact = anyExampleFact('SignedOn');
    const twin = chainFact({ identity: exampleIdentity, head, fact, context, key, ...recordedAt });
    const after = chainFact({ identity: exampleIdentity, head: twin.head, fact, context, key, ...recordedAt });
    const refused = { error: { code: 'HeadMoved', info: { epoch: 1, seq: 4, hash: first[3]?.sealed.hash } } };
    expect(held.append(bytes([twin]))).toMatchObject(refused);
    expect(held.append(bytes([after]))).toMatchObject(refused);
    expect(held.append(bytes([twin, after]))).toMatchObject(refused);
    expect(held.records()).toEqual(bytes(first.slice(0, 4)));
  });

  test('[I4] two disks that open the same epoch are told apart: the second is refused', () => {
    const held = ledger();
    held.append(bytes(first));
    held.append(bytes(second));
    const twin = chainEpoch({
      identity: exampleIdentity,
      epoch: 2,
      parent: first[5]?.head ?? null,
      reason: 'cloned',
      random: new Uint8Array(16).fill(9),
      context,
      key,
      ...recordedAt,
    });
    expect(held.append(bytes([twin]))).toMatchObject({ error: { code: 'HeadMoved', info: { epoch: 2, seq: 5 } } });
  });

  test('a register whose disk is gone begins anew without a parent: contested', () => {
    const held = ledger();
    held.append(bytes(first));
    expect(held.append(bytes([openedAfter(99, 7)]))).toMatchObject({ answer: { head: { epoch: 7, contested: true } } });
  });
});

test('[I1] [I3] [I17] segments lost, doubled, late and cut anew end as the same journal', () => {
  const journal = sealed([30]);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = seededRandom(seed);
      const held = ledger();
      const sent: SealedRecord[][] = [];
      let acked = 0;
      for (let step = 0; step < 200 && acked < journal.length; step += 1) {
        const again = sent.length > 0 && random.chance(0.3);
        const segment = again ? random.pick(sent) : journal.slice(acked, acked + 1 + random.int(9));
        sent.push(segment);
        if (random.chance(0.2)) continue;
        const outcome = held.append(segment);
        const isReplyLost = random.chance(0.3);
        if (isReplyLost) continue;
        if (outcome.ok) acked = outcome.answer.head.seq;
        else {
          expect(outcome.error.code).toBe('HeadMoved');
          acked = (outcome.error.info as { seq: number }).seq;
        }
      }
      expect(held.records()).toEqual(journal);
    }),
    propertyOptions(40),
  );
});
