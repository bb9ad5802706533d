import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { JournalRow } from './journal-file.ts';
import { isObject, numberAt, objectAt, parseObject, textAt, type Json } from './json.ts';
import { finding, type Finding } from './verdict.ts';

const NO_PARENT = '0'.repeat(64);
/** DER head of a SubjectPublicKeyInfo with an Ed25519 key (RFC 8410); the raw 32 bytes follow. */
const ED25519_SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

type Epoch = { number: number; key: KeyObject | null; keyId: string };

/**
 * Recomputes the chain: SHA-256 of each text, links, sequence without a gap, one register, Ed25519 over `evertill-record/1:` and the
 * hash by the key that the epoch's first record names, and bytes that are the canonical ones of their value.
 */
export function chainFindings(rows: readonly JournalRow[]): Finding[] {
  const found: Finding[] = [];
  const fault = (row: JournalRow, code: string, what: string): void =>
    void found.push(finding('chainVerifies', code, `epoch ${row.epoch} seq ${row.seq}: ${what}`));
  if (rows.length === 0) found.push(finding('chainVerifies', 'empty', 'the journal holds no record'));

  let epoch: Epoch | null = null;
  let previous: JournalRow | null = null;
  let register: string | null = null;
  const hashes = new Set<string>();
  for (const row of rows) {
    const record = parseObject(row.text);
    if (record === null) {
      fault(row, 'unreadable', 'the text is not a JSON object');
      previous = row;
      continue;
    }
    if (canonical(record) !== row.text)
      fault(row, 'not-canonical', 'the bytes are not the canonical ones of their value');
    const first: boolean = epoch?.number !== row.epoch;
    if (first) {
      epoch = openedEpoch(row, record);
      if (!epoch.key) fault(row, 'no-key', 'the first record of the epoch names no public key');
      for (const what of parentFaults(record, hashes)) fault(row, 'parent', what);
    }
    if (createHash('sha256').update(row.text, 'utf8').digest('hex') !== row.hash) {
      fault(row, 'hash', 'the hash is not the SHA-256 of the text');
    }
    if (!first && textAt(record, 'prevHash') !== previous?.hash)
      fault(row, 'link', 'it does not point at the record before');
    const expectedSeq = first ? 1 : (previous?.seq ?? 0) + 1;
    if (row.seq !== expectedSeq) fault(row, 'gap', `the sequence should be ${expectedSeq}`);
    if (numberAt(record, 'seq') !== row.seq || numberAt(record, 'epoch') !== row.epoch) {
      fault(row, 'header', 'the text says another epoch or sequence than the row');
    }
    register ??= textAt(record, 'register');
    if (textAt(record, 'register') !== register) fault(row, 'register', 'another register wrote it');
    if (!signatureHolds(row, epoch)) fault(row, 'signature', 'the signature does not verify');
    hashes.add(row.hash);
    previous = row;
  }
  return found;
}

function openedEpoch(row: JournalRow, record: Json): Epoch {
  const payload = objectAt(record, 'payload');
  const raw = payload && textAt(record, 'type') === 'EpochOpened' ? textAt(payload, 'publicKey') : null;
  if (raw === null || !/^[0-9a-f]{64}$/.test(raw)) return { number: row.epoch, key: null, keyId: '' };
  const der = Buffer.concat([ED25519_SPKI_HEAD, Buffer.from(raw, 'hex')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return { number: row.epoch, key, keyId: (payload && textAt(payload, 'keyId')) ?? '' };
}

function parentFaults(record: Json, hashes: ReadonlySet<string>): string[] {
  const payload = objectAt(record, 'payload');
  const parent = payload ? objectAt(payload, 'parent') : null;
  const prevHash = textAt(record, 'prevHash');
  if (parent === null) return prevHash === NO_PARENT ? [] : ['an epoch without a parent starts from 64 zeros'];
  const faults: string[] = [];
  if (textAt(parent, 'hash') !== prevHash) faults.push('the epoch starts from another hash than its parent');
  if (prevHash !== null && !hashes.has(prevHash)) faults.push('the parent of the epoch is not in this journal');
  return faults;
}

function signatureHolds(row: JournalRow, epoch: Epoch | null): boolean {
  if (!epoch?.key || row.alg !== 'Ed25519' || row.keyId !== epoch.keyId) return false;
  const signature = Buffer.from(row.sig, 'base64url');
  return signature.length === 64 && verify(null, Buffer.from(`evertill-record/1:${row.hash}`), epoch.key, signature);
}

/** Sorted keys, no white space: RFC 8785 as far as integers and text go. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
