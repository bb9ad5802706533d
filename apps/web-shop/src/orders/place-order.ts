import { createLookupKeys } from '@evertill/enrolment';
import type { Ledger } from '@evertill/ledger';
import type { PublishedSnapshot } from '@evertill/published';
import type { PayloadOf } from '@evertill/records';
import { findItems, isTaxIncluded } from '../catalog/find-items.ts';
import { ENGINE, type Shop } from '../shop/open-shop.ts';
import { decideOrder, type OrderDecision, type OrderRequest } from './decide-order.ts';
import { newOrderNumber } from './order-number.ts';
import { isNumberTaken, NUMBER_ROW } from './own-orders.ts';

export type Placed =
  | { readonly ok: true; readonly order: PayloadOf<'OrderPlaced'>; readonly currency: string }
  | Extract<OrderDecision, { ok: false }>;

/**
 * Places an order: decided on the catalog as it is here, recorded in the shop's own journal, durable when this returns. Whether it has
 * reached the hub is another matter.
 *
 * @throws LedgerFault, PublishedFault
 */
export async function placeOrder(
  { channel, world }: Shop,
  journal: Ledger,
  catalog: PublishedSnapshot,
  request: OrderRequest,
): Promise<Placed> {
  const at = new Date(world.nowMs()).toISOString();
  const names = request.items.map(({ item }) => item);
  const { contentHash } = catalog.manifest;
  const basis = { catalog: contentHash, prices: contentHash, promotions: null, tax: contentHash, settings: null };
  const decision = decideOrder(request, {
    stores: channel.stores,
    items: await findItems(catalog, names, at),
    taxIncluded: await isTaxIncluded(catalog, request.store),
    lookupKeys: createLookupKeys(channel.lookupKeyBase64),
    number: freeNumber(journal, world.random),
    at,
    basis: { ...basis, engine: ENGINE },
  });
  if (!decision.ok) return decision;
  const { fact, currency } = decision;
  const context = { actor: 'system', businessDate: null, basis: { ...basis, engine: ENGINE }, currency };
  journal.append([fact], context, (tx) => {
    const { epoch, seq } = tx.records[0]?.head ?? journal.head();
    tx.addOverlay({ kind: NUMBER_ROW, entityId: fact.payload.number, epoch, seq, json: '{}' });
  });
  return { ok: true, order: fact.payload, currency };
}

const DRAWS_MAX = 20;

/** A number that this shop has not given yet. Chance alone would repeat one in a million orders. */
function freeNumber(journal: Ledger, random: { int(below: number): number }): string {
  for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
    const number = newOrderNumber((below) => random.int(below));
    if (!isNumberTaken(journal, number)) return number;
  }
  throw new Error(`no free order number in ${DRAWS_MAX} draws: the source of chance repeats itself`);
}
