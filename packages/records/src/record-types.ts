import type { z } from 'zod';
import { epochOpened } from './types/journal.ts';
import { orderPlaced } from './types/order.ts';
import { signedOff, signedOn, signOnLocked } from './types/staff.ts';
import { stockCounted } from './types/stock.ts';
import { businessDayOpened, tillClosed, tillOpened, xReportRead, zReportIssued } from './types/till.ts';
import {
  receiptReprinted,
  transactionCompleted,
  transactionResumed,
  transactionSuspended,
  transactionVoided,
} from './types/transaction.ts';

/** Every record type this version writes: its payload's schema and the version of that shape. */
export const recordTypes = {
  EpochOpened: { typeV: 1, payload: epochOpened },
  BusinessDayOpened: { typeV: 1, payload: businessDayOpened },
  SignedOn: { typeV: 1, payload: signedOn },
  SignedOff: { typeV: 1, payload: signedOff },
  SignOnLocked: { typeV: 1, payload: signOnLocked },
  TillOpened: { typeV: 1, payload: tillOpened },
  TillClosed: { typeV: 1, payload: tillClosed },
  XReportRead: { typeV: 1, payload: xReportRead },
  ZReportIssued: { typeV: 1, payload: zReportIssued },
  TransactionCompleted: { typeV: 1, payload: transactionCompleted },
  TransactionVoided: { typeV: 1, payload: transactionVoided },
  TransactionSuspended: { typeV: 1, payload: transactionSuspended },
  TransactionResumed: { typeV: 1, payload: transactionResumed },
  ReceiptReprinted: { typeV: 1, payload: receiptReprinted },
  StockCounted: { typeV: 1, payload: stockCounted },
  OrderPlaced: { typeV: 1, payload: orderPlaced },
} as const;

export type RecordType = keyof typeof recordTypes;
export type PayloadOf<T extends RecordType> = z.infer<(typeof recordTypes)[T]['payload']>;
/** A fact: what a decision states, before the journal gives it a place in the chain. */
export type Fact = { [T in RecordType]: { type: T; payload: PayloadOf<T> } }[RecordType];
export type FactOf<T extends RecordType> = { type: T; payload: PayloadOf<T> };
