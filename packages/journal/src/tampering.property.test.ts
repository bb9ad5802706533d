import { fuzzRounds, seededRandom, type SeededRandom, withPrintedSeed } from '@evertill/testkit';
import { canonicalText, readRecord } from '@evertill/records';
import { describe, expect, test } from 'vitest';
import { verifyChain } from './chain-verifier.ts';
import { hashText, type SealedRecord, sealRecord } from './seal.ts';
import { exampleJournal, exampleKey } from './testing/example-journal.ts';

const key = exampleKey(1);
const thief = exampleKey(66);
const journal = exampleJournal([9, 5], key);
const sealed: readonly SealedRecord[] = journal.map((record) => record.sealed);
const expectedHead = journal[journal.length - 1]!.head;

type Tampering = (records: SealedRecord[], random: SeededRandom) => SealedRecord[];

/** What somebody with the file, but without the register's key, can do to it. */
const tamperings: Record<string, Tampering> = {
  'edit a character'(records, random) {
    const at = random.int(records.length);
    const { text } = records[at]!;
    const position = random.int(text.length);
    const other = text[position] === '1' ? '2' : '1';
    records[at] = { ...records[at]!, text: text.slice(0, position) + other + text.slice(position + 1) };
    return records;
  },
  'edit and hash again'(records, random) {
    const at = random.int(records.length);
    const text = records[at]!.text.replace('berlin-1', 'berlin-2');
    records[at] = { ...records[at]!, text, hash: hashText(text) };
    return records;
  },
  'delete a stretch'(records, random) {
    records.splice(random.int(records.length), 1 + random.int(3));
    return records;
  },
  'insert a copy'(records, random) {
    records.splice(random.int(records.length + 1), 0, random.pick(records));
    return records;
  },
  'insert a forgery'(records, random) {
    const at = 1 + random.int(records.length - 1);
    records.splice(at, 0, sealRecord(records[at]!.text, { ...thief, keyId: key.keyId }));
    return records;
  },
  'swap two records'(records, random) {
    const left = random.int(records.length - 1);
    const right = left + 1 + random.int(records.length - left - 1);
    [records[left], records[right]] = [records[right]!, records[left]!];
    return records;
  },
  'swap two signatures'(records, random) {
    const left = random.int(records.length - 1);
    const [one, two] = [records[left]!, records[left + 1]!];
    records[left] = { ...one, sig: two.sig };
    return records;
  },
  'sign the rest again with another key, links and all'(records, random) {
    const from = random.int(records.length);
    let prevHash = from === 0 ? '0'.repeat(64) : records[from - 1]!.hash;
    return records.map((record, index) => {
      if (index < from) return record;
      const again = resign(record, prevHash);
      prevHash = again.hash;
      return again;
    });
  },
  'cut the tail'(records, random) {
    return records.slice(0, random.int(records.length));
  },
  'claim another algorithm'(records, random) {
    const at = random.int(records.length);
    records[at] = { ...records[at]!, alg: 'none' as 'Ed25519' };
    return records;
  },
};

/** The record as the thief would have it: linked to what is before it, cheaper by a cent, named and signed by the thief's key. */
function resign(record: SealedRecord, prevHash: string): SealedRecord {
  const { header, payload } = readRecord(record.text);
  let said = payload as Record<string, unknown>;
  if (header.type === 'EpochOpened') {
    const parent = said['parent'] as object | null;
    said = { ...said, publicKey: thief.publicKey, keyId: thief.keyId, parent: parent && { ...parent, hash: prevHash } };
  }
  return sealRecord(canonicalText({ ...header, prevHash, actor: 'thief', payload: said } as never), thief);
}

describe('a tampered journal', () => {
  test(
    '[I3] [I4] is always detected: edit, delete, insert, reorder, re-sign, cut',
    async () => {
      await withPrintedSeed((seed) => {
        const random = seededRandom(seed);
        const names = Object.keys(tamperings);
        for (let round = 0; round < fuzzRounds(1000); round += 1) {
          const name = names[round % names.length]!;
          const records = tamperings[name]!([...sealed], random);
          const result = verifyChain(records, { publicKeys: [key.publicKey], expectedHead });
          expect(result.ok, `${name}, round ${round}`).toBe(false);
          expect(result.fault?.detail.length).toBeGreaterThan(10);
        }
      });
    },
    30_000 + fuzzRounds(1000) * 30,
  );

  test('the untouched journal passes the same check', () => {
    expect(verifyChain(sealed, { publicKeys: [key.publicKey], expectedHead }).ok).toBe(true);
  });
});
