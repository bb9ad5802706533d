import { createLookupKeys } from '@evertill/enrolment';
import { recordTypes } from '@evertill/records';
import { exampleBasis } from '@evertill/records/testing';
import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoundItem } from '../catalog/find-items.ts';
import { decideOrder, type OrderContext, type OrderRequest, QUANTITY_MAX } from './decide-order.ts';
import { refusalWords } from './refusal-words.ts';

const item = (itemId: string, amountMinor: number | null, changes: Partial<FoundItem> = {}): FoundItem => ({
  itemId,
  sku: itemId.toUpperCase(),
  scanCode: '',
  name: `Item ${itemId}`,
  variant: null,
  department: 'general',
  price: amountMinor === null ? null : { priceId: `price-${itemId}`, amountMinor, compareAtMinor: null },
  currency: 'EUR',
  taxClass: 'standard',
  taxRates: [{ rateId: 'vat', name: 'VAT', ratePpm: 230_000 }],
  ...changes,
});

const items = new Map(
  [
    item('mug', 1190),
    item('tea', 349, { variant: 'Green' }),
    item('dear', 100_000_000_000),
    item('ghost', null),
    item('yen', 100, { currency: 'JPY' }),
    item('untaxed', 100, { taxRates: null }),
  ].map((one) => [one.itemId, one]),
);
const lookupKeys = createLookupKeys(Buffer.alloc(32, 7).toString('base64'));
const context: OrderContext = {
  stores: [
    { id: 'DUB1', name: 'Dublin', currency: 'EUR' },
    { id: 'CRK1', name: 'Cork', currency: 'EUR' },
  ],
  items,
  taxIncluded: true,
  lookupKeys,
  number: 'W-7F3K-2942-C',
  at: '2026-03-02T09:00:00.000Z',
  basis: exampleBasis,
};
const wish: OrderRequest = {
  store: 'DUB1',
  items: [{ item: 'mug', quantity: 2 }],
  name: 'Aoife Byrne',
  mail: 'aoife@example.ie',
  phone: '+353 1 5550100',
  fulfilment: 'pickup',
};
const decided = (changes: Partial<OrderRequest>, world: Partial<OrderContext> = {}) =>
  decideOrder({ ...wish, ...changes }, { ...context, ...world });

describe('an order', () => {
  test('[I23] is a record that a channel may state, and holds nobody’s name, mail or number', () => {
    const decision = decided({ items: [...wish.items, { item: 'tea', quantity: 3 }] });
    if (!decision.ok) throw new Error(decision.error.code);
    const { payload } = decision.fact;
    expect(recordTypes.OrderPlaced.payload.parse(payload)).toEqual(payload);
    expect(payload).toMatchObject({ location: 'DUB1', fulfilment: 'pickup', totalMinor: 2 * 1190 + 3 * 349 });
    expect(payload.lines.map(({ name, quantity, totalMinor }) => [name, quantity, totalMinor])).toEqual([
      ['Item mug', 2, 2380],
      ['Item tea, Green', 3, 1047],
    ]);
    expect(payload.findBy).toEqual({
      mail: lookupKeys.mail(' AOIFE@example.ie'),
      phone: lookupKeys.phone('00353 1 555 0100'),
      name: lookupKeys.name('byrne, aoife'),
    });
    expect(JSON.stringify(payload)).not.toMatch(/aoife|byrne|555/i);
  });

  test('where tax comes on top, the customer pays it', () => {
    expect(decided({}, { taxIncluded: false })).toMatchObject({ ok: true, fact: { payload: { totalMinor: 2927 } } });
  });

  test('an item that is named twice is one line', () => {
    const twice = decided({ items: [...wish.items, { item: 'tea', quantity: 1 }, { item: 'mug', quantity: 3 }] });
    expect(twice.ok && twice.fact.payload.lines.map(({ quantity }) => quantity)).toEqual([5, 1]);
  });

  test('[I6] lines add up to the total, for any quantities', () => {
    const quantity = fc.integer({ min: 1, max: QUANTITY_MAX });
    fc.assert(
      fc.property(quantity, quantity, fc.boolean(), (mugs, teas, taxIncluded) => {
        const wanted = [
          { item: 'mug', quantity: mugs },
          { item: 'tea', quantity: teas },
        ];
        const decision = decided({ items: wanted }, { taxIncluded });
        if (!decision.ok) throw new Error(decision.error.code);
        const { lines, totalMinor } = decision.fact.payload;
        expect(lines.reduce((sum, line) => sum + line.totalMinor, 0)).toBe(totalMinor);
        if (taxIncluded) expect(totalMinor).toBe(1190 * mugs + 349 * teas);
      }),
      propertyOptions(200),
    );
  });
});

describe('what is wrong is said', () => {
  const many = Array.from({ length: 401 }, (_, index) => ({ item: `item-${index}`, quantity: 1 }));
  test.each<[string, Partial<OrderRequest>, string]>([
    ['a store that is not the channel’s', { store: 'PAR1' }, 'unknown-store'],
    ['a store that is an attack', { store: '__proto__' }, 'unknown-store'],
    ['nothing ordered', { items: [] }, 'no-items'],
    ['too much ordered', { items: many }, 'too-many-items'],
    ['an unknown item', { items: [{ item: 'cup', quantity: 1 }] }, 'unknown-item'],
    ['an item without a price', { items: [{ item: 'ghost', quantity: 1 }] }, 'no-price'],
    ['an item priced in other money', { items: [{ item: 'yen', quantity: 1 }] }, 'no-price'],
    ['an item of an unknown tax', { items: [{ item: 'untaxed', quantity: 1 }] }, 'no-price'],
    ...[0, -1, 1e9, 10_000, 1.5, Number.NaN, Infinity].map((quantity): [string, Partial<OrderRequest>, string] => [
      `the quantity ${quantity}`,
      { items: [{ item: 'mug', quantity }] },
      'quantity-out-of-range',
    ]),
    [
      'a quantity that another one would hide',
      { items: [...wish.items, { item: 'mug', quantity: -1 }] },
      'quantity-out-of-range',
    ],
    [
      'two quantities that are too much together',
      { items: [1, 2].map(() => ({ item: 'mug', quantity: 6_000 })) },
      'quantity-out-of-range',
    ],
    ['an amount that no one can pay', { items: [{ item: 'dear', quantity: 9_999 }] }, 'amount-out-of-range'],
    ['no name', { name: '  ' }, 'name-missing'],
    ['a name of signs only', { name: '!?!' }, 'name-missing'],
    ['a name as long as a page', { name: 'x'.repeat(201) }, 'name-too-long'],
    ['a mail without a domain', { mail: 'aoife@' }, 'mail-broken'],
    ['a mail without a dot', { mail: 'aoife@localhost' }, 'mail-broken'],
    ['two mails', { mail: 'a@b.ie,c@d.ie' }, 'mail-broken'],
    ['a mail as long as a page', { mail: `${'x'.repeat(300)}@example.ie` }, 'mail-broken'],
    ['a phone of letters', { phone: 'call me' }, 'phone-broken'],
    ['no way to tell the customer', { mail: null, phone: null }, 'no-contact'],
  ])('%s', (_, changes, code) => {
    const decision = decided(changes);
    expect(decision).toMatchObject({ ok: false, error: { code } });
    if (decision.ok) return;
    const words = refusalWords(decision.error, ['DUB1', 'CRK1']);
    expect(words).toMatch(/\.$|…$/);
    expect(words.length).toBeLessThan(420);
  });

  test('what was typed does not steer the terminal', () => {
    const decision = decided({ store: '\u001b[2J' });
    expect(decision.ok || refusalWords(decision.error, ['DUB1'])).not.toContain('\u001b');
  });
});
