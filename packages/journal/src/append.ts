import {
  type Basis,
  type Fact,
  type FactOf,
  HEADER_VERSION,
  NO_PREVIOUS_HASH,
  type RecordHeader,
  recordTypes,
  type RecordType,
  writeRecord,
} from '@evertill/records';
import type { ChainHead } from './chain-fault.ts';
import { type SealedRecord, sealRecord, type SigningKey } from './seal.ts';

/** Whose journal it is; every record says so and none may differ. */
export type JournalIdentity = { readonly tenant: string; readonly store: string; readonly register: string };

/** What a record says besides its fact, as known to whoever decided. */
export type RecordContext = {
  /** A staff id, or `system`. */
  readonly actor: string;
  readonly approver?: string;
  readonly claim?: string;
  /** `YYYY-MM-DD`; `null` until the first business day is opened. Never before that of the record before it. */
  readonly businessDate: string | null;
  readonly basis: Basis;
  /** ISO 4217; `null` where the fact holds no money. */
  readonly currency: string | null;
};

/** When it was recorded: information, never order. */
export type RecordedAt = {
  /** ISO instant with milliseconds, UTC. */
  readonly at: string;
  readonly tzOffsetMin: number;
};

/** A fact with its place in the chain. `head` is the journal's head after it. */
export type ChainedRecord<T extends RecordType = RecordType> = {
  readonly sealed: SealedRecord;
  readonly header: RecordHeader & { type: T };
  readonly fact: FactOf<T>;
  readonly head: ChainHead;
};

/**
 * Gives a fact the next place after `head`: the record's text, hash and signature. Pure but for the key; nothing is stored.
 *
 * @throws RecordFault `record-shape` or `record-too-large` when the fact cannot be a record.
 */
export function chainFact(
  input: {
    identity: JournalIdentity;
    head: ChainHead;
    fact: Fact;
    context: RecordContext;
    key: SigningKey;
  } & RecordedAt,
): ChainedRecord {
  const { identity, head, fact, context, key, at, tzOffsetMin } = input;
  return chain(
    { epoch: head.epoch, seq: head.seq + 1, prevHash: head.hash },
    identity,
    fact,
    context,
    { at, tzOffsetMin },
    key,
  );
}

/**
 * The first record of an epoch. `parent` is the head that it goes on from, `null` where there is none. The epoch's number is greater
 * than any that this register ever used; sequence numbers begin again at 1.
 */
export function chainEpoch(
  input: {
    identity: JournalIdentity;
    epoch: number;
    parent: ChainHead | null;
    reason: FactOf<'EpochOpened'>['payload']['reason'];
    /** 16 random bytes: two clones that open the same epoch differ from here on. */
    random: Uint8Array;
    context: RecordContext;
    key: SigningKey;
  } & RecordedAt,
): ChainedRecord<'EpochOpened'> {
  const { identity, epoch, parent, reason, random, context, key, at, tzOffsetMin } = input;
  const fact: FactOf<'EpochOpened'> = {
    type: 'EpochOpened',
    payload: {
      parent: parent ? { epoch: parent.epoch, seq: parent.seq, hash: parent.hash } : null,
      reason,
      random: Buffer.from(random).toString('hex'),
      publicKey: key.publicKey,
      keyId: key.keyId,
    },
  };
  const place = { epoch, seq: 1, prevHash: parent?.hash ?? NO_PREVIOUS_HASH };
  return chain(place, identity, fact, context, { at, tzOffsetMin }, key);
}

function chain<T extends RecordType>(
  place: { epoch: number; seq: number; prevHash: string },
  identity: JournalIdentity,
  fact: FactOf<T>,
  context: RecordContext,
  recordedAt: RecordedAt,
  key: SigningKey,
): ChainedRecord<T> {
  const { actor, approver, claim, businessDate, basis, currency } = context;
  const header: RecordHeader & { type: T } = {
    v: HEADER_VERSION,
    type: fact.type,
    typeV: recordTypes[fact.type].typeV,
    tenant: identity.tenant,
    store: identity.store,
    register: identity.register,
    ...place,
    ...recordedAt,
    businessDate,
    actor,
    ...(approver === undefined ? {} : { approver }),
    ...(claim === undefined ? {} : { claim }),
    basis,
    currency,
  };
  const sealed = sealRecord(writeRecord(header, fact.payload), key);
  return { sealed, header, fact, head: { epoch: place.epoch, seq: place.seq, hash: sealed.hash } };
}
