import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPrintDocument, type PrintBlock } from '@evertill/driver-contract';
import { virtualPrinter } from '../virtual/index.ts';
import { epsonProfile } from '../profile/printer-profile.ts';
import { encodeDocument } from './encode-document.ts';

/** Texts full of what makes a printer do things. */
const dangerous = fc.constantFrom(
  '\u001bp\u0000\u0019\u00fa',
  '\u0010\u0014\u0001\u0000\u0001',
  '\u001d(k',
  '\u001b@',
  '\n',
  '\u0085',
);
const texts = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }), dangerous),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

const blocks: fc.Arbitrary<PrintBlock> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: texts }),
  fc.record({
    kind: fc.constant('text' as const),
    text: texts,
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    size: fc.constantFrom('normal' as const, 'tall' as const, 'wide' as const, 'large' as const),
    bold: fc.boolean(),
    invert: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('columns' as const),
    cells: fc.tuple(
      fc.record({ text: texts, width: fc.integer({ min: 1, max: 16 }) }),
      fc.record({ text: texts, width: fc.integer({ min: 1, max: 16 }), align: fc.constant('right' as const) }),
    ),
  }),
  fc.record({ kind: fc.constant('qr' as const), value: texts.filter((text) => text !== '') }),
  fc.constant({ kind: 'rule' as const }),
);

describe('whatever a document says', () => {
  it('no text opens the drawer, cuts the paper, leaves the paper or is an unknown command', () => {
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 12 }), fc.constantFrom<32 | 42 | 48>(32, 42, 48), (all, columns) => {
        const document = { v: 1 as const, columns, blocks: all };
        fc.pre(checkPrintDocument(document).ok);
        const result = encodeDocument(document, epsonProfile, { openDrawer: true, interruptedBefore: false });
        if (!result.ok) throw new Error(result.error.at);
        const twin = virtualPrinter({ columns, clock: { nowMs: () => 0, after: () => () => {} } });
        for (const piece of result.encoded.pieces) twin.receive(piece);
        expect(twin.drawerKicks).toEqual([]);
        expect(twin.cuts).toBe(0);
        expect(twin.unknown).toEqual([]);
        expect(twin.buffered).toBe(0);
        for (const item of twin.roll.items) {
          if (item.kind !== 'line') continue;
          expect(item.characters.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(columns);
        }
      }),
      { numRuns: 200 },
    );
  });
});
