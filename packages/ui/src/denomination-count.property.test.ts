import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeypadKey } from './amount-entry.ts';
import {
  countedMinor,
  countedPieces,
  enterCell,
  newDenominationCount,
  PIECES_DIGITS_MAX,
  typeCell,
  writeCell,
} from './denomination-count.ts';

const euro = [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
const keys = fc.constantFrom<KeypadKey>('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '00', 'erase', 'clear');

describe('counting notes and coins', () => {
  it('[MG-07] the money counted is the sum of the pieces counted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99_999), { minLength: euro.length, maxLength: euro.length }), (pieces) => {
        const count = pieces.reduce(
          (now, many, index) => writeCell(now, index, many === 0 ? '' : String(many)),
          newDenominationCount(euro),
        );
        expect(countedMinor(count)).toBe(pieces.reduce((sum, many, index) => sum + many * (euro[index] ?? 0), 0));
        expect(countedPieces(count)).toHaveLength(pieces.filter((many) => many > 0).length);
      }),
    );
  });

  it('[MG-07] no sequence of keys leaves the grid or makes a count that is not a number of pieces', () => {
    const step = fc.oneof(keys, fc.integer({ min: -3, max: 20 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const end = steps.reduce<ReturnType<typeof newDenominationCount>>(
          (count, one) => (typeof one === 'number' ? enterCell(count, one) : typeCell(count, one)),
          newDenominationCount(euro),
        );
        expect(end.active).toBeGreaterThanOrEqual(0);
        expect(end.active).toBeLessThan(euro.length);
        for (const digits of end.typed) expect(digits).toMatch(new RegExp(`^([1-9]\\d{0,${PIECES_DIGITS_MAX - 1}})?$`));
        for (const piece of countedPieces(end)) expect(piece.count).toBeGreaterThan(0);
      }),
    );
  });

  it('the first digit in a cell replaces what was there, the next ones follow', () => {
    const once = typeCell(newDenominationCount(euro), '7');
    const again = typeCell(typeCell(enterCell(once, 0), '1'), '2');
    expect(again.typed[0]).toBe('12');
  });
});
