import { LINES_MAX } from '@evertill/records';
import { describe, expect, test } from 'vitest';
import { saleItem, shopContext } from '../testing/shop.ts';
import { draftOf, must } from '../testing/sell.ts';
import type { SaleItem, TransactionCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { TransactionState } from './state.ts';
import { savedOnAllMinor, totalsOf } from './totals.ts';

const tea = saleItem('tea', 399);
const mug = saleItem('mug', 1250);
const add = (item: SaleItem, lineId = 'line-9'): TransactionCommand => ({
  kind: 'addLine',
  newTransactionId: 'sale-1',
  lineId,
  item,
});
const refusal = (state: TransactionState | null, command: TransactionCommand, context = shopContext()) => {
  const decision = decide(state, command, context);
  return decision.ok ? 'accepted' : decision.error.code;
};

describe('lines of a transaction', () => {
  test('[X2] the first line starts the transaction; any other command finds none', () => {
    const state = draftOf([tea]);
    expect(state).toMatchObject({ transactionId: 'sale-1', status: 'draft', revision: 1, touchedLineId: 'line-1' });
    expect(refusal(null, { kind: 'backToDraft', transactionId: 'sale-1' })).toBe('no-transaction');
  });

  test('[X3] the same item directly again raises the quantity', () => {
    const state = draftOf([tea, tea, tea]);
    expect(state.lines).toMatchObject([{ lineId: 'line-1', quantity: 3, extendedMinor: 1197, totalMinor: 1197 }]);
  });

  test('[X3] something in between, or another price, makes a new line', () => {
    expect(draftOf([tea, mug, tea]).lines.map((line) => line.quantity)).toEqual([1, 1, 1]);
    const cheaper = saleItem('tea', 299);
    expect(draftOf([tea, cheaper]).lines.map((line) => line.unitPriceMinor)).toEqual([399, 299]);
    const renewed = saleItem('tea', 399, { price: { priceId: 'price-2', amountMinor: 399, compareAtMinor: null } });
    expect(draftOf([tea, renewed]).lines.map((line) => line.priceId)).toEqual(['price-tea', 'price-2']);
    const taxed = saleItem('tea', 399, { taxRates: [{ rateId: 'vat', name: 'VAT', ratePpm: 160_000 }] });
    expect(draftOf([tea, taxed]).lines).toHaveLength(2);
  });

  test('[X3] a full line is followed by a new one', () => {
    const context = shopContext({ limits: { lineQuantityMax: 2, totalMaxMinor: 1_000_000 } });
    expect(draftOf([tea, tea, tea], context).lines.map((line) => line.quantity)).toEqual([2, 1]);
  });

  test('[X4] quantities are whole, from one to the maximum', () => {
    const state = draftOf([tea]);
    const change = (quantity: number): TransactionCommand => ({
      kind: 'changeQuantity',
      transactionId: 'sale-1',
      lineId: 'line-1',
      quantity,
    });
    for (const quantity of [0, -1, 1.5, 1000, Number.NaN])
      expect(refusal(state, change(quantity))).toBe('quantity-out-of-range');
    expect(must(state, change(999)).lines[0]?.extendedMinor).toBe(999 * 399);
  });

  test('[X5] a voided line is kept with reason, who and when, and leaves the sum', () => {
    const state = draftOf([tea, mug]);
    const after = must(state, { kind: 'voidLine', transactionId: 'sale-1', lineId: 'line-1', reason: ' Too\ndear ' });
    expect(totalsOf(after.lines)).toMatchObject({ totalMinor: 1250, itemCount: 1 });
    expect(after.voidedLines).toEqual([
      {
        lineId: 'line-1',
        itemId: 'tea',
        name: 'Item tea',
        quantity: 1,
        extendedMinor: 399,
        reason: 'Too dear',
        voidedBy: 'anna',
        voidedAt: '2026-03-02T09:00:00.000Z',
      },
    ]);
    expect(refusal(state, { kind: 'voidLine', transactionId: 'sale-1', lineId: 'line-1', reason: ' ' })).toBe(
      'bad-message',
    );
    expect(
      refusal(state, { kind: 'voidLine', transactionId: 'sale-1', lineId: 'line-1', reason: 'x'.repeat(201) }),
    ).toBe('text-too-long');
    expect(refusal(after, { kind: 'voidLine', transactionId: 'sale-1', lineId: 'line-1', reason: 'again' })).toBe(
      'unknown-line',
    );
  });

  test('[X6] a stale screen changes nothing', () => {
    const state = draftOf([tea, mug]);
    const stale = {
      kind: 'changeQuantity',
      transactionId: 'sale-1',
      revision: 1,
      lineId: 'line-1',
      quantity: 2,
    } as const;
    expect(refusal(state, stale)).toBe('stale-screen');
    expect(must(state, { ...stale, revision: 2 }).revision).toBe(3);
    expect(refusal(state, { ...stale, transactionId: 'sale-2' })).toBe('unknown-transaction');
  });

  test('[P3] savings against the compare-at price', () => {
    const reduced = saleItem('jacket', 5000, { price: { priceId: null, amountMinor: 5000, compareAtMinor: 8000 } });
    const raised = saleItem('hat', 900, { price: { priceId: null, amountMinor: 900, compareAtMinor: 800 } });
    expect(savedOnAllMinor(draftOf([reduced, reduced, raised]).lines)).toBe(6000);
  });

  test('[P4] a quantity changed later keeps the price it was made with', () => {
    const state = draftOf([tea]);
    const after = must(state, { kind: 'changeQuantity', transactionId: 'sale-1', lineId: 'line-1', quantity: 2 });
    expect(after.lines[0]).toMatchObject({ unitPriceMinor: 399, extendedMinor: 798, taxes: [{ taxMinor: 127 }] });
  });

  test.each([
    ['no price', { price: null }, 'no-price'],
    ['a fraction for a price', { price: { priceId: null, amountMinor: 1.5, compareAtMinor: null } }, 'no-price'],
    ['a negative price', { price: { priceId: null, amountMinor: -1, compareAtMinor: null } }, 'no-price'],
    [
      'a price beyond the limit',
      { price: { priceId: null, amountMinor: 2e9, compareAtMinor: null } },
      'amount-out-of-range',
    ],
    ['an unknown tax class', { taxRates: null }, 'no-price'],
    ['an id that no record takes', { itemId: 'tee & so' }, 'unknown-item'],
    ['a tax class that no record takes', { taxClass: 'x'.repeat(81) }, 'unknown-item'],
  ] satisfies [string, Partial<SaleItem>, string][])('[X10] an item with %s is refused: %s', (_, changes, code) => {
    expect(refusal(null, add(saleItem('tea', 399, changes)))).toBe(code);
  });

  test('[X10] texts are cleaned and cut to what a record and a printer take', () => {
    const odd = saleItem('odd', 100, { name: `\u001bp${'x'.repeat(300)}`, variant: 'S\uD800', sku: '😀'.repeat(60) });
    const line = must(null, add({ ...odd, name: odd.name.slice(0, 250) })).lines[0];
    expect(line?.name).toHaveLength(200);
    expect(line?.name).not.toContain('\u001b');
    expect(line?.variant).toBe('S\uFFFD');
    expect(line?.sku).toBe('😀'.repeat(40));
  });

  test('[X10] lines and voided lines together have a limit', () => {
    const items = Array.from({ length: LINES_MAX }, (_, index) => saleItem(`i${index}`, 100));
    const full = draftOf(items);
    expect(refusal(full, add(saleItem('more', 100)))).toBe('too-many-lines');
    const voided = must(full, { kind: 'voidLine', transactionId: 'sale-1', lineId: 'line-1', reason: 'r' });
    expect(refusal(voided, add(saleItem('more', 100)))).toBe('too-many-lines');
  });

  test('[X10] a record has room for 64 different tax rates', () => {
    const taxed = (index: number) =>
      saleItem(`i${index}`, 100, { taxRates: [{ rateId: `rate-${index}`, name: 'R', ratePpm: 10_000 }] });
    const full = draftOf(Array.from({ length: 64 }, (_, index) => taxed(index)));
    expect(refusal(full, add(taxed(64)))).toBe('too-many-lines');
    expect(refusal(full, add(taxed(3)))).toBe('accepted');
  });

  test('[P4] the total has a limit, and what is compared at has no say', () => {
    const dear = saleItem('dear', 999_999_999, {
      price: { priceId: null, amountMinor: 999_999_999, compareAtMinor: 9e15 },
    });
    const state = must(null, add(dear));
    expect(state.lines[0]?.compareAtMinor).toBeNull();
    expect(refusal(state, add(dear))).toBe('amount-out-of-range');
  });
});
