import { describe, expect, test } from 'vitest';
import { cashForms } from '../money/denominations.ts';
import { saleItem, shopContext } from '../testing/shop.ts';
import { draftOf, must } from '../testing/sell.ts';
import type { TransactionCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { TransactionState } from './state.ts';
import { dueMinor } from './totals.ts';

const aim = { transactionId: 'sale-1' };
const cash = (amountMinor: number, tenderId = 'tender-1'): TransactionCommand => ({
  kind: 'addCashTender',
  tenderId,
  amountMinor,
  ...aim,
});
const complete: TransactionCommand = { kind: 'complete', ...aim };
const refusal = (state: TransactionState, command: TransactionCommand, context = shopContext()) => {
  const decision = decide(state, command, context);
  return decision.ok ? 'accepted' : decision.error.code;
};
const draft = () => draftOf([saleItem('tea', 399), saleItem('mug', 1250)]);

describe('the end of a transaction', () => {
  test('[X9] [C2] enough cash completes, and one fact holds all of it', () => {
    const tendered = must(draft(), cash(2000));
    expect(dueMinor(tendered)).toBe(-351);
    const decision = decide(
      tendered,
      complete,
      shopContext({ nextReceiptNumber: 42, cashier: { id: 'ben', name: 'Ben' } }),
    );
    expect(decision).toMatchObject({
      ok: true,
      state: { status: 'completed' },
      facts: [
        {
          type: 'TransactionCompleted',
          payload: {
            receiptNumber: 42,
            cashier: { id: 'ben' },
            changeDueMinor: 351,
            tenders: [{ tenderId: 'tender-1', kind: 'cash', amountMinor: 2000 }],
            totals: { extendedMinor: 1649, discountMinor: 0, taxMinor: 264, totalMinor: 1649, itemCount: 2 },
            taxes: [{ rateId: 'vat', name: 'VAT', taxableMinor: 1385, taxMinor: 264 }],
          },
        },
      ],
    });
  });

  test('[X9] too little cash waits for more, in any order; one tender can be taken back', () => {
    let state = must(draft(), cash(1000));
    expect(state.status).toBe('tendering');
    expect(refusal(state, complete)).toBe('tender-too-small');
    state = must(state, cash(500, 'tender-2'));
    state = must(state, { kind: 'removeTender', tenderId: 'tender-1', ...aim });
    expect(dueMinor(state)).toBe(1149);
    expect(refusal(state, { kind: 'removeTender', tenderId: 'tender-1', ...aim })).toBe('unknown-line');
    state = must(state, cash(1149, 'tender-3'));
    expect(refusal(state, complete)).toBe('accepted');
    expect(refusal(state, cash(1, 'tender-4'))).toBe('wrong-state');
  });

  test('[C3] [C4] a tender is neither nothing, nor a slip of the keys, nor the twenty-first', () => {
    for (const amount of [0, -5, 1.5, Number.NaN]) expect(refusal(draft(), cash(amount))).toBe('tender-too-small');
    expect(refusal(draft(), cash(1649 + 50_000))).toBe('tender-too-large');
    let state = draft();
    for (let index = 1; index < 20; index += 1) state = must(state, cash(1, `tender-${index}`));
    expect(refusal(state, cash(1, 'tender-20'))).toBe('tender-too-small');
    expect(refusal(must(state, cash(1649 - 19, 'tender-20')), complete)).toBe('accepted');
  });

  test('[C1] cash rounding is stated and adds up', () => {
    const context = shopContext({ currency: 'CHF', denominationsMinor: cashForms('CHF').denominationsMinor });
    const state = must(draftOf([saleItem('tea', 1232)], context), cash(2000), context);
    const decision = decide(state, complete, context);
    expect(decision).toMatchObject({ ok: true, facts: [{ payload: { cashRoundingMinor: -2, changeDueMinor: 770 } }] });
  });

  test('[C3] nothing to pay wants a tender of nothing', () => {
    const free = draftOf([saleItem('leaflet', 0)]);
    expect(refusal(free, cash(1))).toBe('tender-too-large');
    const decision = decide(must(free, cash(0)), complete, shopContext());
    expect(decision).toMatchObject({
      ok: true,
      facts: [{ payload: { changeDueMinor: 0, tenders: [{ amountMinor: 0 }] } }],
    });
  });

  test('[X7] what holds tenders is not left: not voided, not suspended, not back to lines', () => {
    const state = must(draft(), cash(100));
    expect(refusal(state, { kind: 'voidTransaction', reason: 'left', ...aim })).toBe('wrong-state');
    expect(refusal(state, { kind: 'backToDraft', ...aim })).toBe('wrong-state');
    expect(refusal(state, { kind: 'suspend', name: '', recordedAs: place, ...aim })).toBe('wrong-state');
    const emptied = must(state, { kind: 'removeTender', tenderId: 'tender-1', ...aim });
    expect(emptied.status).toBe('tendering');
    expect(must(emptied, { kind: 'backToDraft', ...aim }).status).toBe('draft');
    expect(refusal(emptied, { kind: 'voidTransaction', reason: 'left', ...aim })).toBe('accepted');
  });

  test('[X6] back from a look at the tender page changes nothing', () => {
    const state = draft();
    expect(must(state, { kind: 'backToDraft', ...aim })).toEqual(state);
  });

  test('[I5] a voided transaction keeps what it held and takes a number', () => {
    const decision = decide(
      draft(),
      { kind: 'voidTransaction', reason: 'Left', ...aim },
      shopContext({ nextReceiptNumber: 7 }),
    );
    expect(decision).toMatchObject({
      ok: true,
      state: { status: 'voided' },
      facts: [
        { type: 'TransactionVoided', payload: { receiptNumber: 7, reason: 'Left', totals: { totalMinor: 1649 } } },
      ],
    });
  });

  const place = { register: 'BER1-1', epoch: 1, seq: 9 };

  test('[X1] suspended and resumed it is what it was, and the records point at each other', () => {
    const before = draft();
    const put = decide(before, { kind: 'suspend', name: ' Blue coat ', recordedAs: place, ...aim }, shopContext());
    expect(put).toMatchObject({ ok: true, facts: [{ type: 'TransactionSuspended', payload: { name: 'Blue coat' } }] });
    if (!put.ok) throw new Error('refused');
    expect(refusal(put.state, cash(2000))).toBe('wrong-state');
    const taken = decide(put.state, { kind: 'resume', ...aim }, shopContext());
    expect(taken).toMatchObject({ ok: true, facts: [{ type: 'TransactionResumed', payload: { suspended: place } }] });
    if (!taken.ok) throw new Error('refused');
    expect(taken.state).toEqual({ ...before, name: 'Blue coat', revision: before.revision + 2 });
  });

  test('[X8] a transaction whose lines are all voided can be voided only', () => {
    const state = must(draftOf([saleItem('tea', 399)]), { kind: 'voidLine', lineId: 'line-1', reason: 'r', ...aim });
    expect(refusal(state, cash(1))).toBe('empty-transaction');
    expect(refusal(state, { kind: 'suspend', name: '', recordedAs: place, ...aim })).toBe('empty-transaction');
    expect(refusal(state, { kind: 'voidTransaction', reason: 'Left', ...aim })).toBe('accepted');
  });
});
