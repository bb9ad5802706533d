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
type PullArguments = { collection: string; scope: string; afterPeriod?: string; afterSeq?: number; limit?: number };

const schema = contractSchema();

/** The server as sync/api's README describes it, in memory. It forgets nothing unless a test makes it. */
export class FakeServer {
  /** Texts per epoch, in order. */
  readonly journal = new Map<number, SealedRecord[]>();
  documents: FakeDocument[] = [];
  /** `<epoch>.<seq>`: records that are refused, and records over which the server falls. */
  readonly refused = new Set<string>();
  readonly deadly = new Set<string>();
  /** Code with which every mutation and query is refused, if any. */
  refusesAll: string | null = null;

  /** Answers a request's body in AppSync's form. */
  handle(requestBody: string): string {
    const { query, variables } = JSON.parse(requestBody) as { query: string; variables: Record<string, unknown> };
    const root = {
      head: ({ epoch }: { epoch: number }) => this.#head(epoch),
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
    const all = this.documents
      .filter((document) => document.collection === collection && document.scope === scope)
      .sort((a, b) => (a.period === b.period ? a.seq - b.seq : a.period < b.period ? -1 : 1));
    const latest = all[all.length - 1];
    const isAhead = (document: FakeDocument): boolean =>
      afterPeriod === undefined ||
      document.period > afterPeriod ||
      (document.period === afterPeriod && document.seq > (afterSeq ?? 0));
    if (afterPeriod !== undefined && (!latest || latest.period < afterPeriod)) throw refusal('CheckpointAhead');
    const documents = all.filter(isAhead).slice(0, limit);
    const last = documents[documents.length - 1];
    const checkpoint = last
      ? { period: last.period, seq: last.seq }
      : afterPeriod
        ? { period: afterPeriod, seq: afterSeq }
        : null;
    return { documents, checkpoint, more: latest !== undefined && last !== undefined && last !== latest };
  }

  #refuseAll(): void {
    if (this.refusesAll) throw refusal(this.refusesAll);
  }
}

function refusal(errorType: string, errorInfo: unknown = null): GraphQLError {
  return new GraphQLError(errorType, { extensions: { errorType, errorInfo } });
}
