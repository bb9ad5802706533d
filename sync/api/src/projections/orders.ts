import { orderOfSale } from '@evertill/retail';
import { findKey } from '../keys.ts';
import {
  type Change,
  coveringToo,
  type DocumentPlace,
  type JsonObject,
  type LedgerRecord,
  type Part,
  type Projection,
} from './projection.ts';
import { retailFactOf, type RetailFact } from './retail-fact.ts';

/** The id of what a record made: the register shows it under the same id before the server has it. */
export function documentIdOf({ journal, seq }: Pick<LedgerRecord, 'journal' | 'seq'>): string {
  return `${journal}.${seq}`;
}

/**
 * Orders of every channel, the keys to find them by, and the transactions that were put aside: each document under the id of its record. A
 * suspended transaction is gone once any journal says that it was resumed, whichever of the two records comes first.
 */
export const ordersProjection: Projection = {
  name: 'orders',
  version: 2,
  parts(record) {
    const fact = retailFactOf(record.read);
    if (!fact) return [];
    switch (fact.type) {
      case 'TransactionCompleted':
      case 'OrderPlaced':
        return [orderPart(record, fact)];
      case 'TransactionSuspended':
        return [suspendedPart(record, fact)];
      case 'TransactionResumed':
        return [resumedPart(record, fact)];
      case 'StockCounted':
        return [];
    }
  },
};

/** A document that one record makes and nothing else changes, with the keys to find it by. */
function orderPart(record: LedgerRecord, fact: RetailFact & { type: 'TransactionCompleted' | 'OrderPlaced' }): Part {
  const id = documentIdOf(record);
  const scope = fact.type === 'OrderPlaced' ? fact.payload.location : record.store;
  const place: DocumentPlace = { collection: 'orders', scope, id };
  const { body, keys } =
    fact.type === 'OrderPlaced' ? placedOrder(record, fact.payload) : soldOrder(record, fact.payload);
  return {
    needs: [{ kind: 'document', place }],
    project(found) {
      const covers = coveringToo(found.document(place)?.covers, record);
      if (!covers) return [];
      const document: Change = { kind: 'document', place, deleted: false, covers, body, inner: {} };
      return [document, ...keys.map(([by, key]) => findRow(record, place, by, key))];
    },
  };
}

type Order = { readonly body: JsonObject; readonly keys: readonly (readonly [by: string, key: string])[] };

function soldOrder(record: LedgerRecord, payload: (RetailFact & { type: 'TransactionCompleted' })['payload']): Order {
  const body = orderOfSale(record.read.header, payload);
  return {
    body,
    keys: [
      ['ID', documentIdOf(record)],
      ['NUMBER', body.number],
      ['RECEIPT', body.number],
    ],
  };
}

function placedOrder(record: LedgerRecord, payload: (RetailFact & { type: 'OrderPlaced' })['payload']): Order {
  const { register, at, businessDate, currency } = record.read.header;
  const { number, location, fulfilment, lines, totalMinor, findBy } = payload;
  const keys: [string, string][] = [
    ['ID', documentIdOf(record)],
    ['NUMBER', number],
  ];
  if (findBy.mail) keys.push(['MAIL', findBy.mail]);
  if (findBy.phone) keys.push(['PHONE', findBy.phone]);
  for (const name of new Set(findBy.name)) keys.push(['NAME', name]);
  const status = fulfilment === 'pickup' ? 'awaiting-pickup' : 'awaiting-shipment';
  const body = {
    number,
    channel: 'web',
    status,
    store: location,
    register,
    at,
    businessDate,
    currency,
    totalMinor,
    lines,
    findBy,
  };
  return { body, keys };
}

function suspendedPart(record: LedgerRecord, { payload }: RetailFact & { type: 'TransactionSuspended' }): Part {
  const place: DocumentPlace = { collection: 'suspended', scope: record.store, id: documentIdOf(record) };
  const { register, at, currency, basis } = record.read.header;
  // With its basis the document is the whole of a transaction: another register goes on with it at the recorded prices.
  const body = { ...payload, register, at, currency, basis } as JsonObject;
  return {
    needs: [{ kind: 'document', place }],
    project(found) {
      const held = found.document(place);
      const covers = coveringToo(held?.covers, record);
      if (!covers) return [];
      const deleted = held?.deleted ?? false;
      return [
        { kind: 'document', place, deleted, covers, body, inner: {} },
        findRow(record, place, 'SUSPENDED', place.id),
      ];
    },
  };
}

function resumedPart(record: LedgerRecord, { payload }: RetailFact & { type: 'TransactionResumed' }): Part {
  const { register, epoch, seq } = payload.suspended;
  const place: DocumentPlace = { collection: 'suspended', scope: record.store, id: `${register}.${epoch}.${seq}` };
  return {
    needs: [{ kind: 'document', place }],
    project(found) {
      const held = found.document(place);
      const covers = coveringToo(held?.covers, record);
      if (!covers) return [];
      return [{ kind: 'document', place, deleted: true, covers, body: held?.body ?? {}, inner: {} }];
    },
  };
}

function findRow(record: LedgerRecord, { collection, scope, id }: DocumentPlace, by: string, key: string): Change {
  const { at } = record.read.header;
  return { kind: 'row', key: findKey(record.tenant, by, key, { at, scope, id }), value: { collection, scope, id } };
}
