import type { Basis, PayloadOf } from '@evertill/records';
import { readTransactionState, STATE_VERSION, type TransactionState } from './state.ts';

/** A TransactionSuspended record of any register of the store, as far as the transaction is to be gone on with. */
export type SuspendedRecord = {
  readonly payload: PayloadOf<'TransactionSuspended'>;
  /** The record's instant. */
  readonly at: string;
  readonly currency: string;
  readonly basis: Basis;
  readonly by: { readonly register: string; readonly epoch: number; readonly seq: number };
};

/**
 * The transaction that another register put aside, as that register held it but for what no record keeps: which line was touched last, and
 * how item and variant share a line's name. Prices and taxes are the recorded ones (P4). `null` where it does not fit this version.
 */
export function restoreSuspended({ payload, at, currency, basis, by }: SuspendedRecord): TransactionState | null {
  const nameOfRate = new Map(payload.taxes.map(({ rateId, name }) => [rateId, name]));
  return readTransactionState({
    v: STATE_VERSION,
    transactionId: payload.transactionId,
    status: 'suspended',
    revision: 1,
    startedAt: payload.startedAt,
    currency,
    taxIncluded: payload.taxIncluded,
    basis,
    name: payload.name,
    suspended: { at, cashierName: payload.cashier.name, by },
    lines: payload.lines.map((line) => ({
      ...line,
      itemName: line.name,
      variant: null,
      taxNames: line.taxes.map(({ rateId }) => nameOfRate.get(rateId) ?? rateId),
    })),
    voidedLines: payload.voidedLines,
    tenders: [],
    touchedLineId: null,
    cashRoundingMinor: 0,
  });
}
