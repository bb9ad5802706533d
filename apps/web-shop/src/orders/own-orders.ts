import type { EpochHead } from '@evertill/client';
import type { Ledger, LedgerRecord } from '@evertill/ledger';
import type { PayloadOf } from '@evertill/records';

/** Overlay rows that say under which record a number was given: written with the record, read instead of the whole journal. */
export const NUMBER_ROW = 'order-number';

/** An order that this shop placed. */
export type OwnOrder = {
  readonly order: PayloadOf<'OrderPlaced'>;
  readonly at: string;
  readonly currency: string | null;
  readonly epoch: number;
  readonly seq: number;
};

export function isNumberTaken(journal: Ledger, number: string): boolean {
  return journal.overlay({ kind: NUMBER_ROW, entityId: number }).length > 0;
}

/** `null` where another shop, or nobody, gave this number. */
export function findOwnOrder(journal: Ledger, number: string): OwnOrder | null {
  const [row] = journal.overlay({ kind: NUMBER_ROW, entityId: number });
  if (!row) return null;
  const { epoch, seq } = row;
  const [record] = journal.records({ type: 'OrderPlaced', epoch, fromSeq: seq, limit: 1 });
  return record ? ownOrder(record) : null;
}

/** The last orders, newest first. */
export function lastOrders(journal: Ledger, limit: number): readonly OwnOrder[] {
  const last: OwnOrder[] = [];
  for (const record of journal.records({ type: 'OrderPlaced' })) {
    const order = ownOrder(record);
    if (order) last.push(order);
    if (last.length > limit) last.shift();
  }
  return last.reverse();
}

function ownOrder(record: LedgerRecord): OwnOrder | null {
  const read = record.read();
  if (!read.known || read.type !== 'OrderPlaced') return null;
  const { at, currency, epoch, seq } = read.header;
  return { order: read.payload, at, currency, epoch, seq };
}

/** Whether the hub has confirmed an order. */
export function isConfirmed({ epoch, seq }: Pick<OwnOrder, 'epoch' | 'seq'>, heads: readonly EpochHead[]): boolean {
  return heads.some((head) => head.epoch === epoch && head.seq >= seq);
}
