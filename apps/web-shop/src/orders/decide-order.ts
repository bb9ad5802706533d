import type { ChannelEnrolment, LookupKeys } from '@evertill/enrolment';
import { type Basis, type FactOf, LINES_MAX, TEXT_LENGTH_MAX } from '@evertill/records';
import { decide, totalsOf, type TransactionContext, type TransactionState } from '@evertill/retail';
import type { FoundItem } from '../catalog/find-items.ts';

/** What a customer wants, as typed. */
export type OrderRequest = {
  readonly store: string;
  readonly items: readonly { readonly item: string; readonly quantity: number }[];
  readonly name: string;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly fulfilment: 'pickup' | 'shipment';
};

/** The world an order is decided in. */
export type OrderContext = {
  readonly stores: ChannelEnrolment['stores'];
  readonly items: ReadonlyMap<string, FoundItem>;
  readonly taxIncluded: boolean;
  readonly lookupKeys: LookupKeys;
  readonly number: string;
  readonly at: string;
  readonly basis: Basis;
};

export type OrderRefusal =
  | 'unknown-store'
  | 'no-items'
  | 'too-many-items'
  | 'unknown-item'
  | 'no-price'
  | 'quantity-out-of-range'
  | 'amount-out-of-range'
  | 'name-missing'
  | 'name-too-long'
  | 'mail-broken'
  | 'phone-broken'
  | 'no-contact';

export type OrderDecision =
  | { readonly ok: true; readonly fact: FactOf<'OrderPlaced'>; readonly currency: string }
  | { readonly ok: false; readonly error: { readonly code: OrderRefusal; readonly detail: string } };

/** Of one item in one order. */
export const QUANTITY_MAX = 9_999;
/** Of one price; times {@link QUANTITY_MAX} it is a safe integer. */
const PRICE_MAX_MINOR = 100_000_000_000;

/** Decides an order: priced like a sale in the store, addressed by blind keys, or refused with the first thing that is wrong. */
export function decideOrder(request: OrderRequest, context: OrderContext): OrderDecision {
  const store = context.stores.find(({ id }) => id === request.store);
  if (!store) return refuse('unknown-store', request.store);
  const person = blindKeys(request, context.lookupKeys);
  if ('code' in person) return refuse(person.code, person.detail);
  // Each by itself, before they are added up: −1 and 2 are no order of one.
  const odd = request.items.find(({ quantity }) => !isQuantity(quantity));
  if (odd) return refuse('quantity-out-of-range', `${odd.item}: ${odd.quantity}`);
  const wanted = merged(request.items);
  if (wanted.size === 0) return refuse('no-items');
  if (wanted.size > LINES_MAX) return refuse('too-many-items', String(wanted.size));
  const priced = price(wanted, store.currency, context);
  if ('code' in priced) return refuse(priced.code, priced.detail);
  const lines = priced.lines.map(({ lineId, itemId, name, quantity, unit, totalMinor }) => ({
    lineId,
    itemId,
    name,
    quantity,
    unit,
    totalMinor,
  }));
  const { totalMinor } = totalsOf(priced.lines);
  const { number } = context;
  const payload = { number, location: store.id, fulfilment: request.fulfilment, lines, totalMinor, findBy: person };
  return { ok: true, currency: store.currency, fact: { type: 'OrderPlaced', payload } };
}

type Refused = { readonly code: OrderRefusal; readonly detail: string };

function refuse(code: OrderRefusal, detail = ''): OrderDecision {
  return { ok: false, error: { code, detail } };
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= QUANTITY_MAX;
}

/** An item that is named twice is one line. */
function merged(items: OrderRequest['items']): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { item, quantity } of items) wanted.set(item, (wanted.get(item) ?? 0) + quantity);
  return wanted;
}

/** A domain with a dot: what the look-up takes for a mail is wider, but nobody can be written to at `a@b`. */
const MAIL = /^[^\s@,;<>"]+@[^\s@.,;<>"]+(\.[^\s@.,;<>"]+)+$/;
const MAIL_LENGTH_MAX = 254;

function blindKeys(
  { name, mail, phone }: OrderRequest,
  keys: LookupKeys,
): FactOf<'OrderPlaced'>['payload']['findBy'] | Refused {
  if (name.length > TEXT_LENGTH_MAX) return { code: 'name-too-long', detail: `${name.length} characters` };
  const words = keys.name(name);
  if (words.length === 0) return { code: 'name-missing', detail: name };
  if (mail === null && phone === null) return { code: 'no-contact', detail: '' };
  const mailKey = mail === null ? null : keys.mail(mail);
  const isMail = mail === null || (mailKey !== null && mail.length <= MAIL_LENGTH_MAX && MAIL.test(mail.trim()));
  if (!isMail) return { code: 'mail-broken', detail: mail.slice(0, MAIL_LENGTH_MAX) };
  const phoneKey = phone === null ? null : keys.phone(phone);
  if (phone !== null && phoneKey === null) return { code: 'phone-broken', detail: phone.slice(0, 40) };
  return { mail: mailKey, phone: phoneKey, name: words };
}

/** Prices as the register does: the rules, the rounding and the tax of a sale, without a till. */
function price(
  wanted: ReadonlyMap<string, number>,
  currency: string,
  { items, taxIncluded, at, basis }: OrderContext,
): TransactionState | Refused {
  const shop: TransactionContext = {
    at,
    basis,
    currency,
    taxIncluded,
    cashier: { id: 'system', name: 'Web' },
    tillSessionId: 'web',
    // Not paid in coins, so nothing is rounded to one.
    denominationsMinor: [1],
    limits: { lineQuantityMax: QUANTITY_MAX, totalMaxMinor: PRICE_MAX_MINOR },
    nextReceiptNumber: 1,
  };
  let state: TransactionState | null = null;
  let nth = 0;
  for (const [name, quantity] of wanted) {
    if (!isQuantity(quantity)) return { code: 'quantity-out-of-range', detail: `${name}: ${quantity}` };
    const item = items.get(name);
    if (!item) return { code: 'unknown-item', detail: name };
    if (item.price && item.currency !== currency) return { code: 'no-price', detail: `${name} in ${currency}` };
    nth += 1;
    const lineId = `line-${nth}`;
    const added = decide(state, { kind: 'addLine', newTransactionId: 'order', lineId, item }, shop);
    if (!added.ok) return pricingRefusal(added.error.code, name);
    const { transactionId } = added.state;
    const counted = decide(added.state, { kind: 'changeQuantity', transactionId, lineId, quantity }, shop);
    if (!counted.ok) return pricingRefusal(counted.error.code, name);
    state = counted.state;
  }
  return state ?? { code: 'no-items', detail: '' };
}

function pricingRefusal(code: string, item: string): Refused {
  switch (code) {
    case 'no-price':
    case 'amount-out-of-range':
    case 'quantity-out-of-range':
    case 'unknown-item':
      return { code, detail: item };
    case 'too-many-lines':
      return { code: 'too-many-items', detail: item };
    default:
      throw new Error(`pricing ${item} answered ${code}`);
  }
}
