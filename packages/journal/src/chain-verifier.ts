import type { KeyObject } from 'node:crypto';
import { NO_PREVIOUS_HASH, readRecord, RecordFault, type ReadRecord, type RecordHeader } from '@evertill/records';
import { type ChainFault, type ChainFaultCode, type ChainHead, type Place, placeText } from './chain-fault.ts';
import { NO_NUMBERS, type NumbersGiven, takeNumbers, UNKNOWN_NUMBERS } from './number-audit.ts';
import { hashText, readPublicKey, type SealedRecord, verifySignature } from './seal.ts';

/** The columns under which a store filed a record; they must say what the record says. */
export type Filing = Place & { readonly type: string; readonly at: string; readonly businessDate: string | null };
/** A record as a reader hands it over, with its filing where there is one. */
export type FiledRecord = SealedRecord & { readonly filedUnder?: Filing };

export type VerifyOptions = {
  /**
   * The public keys (hex) of this register that are known from elsewhere. With none, the first epoch's key is trusted on first use, and
   * the result says so; a journal re-signed from its first record on is then not detectable without `expectedHead`.
   */
  readonly publicKeys?: readonly string[];
  /** A head known from elsewhere (the server, a second copy, a printed report): detects a cut tail. */
  readonly expectedHead?: ChainHead;
  /** Begin in the middle: the record before the first one, and the key of its epoch. */
  readonly after?: { readonly head: ChainHead; readonly publicKey: string; readonly keyId: string };
  /** Leave signatures out: links and hashes only, 20 times faster. For a quick look, never for an audit. */
  readonly withoutSignatures?: boolean;
};

export type EpochKey = {
  readonly epoch: number;
  readonly keyId: string;
  readonly publicKey: string;
  readonly trust: 'pinned' | 'first-use';
};
export type Verification = {
  readonly ok: boolean;
  /** `null` when sound. */
  readonly fault: ChainFault | null;
  readonly records: number;
  /** The last sound record. */
  readonly head: ChainHead | null;
  /** Under which keys the epochs were written, and who vouches for each. */
  readonly keys: readonly EpochKey[];
};

export type ChainVerifier = {
  /** Takes the next record; answers the fault that ends the verification, `null` while all is well. */
  take(record: FiledRecord): ChainFault | null;
  /** To be called once, after the last record. */
  end(): Verification;
};

class Broken extends Error {
  readonly code: ChainFaultCode;
  constructor(code: ChainFaultCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Verifies a whole journal in one go; see {@link createChainVerifier}. */
export function verifyChain(records: Iterable<FiledRecord>, options: VerifyOptions = {}): Verification {
  const verifier = createChainVerifier(options);
  for (const record of records) if (verifier.take(record)) break;
  return verifier.end();
}

/**
 * Verifies a journal record by record, in order, in constant memory: bytes, hashes, signatures, sequence, links, epochs and the
 * numbers that must be gapless. It stops at the first fault and names it (I3, I4, I5, I12).
 */
export function createChainVerifier(options: VerifyOptions = {}): ChainVerifier {
  const keyring = createKeyring(options);
  let head: ChainHead | null = options.after?.head ?? null;
  let key: OpenedKey | null = options.after
    ? { id: options.after.keyId, opened: readPublicKey(options.after.publicKey) }
    : null;
  let identity: string | null = null;
  let businessDate: string | null = null;
  let numbers: NumbersGiven = options.after ? UNKNOWN_NUMBERS : NO_NUMBERS;
  let expectedHeadSeen = false;
  let records = 0;
  let fault: ChainFault | null = null;

  function check(record: FiledRecord, read: ReadRecord): void {
    const { header } = read;
    if (hashText(record.text) !== record.hash) throw new Broken('hash', 'the bytes are not those that were hashed');
    checkIdentity(header);
    checkPlace(head, read);
    if (header.seq === 1) key = keyring.openEpoch(read);
    if (key === null) throw new Broken('epoch-opening', 'the journal does not begin with an epoch');
    if (record.keyId !== key.id) throw new Broken('key', `signed by ${record.keyId} in an epoch of ${key.id}`);
    if (record.alg !== 'Ed25519') throw new Broken('signature', `${String(record.alg)} is not Ed25519`);
    if (!options.withoutSignatures && !verifySignature(record, key.opened)) {
      throw new Broken('signature', `the signature is not that of ${key.id}`);
    }
    if (record.filedUnder) checkFiling(record.filedUnder, header);
    if (businessDate !== null && (header.businessDate ?? '') < businessDate) {
      throw new Broken('business-date', `business date ${String(header.businessDate)} after ${businessDate}`);
    }
    const taken = takeNumbers(numbers, header, read.known ? read : null);
    if (!taken.ok) throw new Broken(taken.code, taken.detail);
    numbers = taken.given;
    businessDate = header.businessDate;
  }

  function checkIdentity(header: RecordHeader): void {
    const claimed = `${header.tenant} ${header.store} ${header.register}`;
    identity ??= claimed;
    if (claimed !== identity) throw new Broken('identity', `${claimed} in the journal of ${identity}`);
  }

  function take(record: FiledRecord): ChainFault | null {
    if (fault) return fault;
    let at: Place | null = null;
    try {
      const read = readAsRecord(record.text);
      at = { epoch: read.header.epoch, seq: read.header.seq };
      check(record, read);
      head = { ...at, hash: record.hash };
      if (options.expectedHead) expectedHeadSeen = meetsHead(head, options.expectedHead) || expectedHeadSeen;
      records += 1;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      fault = { code: error.code, at, soundRecords: records, detail: error.message };
    }
    return fault;
  }

  function end(): Verification {
    if (!fault && options.expectedHead && !expectedHeadSeen && !isSameHead(head, options.expectedHead)) {
      const detail = `the journal ends at ${head ? placeText(head) : 'nothing'}; ${placeText(options.expectedHead)} is known to exist`;
      fault = { code: 'tail', at: null, soundRecords: records, detail };
    }
    return { ok: fault === null, fault, records, head, keys: keyring.keys };
  }

  return { take, end };
}

type OpenedKey = { readonly id: string; readonly opened: KeyObject };

/** Which keys are to be trusted, and under which the epochs were opened. */
function createKeyring({ publicKeys = [], after }: VerifyOptions): {
  readonly keys: readonly EpochKey[];
  openEpoch(read: ReadRecord): OpenedKey;
} {
  const trusted = new Set(publicKeys);
  if (after) trusted.add(after.publicKey);
  const keys: EpochKey[] = [];
  return {
    keys,
    openEpoch(read) {
      if (!read.known || read.type !== 'EpochOpened') {
        throw new Broken('epoch-opening', `an epoch begins with ${read.type}`);
      }
      const { keyId, publicKey } = read.payload;
      // Without pins the first key seen is the one to trust; a later epoch under another key needs someone to vouch for it.
      if (trusted.size === 0) trusted.add(publicKey);
      if (!trusted.has(publicKey)) {
        throw new Broken('key', `nobody vouches for ${keyId}, which opened epoch ${read.header.epoch}`);
      }
      const trust = publicKeys.includes(publicKey) ? 'pinned' : 'first-use';
      keys.push({ epoch: read.header.epoch, keyId, publicKey, trust });
      return { id: keyId, opened: readPublicKey(publicKey) };
    },
  };
}

function readAsRecord(text: string): ReadRecord {
  try {
    return readRecord(text);
  } catch (error) {
    if (error instanceof RecordFault) throw new Broken('unreadable', `${error.code}: ${error.message}`);
    throw error;
  }
}

/** Sequence, link and parent: what ties a record to the one before it. */
function checkPlace(head: ChainHead | null, read: ReadRecord): void {
  const { epoch, seq, prevHash } = read.header;
  if ((read.type === 'EpochOpened') !== (seq === 1)) {
    throw new Broken('epoch-opening', `sequence ${seq} of epoch ${epoch} is ${read.type}`);
  }
  if (seq === 1) {
    if (head && epoch === head.epoch) throw new Broken('second-child', `epoch ${epoch} is opened a second time`);
    if (head && epoch < head.epoch) throw new Broken('gap', `epoch ${epoch} stands after epoch ${head.epoch}`);
    checkParent(head, read);
    return;
  }
  if (!head) throw new Broken('gap', `the journal begins at ${epoch}/${seq}`);
  if (epoch !== head.epoch) throw new Broken('gap', `${epoch}/${seq} stands after ${placeText(head)}`);
  if (seq === head.seq) throw new Broken('second-child', `sequence ${seq} of epoch ${epoch} is there twice`);
  if (seq !== head.seq + 1) throw new Broken('gap', `${epoch}/${seq} stands where ${epoch}/${head.seq + 1} belongs`);
  if (prevHash !== head.hash) throw new Broken('link', `it does not point at ${placeText(head)}`);
}

function checkParent(head: ChainHead | null, read: ReadRecord): void {
  if (!read.known || read.type !== 'EpochOpened')
    throw new Broken('epoch-opening', 'EpochOpened is of a version not known here');
  const { epoch, prevHash } = read.header;
  const { parent } = read.payload;
  if (prevHash !== (parent?.hash ?? NO_PREVIOUS_HASH))
    throw new Broken('link', 'it does not point at the parent that it names');
  if (!head) {
    // A later epoch may be the first that is left: a register whose disk was lost begins anew under the next number.
    if (parent) throw new Broken('gap', `epoch ${epoch} names ${placeText(parent)} as its parent, which is not here`);
    return;
  }
  if (!parent) throw new Broken('epoch-parent', `epoch ${epoch} names no parent, but ${placeText(head)} is before it`);
  const isEarlier = parent.epoch < head.epoch || (parent.epoch === head.epoch && parent.seq < head.seq);
  if (isEarlier)
    throw new Broken('second-child', `${placeText(parent)} already has a child; epoch ${epoch} is a second one`);
  if (!isSameHead(head, parent)) {
    throw new Broken(
      'epoch-parent',
      `epoch ${epoch} names ${placeText(parent)}, the record before it is ${placeText(head)}`,
    );
  }
}

function checkFiling(filing: Filing, header: RecordHeader): void {
  const fields = ['epoch', 'seq', 'type', 'at', 'businessDate'] as const;
  for (const field of fields) {
    if (filing[field] !== header[field]) {
      throw new Broken(
        'filed-wrongly',
        `filed under ${field} ${String(filing[field])}, the record says ${String(header[field])}`,
      );
    }
  }
}

function meetsHead(head: ChainHead, expected: ChainHead): boolean {
  if (head.epoch !== expected.epoch || head.seq !== expected.seq) return false;
  if (head.hash !== expected.hash) throw new Broken('tail', `${placeText(head)} is known with another hash`);
  return true;
}

function isSameHead(left: ChainHead | null, right: ChainHead): boolean {
  return left !== null && left.epoch === right.epoch && left.seq === right.seq && left.hash === right.hash;
}
