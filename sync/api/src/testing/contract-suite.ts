import { chainEpoch, type ChainedRecord, chainFact, type SealedRecord, type SigningKey } from '@evertill/journal';
import { exampleKey } from '@evertill/journal/testing';
import { type Fact, readRecord } from '@evertill/records';
import { anyExampleFact, exampleBasis } from '@evertill/records/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saleOf } from './example-ledger.ts';

/** What a token says of who asks. */
export type Claims = {
  readonly tenant: string;
  readonly store: string;
  readonly register: string;
  readonly role: 'register' | 'channel';
};

export type HomeAnswer = {
  readonly data: { readonly [field: string]: never } | null;
  readonly errors: readonly { readonly message: string; readonly errorType: string; readonly errorInfo: unknown }[];
};

/** One home of the API: AppSync, the hub, or the one in memory. */
export type Home = {
  readonly ask: (who: Claims | 'projector', source: string, variables?: object) => Promise<HomeAnswer>;
  readonly enrol: (author: Claims, key: Pick<SigningKey, 'keyId' | 'publicKey'>) => Promise<void>;
  /** Resolves when the projections have read everything that was appended. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const APPEND = `mutation ($input: AppendSegmentInput!) {
  appendSegment(input: $input) { accepted duplicate head { epoch seq hash contested } }
}`;
const HEAD = 'query ($register: ID!) { head(register: $register) { epoch seq hash contested } }';
const HASH = `query ($register: ID!, $epoch: Int!, $seq: Int!) {
  recordHash(register: $register, epoch: $epoch, seq: $seq)
}`;
const PULL = `query ($collection: String!, $scope: ID!, $afterPeriod: String, $afterSeq: Int, $limit: Int) {
  pull(collection: $collection, scope: $scope, afterPeriod: $afterPeriod, afterSeq: $afterSeq, limit: $limit) {
    documents { id seq period deleted covers { journal seq } body } checkpoint { period seq } more
  }
}`;
const FIND = 'query ($by: OrderKey!, $key: String!) { findOrders(by: $by, key: $key) { id body } }';
const CLAIM = 'id kind subject holder expiresAt';

type Page = {
  readonly documents: readonly {
    id: string;
    deleted: boolean;
    covers: { journal: string; seq: number }[];
    body: string;
  }[];
  readonly checkpoint: { period: string; seq: number } | null;
  readonly more: boolean;
};

const claimsOf = (register: string): Claims => ({ tenant: 'acme', store: 'berlin-1', register, role: 'register' });

/** A register with its journal, as far as the contract needs one. */
function createAuthor(claims: Claims, key: SigningKey) {
  const { tenant, store, register } = claims;
  const identity = { tenant, store, register };
  const context = { actor: 'staff-7', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
  const at = { at: '2026-03-02T08:15:30.250Z', tzOffsetMin: 60 };
  const opening = { identity, epoch: 1, parent: null, reason: 'enrolled' as const, random: new Uint8Array(16) };
  const journal: ChainedRecord[] = [chainEpoch({ ...opening, context, key, ...at })];
  return {
    claims,
    key,
    record(fact: Fact): ChainedRecord {
      const head = journal[journal.length - 1]?.head ?? { epoch: 1, seq: 0, hash: '' };
      const record = chainFact({ identity, head, fact, context, key, ...at });
      journal.push(record);
      return record;
    },
    sealed: (from = 0, to?: number): SealedRecord[] => journal.slice(from, to).map((record) => record.sealed),
  };
}

/** `appendSegment`'s input for neighbours of one epoch. */
function inputOf(register: string, records: readonly SealedRecord[]): object {
  const { epoch, seq: fromSeq, prevHash } = readRecord(records[0]?.text ?? '').header;
  return { register, epoch, fromSeq, prevHash, records: records.map((record) => ({ ...record })) };
}

/** What every home of the API must do, from outside: nothing here knows how. */
export function apiContract(name: string, openHome: () => Promise<Home> | Home): void {
  describe(`${name} keeps the contract`, () => {
    let home: Home;
    let first: ReturnType<typeof createAuthor>;
    let second: ReturnType<typeof createAuthor>;

    beforeEach(async () => {
      home = await openHome();
      first = createAuthor(claimsOf('berlin-1-r1'), exampleKey(1));
      second = createAuthor(claimsOf('berlin-1-r2'), exampleKey(2));
      for (const { claims, key } of [first, second]) await home.enrol(claims, key);
    });
    afterEach(() => home.close());

    const append = (author: typeof first, records = author.sealed()) =>
      home.ask(author.claims, APPEND, { input: inputOf(author.claims.register, records) });
    const pullFor = async (
      author: typeof first,
      collection: string,
      after: Page['checkpoint'] = null,
      limit?: number,
    ) => {
      const { data, errors } = await home.ask(author.claims, PULL, {
        collection,
        scope: 'berlin-1',
        ...(after ? { afterPeriod: after.period, afterSeq: after.seq } : {}),
        ...(limit === undefined ? {} : { limit }),
      });
      expect(errors).toEqual([]);
      return data?.['pull'] as unknown as Page;
    };

    test('[I3] [I17] a segment is taken once, and equal heads are the proof', async () => {
      first.record(saleOf([{ itemId: 'item-mug', quantity: 2 }]));
      const hash = first.sealed().at(-1)?.hash;
      const head = { epoch: 1, seq: 2, hash, contested: false };
      expect((await append(first)).data).toEqual({ appendSegment: { accepted: 2, duplicate: 0, head } });
      expect((await append(first)).data).toEqual({ appendSegment: { accepted: 0, duplicate: 2, head } });
      expect((await home.ask(first.claims, HEAD, { register: 'berlin-1-r1' })).data).toEqual({ head });
      expect((await home.ask(second.claims, HEAD, { register: 'berlin-1-r2' })).data).toEqual({ head: null });
    });

    test('[I3] says the hash of any record that it holds, whatever segment it came in, and of no other', async () => {
      for (let sold = 1; sold <= 6; sold += 1) first.record(saleOf([{ itemId: 'item-1', quantity: 1 }], sold));
      const sealed = first.sealed();
      await append(first, sealed.slice(0, 3));
      await append(first, sealed.slice(3));
      const hashAt = async (seq: number, register = 'berlin-1-r1') =>
        (await home.ask(first.claims, HASH, { register, epoch: 1, seq })).data?.['recordHash'];
      for (const [index, { hash }] of sealed.entries()) expect(await hashAt(index + 1)).toBe(hash);
      expect(await hashAt(8)).toBeNull();
      const foreign = await home.ask(first.claims, HASH, { register: 'berlin-1-r2', epoch: 1, seq: 1 });
      expect(foreign.errors).toMatchObject([{ errorType: 'NotAuthorised' }]);
    });

    test('[I4] a gap is refused with the head; what is altered is refused with the fault', async () => {
      for (let nth = 1; nth <= 4; nth += 1) first.record(saleOf([{ itemId: 'item-mug', quantity: 1 }], nth));
      await append(first, first.sealed(0, 2));
      expect((await append(first, first.sealed(3))).errors).toMatchObject([
        { errorType: 'HeadMoved', errorInfo: { epoch: 1, seq: 2, hash: first.sealed()[1]?.hash } },
      ]);
      const [next] = first.sealed(2, 3);
      if (!next) throw new Error('there is a third record');
      const altered = { ...next, text: next.text.replace('"EUR"', '"USD"') };
      expect((await append(first, [altered])).errors).toMatchObject([
        { errorType: 'SegmentBroken', errorInfo: { fault: 'hash' } },
      ]);
      expect((await append(first, first.sealed(1))).data).toMatchObject({
        appendSegment: { accepted: 3, duplicate: 1 },
      });
    });

    test('what the token says wins, and only who is enrolled may append', async () => {
      const input = inputOf('berlin-1-r1', first.sealed());
      expect((await home.ask(second.claims, APPEND, { input })).errors).toMatchObject([{ errorType: 'NotAuthorised' }]);
      const third = createAuthor(claimsOf('berlin-1-r3'), exampleKey(3));
      const unknown = await append(third);
      expect(unknown.errors).toHaveLength(1);
      // Who never enrolled may get no token to begin with.
      expect(['NotEnrolled', 'NotAuthorised', 'UnauthorizedException']).toContain(unknown.errors[0]?.errorType);
    });

    test('a channel states orders and no receipts, a register receipts and no orders', async () => {
      const web = createAuthor({ ...claimsOf('acme-web'), role: 'channel' }, exampleKey(4));
      await home.enrol(web.claims, web.key);
      web.record(anyExampleFact('OrderPlaced'));
      first.record(anyExampleFact('OrderPlaced'));
      expect((await append(web)).data).toMatchObject({ appendSegment: { accepted: 2 } });
      web.record(saleOf([{ itemId: 'item-mug', quantity: 2 }]));
      for (const author of [web, first]) {
        expect((await append(author)).errors).toMatchObject([
          { errorType: 'SegmentBroken', errorInfo: { fault: 'not-entitled' } },
        ]);
      }
    });

    test('[I13] [I26] a sale is an order and a movement for every register of the store, pulled once', async () => {
      expect(await pullFor(second, 'stock')).toEqual({ documents: [], checkpoint: null, more: false });
      first.record(saleOf([{ itemId: 'item-mug', quantity: 2 }], 1));
      first.record(
        saleOf(
          [
            { itemId: 'item-mug', quantity: 1 },
            { itemId: 'item-pen', quantity: 5 },
          ],
          2,
        ),
      );
      await append(first);
      await home.settled();
      const stock = await pullFor(second, 'stock');
      expect(
        stock.documents.map(({ id, covers, body }) => [id, covers, (JSON.parse(body) as { onHand: number }).onHand]),
      ).toEqual([
        ['item-mug', [{ journal: 'berlin-1-r1.1', seq: 3 }], -3],
        ['item-pen', [{ journal: 'berlin-1-r1.1', seq: 3 }], -5],
      ]);
      const orders = await pullFor(second, 'orders', null, 1);
      expect(orders).toMatchObject({ documents: [{ id: 'berlin-1-r1.1.2' }], more: true });
      const rest = await pullFor(second, 'orders', orders.checkpoint, 1);
      expect(rest.documents).toMatchObject([{ id: 'berlin-1-r1.1.3' }]);
      const end = await pullFor(second, 'orders', rest.checkpoint);
      expect(end).toMatchObject({ documents: [], more: false });
      const [order] = orders.documents;
      const { number } = JSON.parse(order?.body ?? '{}') as { number: string };
      expect((await home.ask(second.claims, FIND, { by: 'RECEIPT', key: number })).data).toMatchObject({
        findOrders: [{ id: 'berlin-1-r1.1.2' }],
      });
    });

    test('a checkpoint that the server never gave is refused', async () => {
      const variables = { collection: 'stock', scope: 'berlin-1', afterPeriod: '~', afterSeq: 1 };
      expect((await home.ask(first.claims, PULL, variables)).errors).toMatchObject([{ errorType: 'CheckpointAhead' }]);
    });

    test('one register at a time holds the right to resume; resumed it is gone', async () => {
      const put = first.record(anyExampleFact('TransactionSuspended'));
      await append(first);
      await home.settled();
      const { register, epoch, seq } = put.header;
      const input = { suspended: { register, epoch, seq } };
      const resume = `mutation ($input: ResumeTransactionInput!) { resumeTransaction(input: $input) { ${CLAIM} } }`;
      const taken = await home.ask(second.claims, resume, { input });
      expect(taken.data).toMatchObject({ resumeTransaction: { holder: 'berlin-1-r2', kind: 'RESUME_TRANSACTION' } });
      expect((await home.ask(first.claims, resume, { input })).errors).toMatchObject([
        { errorType: 'ClaimTaken', errorInfo: { holder: 'berlin-1-r2' } },
      ]);
      expect((await home.ask(second.claims, resume, { input })).errors).toEqual([]);
      const example = anyExampleFact('TransactionResumed');
      if (example.type !== 'TransactionResumed') throw new Error('the example is of its type');
      second.record({ ...example, payload: { ...example.payload, suspended: { register, epoch, seq } } });
      await append(second);
      await home.settled();
      expect((await pullFor(first, 'suspended')).documents).toMatchObject([{ deleted: true }]);
      expect((await home.ask(first.claims, resume, { input })).errors).toMatchObject([
        { errorType: 'NotFound', errorInfo: { ended: true } },
      ]);
    });

    test('only the holder gives a right back, and then it is free', async () => {
      first.record(saleOf([{ itemId: 'item-mug', quantity: 2 }]));
      await append(first);
      await home.settled();
      const returnLine = `mutation ($input: ReturnLineInput!) { returnLine(input: $input) { ${CLAIM} } }`;
      const release = 'mutation ($input: ReleaseClaimInput!) { releaseClaim(input: $input) { id } }';
      const line = { order: 'berlin-1-r1.1.2', lineId: 'line-0', quantity: 1 };
      const taken = await home.ask(first.claims, returnLine, { input: line });
      const { id, kind, subject } = (taken.data ?? {})['returnLine'] as unknown as Record<
        'id' | 'kind' | 'subject',
        string
      >;
      const input = { claim: id, kind, subject };
      expect((await home.ask(second.claims, release, { input })).errors).toMatchObject([{ errorType: 'NotFound' }]);
      expect((await home.ask(first.claims, release, { input })).errors).toEqual([]);
      expect((await home.ask(second.claims, returnLine, { input: line })).errors).toEqual([]);
      expect((await home.ask(second.claims, returnLine, { input: { ...line, quantity: 3 } })).errors).toMatchObject([
        { errorType: 'Malformed' },
      ]);
    });

    test('a hint is the projector’s, and carries no document', async () => {
      const publish =
        'mutation ($input: HintInput!) { publishHint(input: $input) { store collections { collection period seq } } }';
      const input = { tenant: 'acme', store: 'berlin-1', collections: [{ collection: 'stock', period: 'p1', seq: 4 }] };
      expect((await home.ask(first.claims, publish, { input })).errors).toHaveLength(1);
      const { tenant: _, ...heard } = input;
      expect((await home.ask('projector', publish, { input })).data).toEqual({ publishHint: heard });
    });
  });
}
