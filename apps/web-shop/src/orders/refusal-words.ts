import { LINES_MAX, TEXT_LENGTH_MAX } from '@evertill/records';
import { type OrderRefusal, QUANTITY_MAX } from './decide-order.ts';

const sentences: { readonly [code in OrderRefusal]: (detail: string, stores: string) => string } = {
  'unknown-store': (store, stores) => `There is no store “${store}”. This channel sells for ${stores}.`,
  'no-items': () => 'An order needs at least one item: --item ID:QUANTITY.',
  'too-many-items': () => `An order has at most ${LINES_MAX} different items, and they have to fit into one record.`,
  'unknown-item': (item) => `There is no item “${item}” in the catalog. Name it by its id or its SKU.`,
  'no-price': (item) => `The item “${item}” has no price that applies now.`,
  'quantity-out-of-range': (item) => `A quantity is a whole number from 1 to ${QUANTITY_MAX} (${item}).`,
  'amount-out-of-range': (item) => `With the item “${item}” the amount is beyond what an order may cost.`,
  'name-missing': () => 'An order needs the customer’s name: --name "Aoife Byrne".',
  'name-too-long': (length) => `A name has at most ${TEXT_LENGTH_MAX} characters, not ${length}.`,
  'mail-broken': (mail) => `“${mail}” is no mail address.`,
  'phone-broken': (phone) => `“${phone}” is no telephone number.`,
  'no-contact': () => 'An order needs --mail or --phone, so that the customer can be told.',
};

/** What is wrong with an order, in a sentence for whoever typed it. */
export function refusalWords(
  { code, detail }: { readonly code: OrderRefusal; readonly detail: string },
  storeIds: readonly string[],
): string {
  return printable(sentences[code](detail, storeIds.join(', ')));
}

/** What somebody typed must not be able to steer the terminal, nor fill it. */
function printable(text: string): string {
  const LENGTH_MAX = 400;
  const plain = text.replace(/\p{Cc}/gu, '·');
  return plain.length > LENGTH_MAX ? `${plain.slice(0, LENGTH_MAX)}…` : plain;
}
