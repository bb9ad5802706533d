import { describe, expect, it } from 'vitest';
import { transaction } from '../gallery/fixtures.ts';
import { chooseBy, chosenLine, chooseLine } from './chosen-line.ts';

const changed = { ...transaction, revision: transaction.revision + 1, touchedLineId: 'l2' };

describe('the line that quantity and void are about', () => {
  it('the one last touched, when nobody chose', () => {
    expect(chosenLine(transaction, null)?.lineId).toBe('l5');
  });

  it('the one chosen, until the transaction changes', () => {
    const choice = chooseLine(transaction, 'l1');
    expect(chosenLine(transaction, choice)?.lineId).toBe('l1');
    expect(chosenLine(changed, choice)?.lineId).toBe('l2');
  });

  it('the last one, when the touched one is gone', () => {
    expect(chosenLine({ ...transaction, touchedLineId: 'voided' }, null)?.lineId).toBe('l5');
    expect(chosenLine({ ...transaction, lines: [] }, null)).toBeNull();
  });

  it('arrows stay inside the list', () => {
    const first = chooseLine(transaction, 'l1');
    expect(chooseBy(-1, transaction, first)?.lineId).toBe('l1');
    expect(chooseBy(1, transaction, first)?.lineId).toBe('l2');
    expect(chooseBy(1, transaction, null)?.lineId).toBe('l5');
  });
});
