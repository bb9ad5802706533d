import type { LineView, TransactionView } from '@evertill/register';

/** A line the person moved to, and the revision they saw: any change of the transaction moves on to what it touched. */
export type LineChoice = { readonly lineId: string; readonly transactionId: string; readonly revision: number } | null;

/** The line that quantity and void are about: the one chosen on this revision, else the one last touched, else the last. */
export function chosenLine(transaction: TransactionView, choice: LineChoice): LineView | null {
  const { lines } = transaction;
  const current = choice?.transactionId === transaction.transactionId && choice.revision === transaction.revision;
  const wanted = current ? choice.lineId : transaction.touchedLineId;
  return lines.find((line) => line.lineId === wanted) ?? lines[lines.length - 1] ?? null;
}

/** The choice one line up (-1) or down (+1); stays at the edges. */
export function chooseBy(step: -1 | 1, transaction: TransactionView, choice: LineChoice): LineChoice {
  const now = chosenLine(transaction, choice);
  const index = transaction.lines.findIndex((line) => line.lineId === now?.lineId) + step;
  const line = transaction.lines[Math.min(Math.max(index, 0), transaction.lines.length - 1)];
  return line ? chooseLine(transaction, line.lineId) : null;
}

export const chooseLine = (transaction: TransactionView, lineId: string): LineChoice => ({
  lineId,
  transactionId: transaction.transactionId,
  revision: transaction.revision,
});
