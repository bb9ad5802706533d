import {
  HEADER_VERSION,
  NO_PREVIOUS_HASH,
  readRecord,
  writeRecord,
  type Fact,
  type ReadRecord,
} from '@evertill/records';
import { propertyOptions } from '@evertill/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftOf, must } from '../testing/sell.ts';
import { arbitraryItems, saleItem, shopContext } from '../testing/shop.ts';
import { decide } from '../transaction/decide.ts';
import type { SaleItem } from '../transaction/commands.ts';
import { everyHour, grandTotalMinor, localHour, sumSales } from './sales-sums.ts';

const aim = { transactionId: 'sale-1' };

function recorded(fact: Fact, at = '2026-03-02T09:00:00.000Z', tzOffsetMin = 60): ReadRecord {
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
    at,
    tzOffsetMin,
    businessDate: '2026-03-02',
    actor: 'anna',
    basis: shopContext().basis,
    currency: 'EUR',
  } as const;
  return readRecord(writeRecord(header, fact.payload));
}

function factOf(
  items: readonly SaleItem[],
  receiptNumber: number,
  end: 'sold' | 'voided',
  tillSessionId = 'till-1',
): Fact {
  const context = shopContext({ nextReceiptNumber: receiptNumber, tillSessionId });
  const draft = draftOf(items, context);
  const total = draft.lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const tendered = () => must(draft, { kind: 'addCashTender', tenderId: 't', amountMinor: total, ...aim }, context);
  const decision =
    end === 'voided'
      ? decide(draft, { kind: 'voidTransaction', reason: 'left', ...aim }, context)
      : decide(tendered(), { kind: 'complete', ...aim }, context);
  const fact = decision.ok ? decision.facts[0] : undefined;
  if (!fact) throw new Error('no fact');
  return fact;
}

describe('sums of a till session', () => {
  const tea = saleItem('tea', 399);

  test('[R1] [R4] sales add up, voided transactions count without money, other sessions add nothing', () => {
    const sums = sumSales(
      [
        recorded(factOf([tea, tea], 4, 'sold')),
        recorded(factOf([tea], 5, 'voided')),
        recorded(factOf([tea], 6, 'sold'), '2026-03-02T11:59:59.999Z'),
        recorded(factOf([tea], 7, 'sold', 'till-2')),
      ],
      'till-1',
    );
    expect(sums).toEqual({
      transactionCount: 2,
      voidedTransactionCount: 1,
      voidedLineCount: 0,
      itemCount: 3,
      extendedMinor: 1197,
      discountMinor: 0,
      taxMinor: 191,
      totalMinor: 1197,
      taxes: [{ rateId: 'vat', name: 'VAT', ratePpm: 190_000, taxableMinor: 1006, taxMinor: 191 }],
      tenders: [{ kind: 'cash', count: 2, amountMinor: 1197 }],
      changeGivenMinor: 0,
      firstReceiptNumber: 4,
      lastReceiptNumber: 6,
      hours: [
        { hour: 10, transactionCount: 1, totalMinor: 798 },
        { hour: 12, transactionCount: 1, totalMinor: 399 },
      ],
    });
    expect(everyHour(sums.hours).map((hour) => [hour.hour, hour.transactionCount])).toEqual([
      [10, 1],
      [11, 0],
      [12, 1],
    ]);
    expect(everyHour([])).toEqual([]);
  });

  test('[R2] the hour is the local one, half-hour zones and midnight included', () => {
    expect(localHour('2026-03-02T23:45:00.000Z', 60)).toBe(0);
    expect(localHour('2026-03-02T18:45:00.000Z', 330)).toBe(0);
    expect(localHour('2026-03-02T01:00:00.000Z', -300)).toBe(20);
  });

  test('[I12] [R1] sums do not depend on order, split sessions add up to the whole, the grand total never falls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(arbitraryItems, fc.constantFrom('sold', 'voided'), fc.boolean()), { maxLength: 8 }),
        (days) => {
          const records = days.map(([items, end, first], index) =>
            recorded(factOf(items, index + 1, end, first ? 'one' : 'two')),
          );
          const one = sumSales(records, 'one');
          const two = sumSales(records, 'two');
          expect(sumSales([...records].reverse(), 'one')).toMatchObject({ ...one, taxes: expect.anything() });
          const total = records.reduce(
            (sum, record) =>
              sum + (record.known && record.type === 'TransactionCompleted' ? record.payload.totals.totalMinor : 0),
            0,
          );
          expect(grandTotalMinor(grandTotalMinor(0, one), two)).toBe(total);
          expect(grandTotalMinor(500, one)).toBeGreaterThanOrEqual(500);
          // I7: tax per rate in the Z adds up to the tax of its sales
          expect(one.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0)).toBe(one.taxMinor);
        },
      ),
      propertyOptions(60),
    );
  });
});
