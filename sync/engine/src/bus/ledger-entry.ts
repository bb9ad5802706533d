import { segmentKey } from '@evertill/api';
import { readSegment, type SealedRecord } from '@evertill/journal';
import { readRecord } from '@evertill/records';
import { plainItem } from '../sources/plain-value.ts';
import type { Item } from '../tables/attribute-value.ts';
import type { Tables } from '../tables/tables.ts';

/** One epoch of one author's journal. */
export type Journal = { readonly tenant: string; readonly register: string; readonly epoch: number };

/**
 * A record of the ledger as the lake keeps it and the bus offers it: what one looks for beside the exact text, hash and signature. Column names
 * are the lake's.
 */
export type LedgerEntry = {
  /** `<register>.<epoch>.<seq>`: whoever has seen it has seen this record. */
  readonly id: string;
  readonly tenant: string;
  readonly store: string;
  readonly register: string;
  readonly epoch: number;
  readonly seq: number;
  readonly type: string;
  readonly typeV: number;
  readonly at: string;
  readonly businessDate: string | null;
} & SealedRecord;

const SEQ_MAX = 999_999_999_999;
const headPlace = /^head#(\d+)$/;
const segmentPlace = /^segment#(\d+)#/;

export function journalName({ tenant, register, epoch }: Journal): string {
  return `${tenant}#${register}.${epoch}`;
}

/** The journal that a row of the ledger belongs to; `null` for a row of another kind. */
export function journalOf(item: Item, kind: 'head' | 'segment'): Journal | null {
  const { pk, sk } = plainItem(item);
  const epoch = (kind === 'head' ? headPlace : segmentPlace).exec(String(sk))?.[1];
  const [tenant, register] = String(pk).split('#');
  return epoch === undefined || !tenant || !register ? null : { tenant, register, epoch: Number(epoch) };
}

/** The records of the segment that holds the one after `seq`, from there on; none at the journal's end. */
export function entriesAfter(tables: Tables, { tenant, register, epoch }: Journal, seq: number): LedgerEntry[] {
  const from = segmentKey(tenant, register, epoch, seq + 1);
  const { items } = tables.query('ledger', {
    keyCondition: 'pk = :pk AND sk BETWEEN :from AND :to',
    values: {
      ':pk': { S: from.pk },
      ':from': { S: from.sk },
      ':to': { S: segmentKey(tenant, register, epoch, SEQ_MAX).sk },
    },
    limit: 1,
  });
  const [segment] = items;
  if (!segment) return [];
  const sealed = readSegment(String(plainItem(segment)['text'])) ?? [];
  return sealed.map(entryOf).filter((entry) => entry.seq > seq);
}

export function entryOf({ text, hash, alg, keyId, sig }: SealedRecord): LedgerEntry {
  const { tenant, store, register, epoch, seq, type, typeV, at, businessDate } = readRecord(text).header;
  const id = `${register}.${epoch}.${seq}`;
  return { id, tenant, store, register, epoch, seq, type, typeV, at, businessDate, hash, alg, keyId, sig, text };
}
