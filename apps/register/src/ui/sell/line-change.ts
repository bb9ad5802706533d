import type { TransactionView } from '@evertill/register';

export type LineChange = { kind: 'line'; lineId: string } | { kind: 'voided'; name: string } | { kind: 'total' } | null;

/** What to tell someone who cannot see the screen about a new snapshot of the transaction. `null`: nothing worth saying. */
export function lineChange(before: TransactionView | null, after: TransactionView | null): LineChange {
  if (!after || (before?.transactionId === after.transactionId && before.revision === after.revision)) return null;
  const known = before?.transactionId === after.transactionId ? before : null;
  // A restored or resumed transaction is told as a whole, not line by line.
  if (!known && after.lines.length + after.voidedLines.length > 1) return { kind: 'total' };
  const voided = after.voidedLines[after.voidedLines.length - 1];
  if (voided && after.voidedLines.length > (known?.voidedLines.length ?? 0)) {
    return { kind: 'voided', name: voided.name };
  }
  const touched = after.lines.find((line) => line.lineId === after.touchedLineId);
  const old = known?.lines.find((line) => line.lineId === after.touchedLineId);
  if (touched && (old?.quantity !== touched.quantity || old.totalMinor !== touched.totalMinor)) {
    return { kind: 'line', lineId: touched.lineId };
  }
  return null;
}
