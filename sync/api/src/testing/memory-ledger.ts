import type { SealedRecord, SigningKey } from '@evertill/journal';
import { readSegment } from '@evertill/journal';
import { readRecord } from '@evertill/records';
import { type AppendOutcome, appendSegmentHandler } from '../handlers/append-segment.ts';
import type { AuthorRole } from '../handlers/entitlement.ts';

export type Author = {
  readonly tenant: string;
  readonly store: string;
  readonly register: string;
  readonly role?: AuthorRole;
};

/** The ledger of one author as the resolvers keep it, without a database: the handler decides, the conditions are checked, then it is written. */
export type MemoryLedger = {
  readonly append: (records: readonly SealedRecord[], as?: Author) => AppendOutcome;
  readonly heads: () => object[];
  /** Every record that is held, in order, read back from the stored bytes. */
  readonly records: () => SealedRecord[];
  readonly revoke: () => void;
};

export function createMemoryLedger(author: Author, key: SigningKey): MemoryLedger {
  const heads = new Map<string, { epoch: number; seq: number; hash: string }>();
  const segments = new Map<string, { text: string }>();
  let status = 'active';
  return {
    heads: () => [...heads.values()].sort((left, right) => right.epoch - left.epoch),
    records: () =>
      [...segments]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .flatMap(([, { text }]) => readSegment(text) ?? []),
    revoke() {
      status = 'revoked';
    },
    append(records, as = author) {
      const first = records[0];
      const { epoch, seq, prevHash } = first ? readRecord(first.text).header : { epoch: 1, seq: 1, prevHash: '' };
      const { keyId, publicKey } = key;
      const outcome = appendSegmentHandler({
        author: { role: 'register', ...as },
        input: { epoch, fromSeq: seq, prevHash, records },
        enrolment: { store: author.store, status, keyId, publicKey },
        heads: this.heads(),
      });
      if (!outcome.ok || !outcome.write) return outcome;
      const { segment, head, expected } = outcome.write;
      const now = heads.get(head.sk);
      if (segments.has(segment.sk) || now?.seq !== expected?.seq || now?.hash !== expected?.hash)
        throw new Error('the conditions of the transaction do not hold');
      segments.set(segment.sk, segment.values as { text: string });
      heads.set(head.sk, head.values);
      return outcome;
    },
  };
}
