import { describe, expect, test } from 'vitest';
import { draftOf, must } from '../testing/sell.ts';
import { saleItem, shopContext } from '../testing/shop.ts';
import { decide } from './decide.ts';
import { restoreSuspended } from './restore-suspended.ts';

const by = { register: 'BER1-2', epoch: 1, seq: 7 };
const context = shopContext();

function recorded() {
  const mug = saleItem('mug', 1250, { variant: 'Blue', taxRates: [{ rateId: 'vat', name: 'VAT', ratePpm: 70_000 }] });
  const draft = draftOf([saleItem('tea', 399), mug]);
  const decision = decide(
    draft,
    { kind: 'suspend', transactionId: 'sale-1', name: 'Blue coat', recordedAs: by },
    context,
  );
  const fact = decision.ok ? decision.facts[0] : undefined;
  if (!decision.ok || fact?.type !== 'TransactionSuspended') throw new Error('a draft can be put aside');
  const record = { payload: fact.payload, at: context.at, currency: 'EUR', basis: draft.basis, by };
  return { held: decision.state, record };
}

describe('a transaction that another register put aside', () => {
  test('[CA-14] goes on with the same lines, prices, taxes and totals', () => {
    const { held, record } = recorded();
    const restored = restoreSuspended(record);
    expect(restored).toMatchObject({
      transactionId: 'sale-1',
      status: 'suspended',
      name: 'Blue coat',
      suspended: { by },
    });
    const tendered = (state: typeof held) => {
      const resumed = must(state, { kind: 'resume', transactionId: 'sale-1' });
      const paid = must(resumed, { kind: 'addCashTender', tenderId: 't', amountMinor: 2000, transactionId: 'sale-1' });
      const done = decide(paid, { kind: 'complete', transactionId: 'sale-1' }, context);
      return done.ok ? done.facts : done.error;
    };
    expect(restored && tendered(restored)).toEqual(tendered(held));
  });

  test('is nothing where this version cannot read it', () => {
    const { record } = recorded();
    const lines = record.payload.lines.map((line) => ({ ...line, quantity: 0 }));
    expect(restoreSuspended({ ...record, payload: { ...record.payload, lines } })).toBeNull();
  });
});
