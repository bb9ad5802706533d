import type { Fact } from '@evertill/records';
import type { ChainFaultCode, Place } from './chain-fault.ts';

/** The numbers that a journal has given out so far. `undefined`: not known, because the reading began in the middle. */
export type NumbersGiven = {
  readonly epoch: number;
  readonly receiptNumber: number | undefined;
  readonly zNumber: number | undefined;
  readonly grandTotalMinor: number | undefined;
};

/** Before the first record of a journal. */
export const NO_NUMBERS: NumbersGiven = { epoch: 0, receiptNumber: 0, zNumber: 0, grandTotalMinor: 0 };
/** Before a record in the middle of a journal. */
export const UNKNOWN_NUMBERS: NumbersGiven = {
  epoch: 0,
  receiptNumber: undefined,
  zNumber: undefined,
  grandTotalMinor: undefined,
};

export type NumbersOutcome =
  | { readonly ok: true; readonly given: NumbersGiven }
  | { readonly ok: false; readonly code: ChainFaultCode; readonly detail: string };

/**
 * Takes the next fact in order, `null` for one of a type not known here. Receipt numbers are 1, 2, 3 … in each epoch, voids included (I5). Z numbers are 1, 2, 3 … over the
 * whole journal; each Z begins at the grand total that the one before left, adds its own total and never lowers it (I12).
 */
export function takeNumbers(before: NumbersGiven, { epoch, seq }: Place, fact: Fact | null): NumbersOutcome {
  const given = seq === 1 && epoch !== before.epoch ? { ...before, epoch, receiptNumber: 0 } : before;
  if (!fact) return { ok: true, given };
  if (fact.type === 'TransactionCompleted' || fact.type === 'TransactionVoided') {
    return takeReceiptNumber(given, fact.payload.receiptNumber);
  }
  if (fact.type === 'ZReportIssued') return takeZReport(given, fact.payload);
  return { ok: true, given };
}

function takeReceiptNumber(given: NumbersGiven, receiptNumber: number): NumbersOutcome {
  const expected = given.receiptNumber === undefined ? receiptNumber : given.receiptNumber + 1;
  if (receiptNumber !== expected) {
    return {
      ok: false,
      code: 'receipt-number',
      detail: `receipt number ${receiptNumber} stands where ${expected} belongs`,
    };
  }
  return { ok: true, given: { ...given, receiptNumber } };
}

function takeZReport(
  given: NumbersGiven,
  z: { zNumber: number; previousGrandTotalMinor: number; grandTotalMinor: number; sums: { totalMinor: number } },
): NumbersOutcome {
  const expected = given.zNumber === undefined ? z.zNumber : given.zNumber + 1;
  if (z.zNumber !== expected) {
    return { ok: false, code: 'z-number', detail: `Z report ${z.zNumber} stands where ${expected} belongs` };
  }
  const before = given.grandTotalMinor ?? z.previousGrandTotalMinor;
  const addsUp = z.previousGrandTotalMinor === before && z.grandTotalMinor === before + z.sums.totalMinor;
  if (!addsUp || z.grandTotalMinor < before) {
    const says = `${z.previousGrandTotalMinor} + ${z.sums.totalMinor} = ${z.grandTotalMinor}`;
    return {
      ok: false,
      code: 'grand-total',
      detail: `Z report ${z.zNumber} says ${says} where the grand total was ${before}`,
    };
  }
  return { ok: true, given: { ...given, zNumber: z.zNumber, grandTotalMinor: z.grandTotalMinor } };
}
