import { HEADER_VERSION, NO_PREVIOUS_HASH, type Fact, writeRecord } from '@evertill/records';
import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cashForms } from '../money/denominations.ts';
import { draftOf, must } from '../testing/sell.ts';
import { arbitraryItems, shopContext } from '../testing/shop.ts';
import type { SaleItem, TransactionCommand, TransactionContext } from './commands.ts';
import { decide } from './decide.ts';
import { readTransactionState, type TransactionState } from './state.ts';
import { dueMinor, taxesOf, tenderedMinor, totalsOf } from './totals.ts';

/** What a random cashier does; ids and indices are resolved against the state at hand, now and then wrongly. */
type Step = { kind: TransactionCommand['kind']; pick: number; amount: number; aimRight: boolean };
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<TransactionCommand['kind'][]>(
      ...([
        'addLine',
        'addLine',
        'addLine',
        'changeQuantity',
        'voidLine',
        'voidTransaction',
        'suspend',
        'resume',
      ] as const),
      ...(['addCashTender', 'addCashTender', 'removeTender', 'backToDraft', 'complete', 'complete'] as const),
    ),
    pick: fc.nat(20),
    amount: fc.oneof(fc.nat(5000), fc.nat(200_000), fc.constantFrom(-1, 0, 1.5)),
    aimRight: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  }),
  { minLength: 1, maxLength: 40 },
);

function commandOf(
  step: Step,
  state: TransactionState | null,
  items: readonly SaleItem[],
  index: number,
): TransactionCommand {
  const aim = { transactionId: step.aimRight ? (state?.transactionId ?? 'none') : 'other' };
  const lineId = state?.lines[step.pick % Math.max(1, state.lines.length)]?.lineId ?? 'no-line';
  switch (step.kind) {
    case 'addLine': {
      const item = items[step.pick % items.length];
      if (!item) throw new Error('a shop has items');
      return { kind: 'addLine', newTransactionId: 'sale-1', lineId: `line-${index}`, item };
    }
    case 'changeQuantity':
      return { kind: 'changeQuantity', lineId, quantity: step.pick, ...aim };
    case 'voidLine':
      return { kind: 'voidLine', lineId, reason: 'mistake', ...aim };
    case 'voidTransaction':
      return { kind: 'voidTransaction', reason: 'left', ...aim };
    case 'suspend':
      return { kind: 'suspend', name: 'later', recordedAs: { register: 'r', epoch: 1, seq: index + 1 }, ...aim };
    case 'addCashTender':
      return { kind: 'addCashTender', tenderId: `tender-${index}`, amountMinor: tenderedBy(step, state), ...aim };
    case 'removeTender':
      return { kind: 'removeTender', tenderId: state?.tenders[0]?.tenderId ?? 'no-tender', ...aim };
    default:
      return { kind: step.kind, ...aim };
  }
}

/** Half of the cashiers take what the total says; the others whatever is drawn, so that every state is reached in every run. */
function tenderedBy(step: Step, state: TransactionState | null): number {
  return state && step.pick % 2 === 0 ? dueMinor(state) : step.amount;
}

const contexts = fc
  .record({
    taxIncluded: fc.boolean(),
    currency: fc.constantFrom('EUR', 'CHF', 'JPY'),
    nextReceiptNumber: fc.integer({ min: 1, max: 99 }),
  })
  .map((changes) => shopContext({ ...changes, denominationsMinor: cashForms(changes.currency).denominationsMinor }));

const legal: Record<TransactionState['status'], readonly TransactionState['status'][]> = {
  draft: ['draft', 'tendering', 'suspended', 'voided'],
  tendering: ['tendering', 'draft', 'completed', 'voided'],
  suspended: ['draft'],
  completed: [],
  voided: [],
};

function checkState(state: TransactionState, context: TransactionContext): void {
  const totals = totalsOf(state.lines);
  const taxes = taxesOf(state.lines);
  // I6: lines − discounts + tax = total
  expect(totals.extendedMinor - totals.discountMinor + (state.taxIncluded ? 0 : totals.taxMinor)).toBe(
    totals.totalMinor,
  );
  // I7: tax per line adds up to tax per rate
  expect(taxes.reduce((sum, tax) => sum + tax.taxMinor, 0)).toBe(totals.taxMinor);
  expect(tenderedMinor(state) + dueMinor(state)).toBe(totals.totalMinor + state.cashRoundingMinor);
  expect(Math.abs(totals.totalMinor + state.cashRoundingMinor) % Math.min(...context.denominationsMinor)).toBe(0);
  if (state.status === 'draft' || state.status === 'suspended') expect(state.tenders).toEqual([]);
  if (state.status === 'completed') expect(dueMinor(state)).toBeLessThanOrEqual(0);
  const ids = [...state.lines, ...state.voidedLines].map((line) => line.lineId);
  expect(new Set(ids).size).toBe(ids.length);
}

function checkFact(fact: Fact, context: TransactionContext): void {
  const header = {
    v: HEADER_VERSION,
    type: fact.type,
    typeV: 1,
    tenant: 't',
    store: 's',
    register: 'r',
    epoch: 1,
    seq: 1,
    prevHash: NO_PREVIOUS_HASH,
    at: context.at,
    tzOffsetMin: 0,
    businessDate: '2026-03-02',
    actor: 'anna',
    basis: context.basis,
    currency: context.currency,
  } as const;
  expect(writeRecord(header, fact.payload)).toContain(fact.type);
  if (fact.type !== 'TransactionCompleted') return;
  const { totals, tenders, changeDueMinor, cashRoundingMinor } = fact.payload;
  // I6: tenders − change = total
  expect(tenders.reduce((sum, tender) => sum + tender.amountMinor, -changeDueMinor)).toBe(
    totals.totalMinor + cashRoundingMinor,
  );
  expect(changeDueMinor).toBeGreaterThanOrEqual(0);
}

describe('the state machine under random cashiers', () => {
  test('[X1] [I6] [I7] no sequence of commands reaches an illegal state, and each fact is a record', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(steps, arbitraryItems, contexts, (all, items, context) => {
        let state: TransactionState | null = null;
        for (const [index, step] of all.entries()) {
          const command = commandOf(step, state, items, index);
          const before = JSON.stringify(state);
          const decision = decide(state, command, context);
          expect(JSON.stringify(state)).toBe(before);
          if (!decision.ok) continue;
          if (state) {
            expect(legal[state.status]).toContain(decision.state.status);
            expect(decision.state.revision - state.revision).toBeLessThanOrEqual(1);
          }
          reached.add(decision.state.status);
          checkState(decision.state, context);
          for (const fact of decision.facts) checkFact(fact, context);
          state = decision.state;
        }
      }),
      propertyOptions(300),
    );
    expect([...reached].sort()).toEqual(['completed', 'draft', 'suspended', 'tendering', 'voided']);
  });

  test('[X12] every state, written and read back, goes on identically', () => {
    fc.assert(
      fc.property(steps, arbitraryItems, contexts, (all, items, context) => {
        let state: TransactionState | null = null;
        for (const [index, step] of all.entries()) {
          const restored: TransactionState | null = state && readTransactionState(JSON.parse(JSON.stringify(state)));
          expect(restored).toEqual(state);
          const command = commandOf(step, state, items, index);
          const decision = decide(state, command, context);
          expect(decide(restored, command, context)).toEqual(decision);
          if (decision.ok) state = decision.state;
        }
      }),
      propertyOptions(200),
    );
  });

  test('[X3] however the same goods are scanned, lines merged or not, the total with tax inside is the same', () => {
    fc.assert(
      fc.property(
        arbitraryItems.chain((items) =>
          fc
            .array(fc.nat(items.length - 1), { minLength: 1, maxLength: 25 })
            .chain((picks) =>
              fc.tuple(
                fc.constant(picks),
                fc.shuffledSubarray(
                  picks.map((_, index) => index),
                  { minLength: picks.length },
                ),
              ),
            )
            .map(([picks, order]) => {
              const scanned = picks.map((pick) => items[pick] as SaleItem);
              return [scanned, order.map((index) => scanned[index] as SaleItem)] as const;
            }),
        ),
        fc.boolean(),
        ([scanned, shuffled], taxIncluded) => {
          const one = totalsOf(draftOf(scanned, shopContext({ taxIncluded })).lines);
          const other = totalsOf(draftOf(shuffled, shopContext({ taxIncluded })).lines);
          expect(other.extendedMinor).toBe(one.extendedMinor);
          expect(other.itemCount).toBe(one.itemCount);
          if (taxIncluded) expect(other.totalMinor).toBe(one.totalMinor);
        },
      ),
      propertyOptions(200),
    );
  });

  test('[T1] [I6] with lines kept apart, order changes neither total nor tax, on top or inside', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.boolean(), fc.nat(), (items, taxIncluded, turn) => {
        const context = shopContext({ taxIncluded });
        const turned = items.map((_, index) => items[(index + turn) % items.length] as SaleItem);
        const one = draftOf(items, context);
        const other = draftOf(turned, context);
        expect(totalsOf(other.lines)).toEqual(totalsOf(one.lines));
        expect(taxesOf(other.lines).map(withoutName)).toEqual(taxesOf(one.lines).map(withoutName));
      }),
      propertyOptions(200),
    );
  });

  test('[X5] voiding a line takes away exactly what it added', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.nat(), fc.boolean(), (items, pick, taxIncluded) => {
        const context = shopContext({ taxIncluded });
        const state = draftOf(items, context);
        const line = state.lines[pick % state.lines.length];
        if (!line) throw new Error('a draft has a line');
        const after = must(
          state,
          { kind: 'voidLine', transactionId: 'sale-1', lineId: line.lineId, reason: 'r' },
          context,
        );
        expect(totalsOf(after.lines).totalMinor + line.totalMinor).toBe(totalsOf(state.lines).totalMinor);
      }),
      propertyOptions(100),
    );
  });
});

// Which of two names a sum carries depends on which line came first; the amounts do not.
function withoutName({ rateId, ratePpm, taxableMinor, taxMinor }: ReturnType<typeof taxesOf>[number]) {
  return { rateId, ratePpm, taxableMinor, taxMinor };
}
