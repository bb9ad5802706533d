import type { TransactionView } from '@evertill/register';

export type LineChange =
  | { kind: 'line'; lineId: string }
  | { kind: 'voided'; name: string }
  | { kind: 'total' }
  | null;

/** What to tell someone who cannot see the screen about a new snapshot of the transaction. `null`: nothing worth saying. */
export function lineChange(before: TransactionView | null, after: TransactionView | null): LineChange {
  if (!after || (before?.transactionId === after.transactionId && before.revision === after.revision)) return null;
  // A restored or resumed transaction is told as a whole, not line by line.
  if (before?.transactionId !== after.transactionId && after.lines.length > 1) return { kind: 'total' };
  const voidedBefore = before?.transactionId === after.transactionId ? before.voidedLines.length : 0;
  const voided = after.voidedLines[after.voidedLines.length - 1];
  if (voided && after.voidedLines.length > voidedBefore) return { kind: 'voided', name: voided.name };
  const touched = after.lines.find((line) => line.lineId === after.touchedLineId);
  const old = before?.lines.find((line) => line.lineId === after.touchedLineId);
  if (touched && (old?.quantity !== touched.quantity || old.totalMinor !== touched.totalMinor)) {
    return { kind: 'line', lineId: touched.lineId };
  }
  return null;
}
