import type { TransactionView } from '@evertill/register';
import { describe, expect, it } from 'vitest';
import { longTransaction, transaction } from '../gallery/fixtures.ts';
import { lineChange } from './line-change.ts';

const next = (change: Partial<TransactionView>): TransactionView => ({
  ...transaction,
  revision: transaction.revision + 1,
  ...change,
});

describe('what is said about a change of the transaction', () => {
  it('[IT-15] the line that was added', () => {
    const before = { ...transaction, lines: transaction.lines.slice(0, 4), touchedLineId: 'l4' };
    expect(lineChange(before, next({}))).toEqual({ kind: 'line', lineId: 'l5' });
  });

  it('[IT-15] the first line of a new transaction', () => {
    expect(lineChange(null, { ...transaction, lines: transaction.lines.slice(4), voidedLines: [] })).toEqual({
      kind: 'line',
      lineId: 'l5',
    });
  });

  it('a line whose quantity changed', () => {
    const lines = transaction.lines.map((line) => (line.lineId === 'l2' ? { ...line, quantity: 4 } : line));
    expect(lineChange(transaction, next({ lines, touchedLineId: 'l2' }))).toEqual({ kind: 'line', lineId: 'l2' });
  });

  it('a voided line by its name', () => {
    const voided = { lineId: 'l4', name: 'Canvas tote bag', quantity: 1, extendedMinor: 1250, reason: 'Damaged' };
    const after = next({
      lines: transaction.lines.slice(0, 3),
      voidedLines: [...transaction.voidedLines, voided],
      touchedLineId: null,
    });
    expect(lineChange(transaction, after)).toEqual({ kind: 'voided', name: 'Canvas tote bag' });
  });

  it('only the total of a transaction that came back as a whole', () => {
    expect(lineChange(null, longTransaction)).toEqual({ kind: 'total' });
  });

  it('nothing when nothing changed', () => {
    expect(lineChange(transaction, transaction)).toBeNull();
    expect(lineChange(transaction, null)).toBeNull();
  });
});
