import { hashText, type SealedRecord } from '@evertill/journal';
import { graphqlSync, GraphQLError } from 'graphql';
import { contractSchema } from './contract-schema.ts';

type AppendInput = { register: string; epoch: number; fromSeq: number; prevHash: string; records: SealedRecord[] };
type Head = { register: string; epoch: number; seq: number; hash: string; contested: boolean };
export type FakeDocument = {
  collection: string;
  scope: string;
  id: string;
  period: string;
  seq: number;
  deleted: boolean;
  covers: { journal: string; seq: number }[];
  body: string;
};
export type FakePlace = { period: string; seq: number };
type FakeBackup = { documents: Map<string, FakeDocument>; settled: Map<string, FakePlace>; period: string };
type PullArguments = { collection: string; scope: string; afterPeriod?: string; afterSeq?: number; limit?: number };

const schema = contractSchema();

/** The server as sync/api's README describes it, in memory. It forgets nothing unless a test makes it. */
export class FakeServer {
  /** Texts per epoch, in order. */
  readonly journal = new Map<number, SealedRecord[]>();
  documents = new Map<string, FakeDocument>();
  settled = new Map<string, FakePlace>();
  period = 'p1';
  /** `<epoch>.<seq>`: records that are refused, and records over which the server falls. */
  readonly refused = new Set<string>();
  readonly deadly = new Set<string>();
  /** Code with which every mutation and query is refused, if any. */
  refusesAll: string | null = null;
  /** A server from before it could be asked for the hash of one record. */
  saysNoHashes = false;

  /** Answers a request's body in AppSync's form. */
  handle(requestBody: string): string {
    const { query, variables } = JSON.parse(requestBody) as { query: string; variables: Record<string, unknown> };
    const root = {
      head: ({ epoch }: { epoch: number }) => this.#head(epoch),
      recordHash: ({ epoch, seq }: { epoch: number; seq: number }) => this.#hashAt(epoch, seq),
      appendSegment: ({ input }: { input: AppendInput }) => this.#append(input),
      pull: (wanted: PullArguments) => this.#pull(wanted),
    };
    const { data, errors } = graphqlSync({ schema, source: query, rootValue: root, variableValues: variables });
    if (!errors) return JSON.stringify({ data });
    const told = errors.map(({ message, extensions }) => ({
      message,
      errorType: extensions['errorType'] ?? 'BadRequestException',
      errorInfo: extensions['errorInfo'] ?? null,
    }));
    return JSON.stringify({ data: null, errors: told });
  }

  /** The server is restored from a backup that knew only so many records of an epoch. */
  rollBack(epoch: number, seq: number): void {
    this.journal.get(epoch)?.splice(seq);
  }

  #head(epoch: number): Head | null {
    this.#refuseAll();
    const records = this.journal.get(epoch) ?? [];
    const last = records[records.length - 1];
    return last ? { register: 'any', epoch, seq: records.length, hash: last.hash, contested: false } : null;
  }

  #hashAt(epoch: number, seq: number): string | null {
    this.#refuseAll();
    if (this.saysNoHashes) throw new GraphQLError('Validation error of type FieldUndefined: recordHash');
    return this.journal.get(epoch)?.[seq - 1]?.hash ?? null;
  }

  #append({ register, epoch, fromSeq, prevHash, records }: AppendInput): unknown {
    this.#refuseAll();
    const held = this.journal.get(epoch) ?? [];
    for (const [index, record] of records.entries()) {
      const place = `${epoch}.${fromSeq + index}`;
      if (this.deadly.has(place)) throw refusal('InternalFailure');
      if (this.refused.has(place)) throw refusal('SegmentBroken', { fault: 'signature', at: fromSeq + index });
      const header = JSON.parse(record.text) as { epoch: number; seq: number; prevHash: string };
      const before = index === 0 ? prevHash : records[index - 1]!.hash;
      const isSound = hashText(record.text) === record.hash && header.prevHash === before;
      if (!isSound || header.epoch !== epoch || header.seq !== fromSeq + index) throw refusal('SegmentBroken');
    }
    const there = held.slice(fromSeq - 1);
    const isForked = records.some((record, index) => there[index] && there[index].hash !== record.hash);
    const isGap = fromSeq > held.length + 1;
    const isUnlinked = fromSeq > 1 && held[fromSeq - 2]?.hash !== prevHash;
    if (isForked || isGap || isUnlinked) throw refusal('HeadMoved', this.#head(epoch));
    const added = records.slice(there.length);
    this.journal.set(epoch, [...held, ...added]);
    const head = { ...this.#head(epoch)!, register };
    return { head, accepted: added.length, duplicate: records.length - added.length };
  }

  #pull({ collection, scope, afterPeriod, afterSeq, limit = 200 }: PullArguments): unknown {
    this.#refuseAll();
    const settled = this.settled.get(`${collection}/${scope}`) ?? null;
    const after = typeof afterPeriod === 'string' ? { period: afterPeriod, seq: afterSeq ?? 0 } : null;
    if (after && (!settled || isBefore(settled, after))) throw refusal('CheckpointAhead', settled);
    if (!settled) return { documents: [], checkpoint: null, more: false };
    const changes = [...this.documents.values()]
      .filter((document) => document.collection === collection && document.scope === scope)
      .filter((document) => !after || isBefore(after, document))
      .sort((a, b) => (isBefore(a, b) ? -1 : 1));
    const documents = changes.slice(0, limit);
    const more = documents.length < changes.length;
    const last = documents[documents.length - 1];
    return { documents, checkpoint: more && last ? { period: last.period, seq: last.seq } : settled, more };
  }

  /** The projector states a document: a new version under a new sequence. */
  state(collection: string, scope: string, id: string, body: string | null): void {
    const feed = `${collection}/${scope}`;
    const { period, seq } = this.settled.get(feed) ?? { period: this.period, seq: 0 };
    const place = { period, seq: seq + 1 };
    const covers = [{ journal: 'berlin-1-r1.1', seq: place.seq }];
    const document = { collection, scope, id, ...place, deleted: body === null, covers, body: body ?? '{}' };
    this.documents.set(`${feed}/${id}`, document);
    this.settled.set(feed, place);
  }

  /** The views are built anew, in a new period; tombstones are forgotten. */
  rebuildViews(period: string): void {
    const live = [...this.documents.values()].filter(({ deleted }) => !deleted);
    this.period = period;
    this.documents.clear();
    this.settled.clear();
    for (const { collection, scope, id, body } of live) this.state(collection, scope, id, body);
  }

  backup(): FakeBackup {
    return { documents: new Map(this.documents), settled: new Map(this.settled), period: this.period };
  }

  restore({ documents, settled, period }: FakeBackup): void {
    this.documents = new Map(documents);
    this.settled = new Map(settled);
    this.period = period;
  }

  #refuseAll(): void {
    if (this.refusesAll) throw refusal(this.refusesAll);
  }
}

export function isBefore(a: FakePlace, b: FakePlace): boolean {
  return a.period === b.period ? a.seq < b.seq : a.period < b.period;
}

function refusal(errorType: string, errorInfo: unknown = null): GraphQLError {
  return new GraphQLError(errorType, { extensions: { errorType, errorInfo } });
}
