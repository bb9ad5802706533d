import {
  type ChainFault,
  type ChainHead,
  readPublicKey,
  type SealedRecord,
  segmentsOf,
  SEGMENT_BYTES_MAX,
  SEGMENT_RECORDS_MAX,
  verifyChain,
  verifySignature,
} from '@evertill/journal';
import { NO_PREVIOUS_HASH, type ReadRecord, readRecord, RecordFault } from '@evertill/records';
import { z } from 'zod';
import type { ApiErrorCode } from '../api-error.ts';
import { headKey, type Key, segmentKey } from '../keys.ts';
import { authorRoles, mayState } from './entitlement.ts';

const placeSchema = z.object({ epoch: z.number().int(), seq: z.number().int(), hash: z.string() });

/** A row of the table `ledger`: how far one epoch is held, and under which key it was opened. */
const headSchema = placeSchema.extend({
  contested: z.boolean(),
  keyId: z.string(),
  publicKey: z.string(),
  /** `null` where the epoch names none. */
  parent: placeSchema.nullable(),
});
type HeadRow = z.infer<typeof headSchema>;

/** What the resolver hands over: who asks (from the credentials), what was sent, and what the ledger says of this author. */
const requestSchema = z.object({
  author: z.object({ tenant: z.string(), store: z.string(), register: z.string(), role: z.enum(authorRoles) }),
  input: z.object({
    epoch: z.number().int().min(1),
    fromSeq: z.number().int().min(1),
    prevHash: z.string(),
    records: z
      .array(z.object({ text: z.string(), hash: z.string(), alg: z.string(), keyId: z.string(), sig: z.string() }))
      .min(1),
  }),
  enrolment: z.object({ store: z.string(), status: z.string(), keyId: z.string(), publicKey: z.string() }).nullable(),
  heads: z.array(headSchema),
});
type AppendRequest = z.infer<typeof requestSchema>;

type Answer = {
  readonly head: ChainHead & { readonly register: string; readonly contested: boolean };
  readonly accepted: number;
  readonly duplicate: number;
};

/** What is to be written, as one transaction. `expected: null`: the epoch's head must not be there yet. */
export type AppendWrite = {
  readonly segment: Key & { readonly values: object };
  readonly head: Key & { readonly values: HeadRow & { readonly register: string } };
  readonly expected: { readonly seq: number; readonly hash: string } | null;
};

export type AppendOutcome =
  | { readonly ok: true; readonly write: AppendWrite | null; readonly answer: Answer }
  | {
      readonly ok: false;
      readonly error: { readonly code: ApiErrorCode; readonly message: string; readonly info: object | null };
    };

/**
 * The part of `appendSegment` that a resolver cannot do: hashes, links, identity and the last signature (the chain binds the others). Pure:
 * it reads nothing and writes nothing, it says what is to be written.
 *
 * A segment goes on from the head, overlaps it, or opens an epoch. Of an overlap the head's own hash in the segment proves that
 * everything up to it is there already (I17); the rest is new. An epoch whose parent is not where the server saw that epoch end is kept, and
 * contested: a restored or cloned register goes on delivering, and a person settles it.
 */
export function appendSegmentHandler(event: unknown): AppendOutcome {
  const parsed = requestSchema.safeParse(event);
  if (!parsed.success) return refuse('Malformed', 'the request does not fit its shape');
  const request = parsed.data;
  const { author, input, enrolment, heads } = request;
  if (!enrolment || enrolment.status !== 'active' || enrolment.store !== author.store)
    return refuse('NotEnrolled', `${author.register} is not enrolled for ${author.store}`);
  const records = input.records as SealedRecord[];
  const tooLarge = sizeFault(records);
  if (tooLarge) return refuse('TooLarge', tooLarge);
  const opened = readFirst(records);
  if (!opened) return broken('unreadable', null, 'the first record cannot be read');
  const head = heads.find(({ epoch }) => epoch === input.epoch) ?? null;
  const key = head ?? enrolment;
  const fault = chainFault(request, records, opened, key);
  if (fault) return broken(fault.code, fault.at, fault.detail);
  const foreign = firstNotEntitled(request);
  if (foreign) return broken('not-entitled', foreign.at, `${foreign.type} is not for role ${author.role}`);
  return place(request, records, opened, head, key);
}

function sizeFault(records: readonly SealedRecord[]): string | null {
  if (records.length > SEGMENT_RECORDS_MAX) return `more than ${SEGMENT_RECORDS_MAX} records`;
  let bytes = 0;
  for (const { text, hash, alg, keyId, sig } of records)
    bytes += Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify({ hash, alg, keyId, sig })) + 2;
  return bytes > SEGMENT_BYTES_MAX ? `${bytes} bytes, ${SEGMENT_BYTES_MAX} are the most` : null;
}

function readFirst(records: readonly SealedRecord[]): ReadRecord | null {
  try {
    return readRecord(records[0]?.text ?? '');
  } catch (error) {
    if (error instanceof RecordFault) return null;
    throw error;
  }
}

function parentOf(opened: ReadRecord): ChainHead | null {
  return opened.known && opened.type === 'EpochOpened' ? opened.payload.parent : null;
}

/** What is wrong with the segment by itself, whatever the server holds. */
function chainFault(
  { author, input }: AppendRequest,
  records: readonly SealedRecord[],
  opened: ReadRecord,
  key: { readonly keyId: string; readonly publicKey: string },
): Pick<ChainFault, 'code' | 'at' | 'detail'> | null {
  const { tenant, store, register, epoch } = opened.header;
  const at = { epoch, seq: opened.header.seq };
  if (tenant !== author.tenant || store !== author.store || register !== author.register)
    return { code: 'identity', at, detail: 'the records are of another register than the token' };
  if (epoch !== input.epoch || opened.header.seq !== input.fromSeq || opened.header.prevHash !== input.prevHash)
    return { code: 'gap', at, detail: 'the segment does not begin where it says' };
  const before =
    input.fromSeq === 1 ? parentOf(opened) : { epoch: input.epoch, seq: input.fromSeq - 1, hash: input.prevHash };
  const verification = verifyChain(records, {
    publicKeys: [key.publicKey],
    withoutSignatures: true,
    ...(before ? { after: { head: before, keyId: key.keyId, publicKey: key.publicKey } } : {}),
  });
  if (verification.fault) return verification.fault;
  if (verification.head?.epoch !== input.epoch)
    return { code: 'epoch-opening', at: verification.head, detail: 'a segment stays within one epoch' };
  const last = records[records.length - 1];
  if (!last || !verifySignature(last, readPublicKey(key.publicKey)))
    return { code: 'signature', at: verification.head, detail: `the last signature is not that of ${key.keyId}` };
  return null;
}

/** The first record of a type that is not this author's to state. The chain is verified, so every text is a record. */
function firstNotEntitled({ author, input }: AppendRequest): { readonly type: string; readonly at: object } | null {
  for (const [index, { text }] of input.records.entries()) {
    const { type } = JSON.parse(text) as { readonly type: string };
    if (!mayState(author.role, type)) return { type, at: { epoch: input.epoch, seq: input.fromSeq + index } };
  }
  return null;
}

/** Where a sound segment goes: after the head, over it, or nowhere. */
function place(
  { author, input, heads }: AppendRequest,
  records: readonly SealedRecord[],
  opened: ReadRecord,
  head: HeadRow | null,
  key: { readonly keyId: string; readonly publicKey: string },
): AppendOutcome {
  const duplicate = head ? overlapOf(input.fromSeq, records, head) : 0;
  const goesOn = head ? head.seq === input.fromSeq - 1 && head.hash === input.prevHash : input.fromSeq === 1;
  if (!goesOn && duplicate === 0) {
    const at = head ? { epoch: head.epoch, seq: head.seq, hash: head.hash } : noHead(input.epoch);
    return refuse('HeadMoved', `the head of epoch ${input.epoch} is at ${at.seq}`, at);
  }
  const { register } = author;
  if (head && duplicate === records.length) {
    const { epoch, seq, hash, contested } = head;
    return {
      ok: true,
      write: null,
      answer: { head: { register, epoch, seq, hash, contested }, accepted: 0, duplicate },
    };
  }
  const fresh = records.slice(duplicate);
  const [segment] = segmentsOf(fresh);
  if (!segment) throw new Error('what is new holds at least one record');
  const parent = head ? head.parent : parentOf(opened);
  const { epoch, seq, hash } = segment.head;
  const contested = (head?.contested ?? isContestedOpening(parent, heads)) || isOvertaken(epoch, seq, heads);
  const { keyId, publicKey } = key;
  const values = { register, epoch, seq, hash, contested, keyId, publicKey, parent };
  const fromSeq = segment.first.seq;
  const content = { register, store: author.store, epoch, fromSeq, seq, hash, text: segment.text };
  return {
    ok: true,
    write: {
      segment: { ...segmentKey(author.tenant, register, epoch, seq), values: content },
      head: { ...headKey(author.tenant, register, epoch), values },
      expected: head ? { seq: head.seq, hash: head.hash } : null,
    },
    answer: { head: { register, epoch, seq, hash, contested }, accepted: fresh.length, duplicate },
  };
}

/** How many of the records the head proves to be there already. */
function overlapOf(fromSeq: number, records: readonly SealedRecord[], head: HeadRow): number {
  const index = head.seq - fromSeq;
  return records[index]?.hash === head.hash ? index + 1 : 0;
}

function isContestedOpening(parent: ChainHead | null, heads: readonly HeadRow[]): boolean {
  if (!parent) return heads.length > 0;
  const known = heads.find(({ epoch }) => epoch === parent.epoch);
  return !known || known.hash !== parent.hash;
}

/** Whether a later epoch went on from a place before this one: two disks are writing, or a backup was put back. */
function isOvertaken(epoch: number, seq: number, heads: readonly HeadRow[]): boolean {
  return heads.some(({ parent }) => parent !== null && parent.epoch === epoch && parent.seq < seq);
}

function noHead(epoch: number): ChainHead {
  return { epoch, seq: 0, hash: NO_PREVIOUS_HASH };
}

function broken(fault: string, at: object | null, detail: string): AppendOutcome {
  return refuse('SegmentBroken', detail, { fault, at });
}

function refuse(code: ApiErrorCode, message: string, info: object | null = null): AppendOutcome {
  return { ok: false, error: { code, message, info } };
}
