import type { Basis, Fact } from '@evertill/records';
import type { TaxRate } from '../tax/line-taxes.ts';
import type { TransactionState } from './state.ts';

/** What can be sold: an item with the price and the tax that apply now. */
export type SaleItem = {
  itemId: string;
  sku: string;
  scanCode: string;
  name: string;
  variant: string | null;
  department: string;
  price: { priceId: string | null; amountMinor: number; compareAtMinor: number | null } | null;
  taxClass: string;
  /** `null`: the catalog does not know the tax class, so the item has no price yet. */
  taxRates: readonly TaxRate[] | null;
};

/** Names the transaction that a screen shows; with a revision, exactly what it shows (X6). */
type Aim = { transactionId: string; revision?: number };

export type TransactionCommand =
  /** Starts a transaction under `newTransactionId` where none is open. */
  | { kind: 'addLine'; newTransactionId: string; lineId: string; item: SaleItem }
  | ({ kind: 'changeQuantity'; lineId: string; quantity: number } & Aim)
  | ({ kind: 'voidLine'; lineId: string; reason: string } & Aim)
  | ({ kind: 'voidTransaction'; reason: string } & Aim)
  /** `recordedAs`: the place in the journal that the TransactionSuspended record will have. */
  | ({ kind: 'suspend'; name: string; recordedAs: { register: string; epoch: number; seq: number } } & Aim)
  | ({ kind: 'resume' } & Aim)
  | ({ kind: 'addCashTender'; tenderId: string; amountMinor: number } & Aim)
  | ({ kind: 'removeTender'; tenderId: string } & Aim)
  | ({ kind: 'backToDraft' } & Aim)
  | ({ kind: 'complete' } & Aim);
export type CommandOf<K extends TransactionCommand['kind']> = Extract<TransactionCommand, { kind: K }>;

/** `totalMaxMinor` × `lineQuantityMax` is a safe integer. */
export type TransactionLimits = { lineQuantityMax: number; totalMaxMinor: number };

/** The world a command is decided in. Clock, ids, numbers and cash come in here: the domain has none of its own. */
export type TransactionContext = {
  at: string;
  cashier: { id: string; name: string };
  tillSessionId: string;
  currency: string;
  taxIncluded: boolean;
  basis: Basis;
  denominationsMinor: readonly number[];
  limits: TransactionLimits;
  /** The number that a receipt takes if this command ends the transaction (I5). */
  nextReceiptNumber: number;
};

export type TransactionRefusal =
  | 'no-transaction'
  | 'unknown-transaction'
  | 'stale-screen'
  | 'wrong-state'
  | 'unknown-item'
  | 'unknown-line'
  | 'no-price'
  | 'quantity-out-of-range'
  | 'too-many-lines'
  | 'empty-transaction'
  | 'tender-too-small'
  | 'tender-too-large'
  | 'amount-out-of-range'
  | 'text-too-long'
  | 'bad-message';

/** `facts` belong in the journal before anyone sees the new state; most changes of a draft state none. */
export type Decision =
  | { ok: true; state: TransactionState; facts: Fact[] }
  | { ok: false; error: { code: TransactionRefusal; detail?: string } };

export const decided = (state: TransactionState, facts: Fact[] = []): Decision => ({ ok: true, state, facts });
export const refuse = (code: TransactionRefusal, detail?: string): Decision & { ok: false } => ({
  ok: false,
  error: detail === undefined ? { code } : { code, detail },
});
