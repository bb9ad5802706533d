import type { PrintBlock } from '@evertill/driver-contract';
import type { Page } from './page.ts';

type TaxTotal = { rateId: string; name: string; ratePpm: number; taxableMinor: number; taxMinor: number };

/** A letter for each rate, by which a line says what tax it bears. After Z follow AA, AB …; 64 rates are the most. */
export function taxLetters(taxes: readonly TaxTotal[]): Map<string, string> {
  const letter = (index: number) => String.fromCharCode(65 + index);
  return new Map(
    taxes.map(({ rateId }, index) => [
      rateId,
      index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26),
    ]),
  );
}

/** Net and tax per rate (I7: the rows add up to the tax of the sale). */
export function taxTable(page: Page, taxes: readonly TaxTotal[], letters: ReadonlyMap<string, string>): PrintBlock[] {
  if (taxes.length === 0) return [];
  const { words, formats } = page;
  const rows = taxes.map(({ rateId, name, ratePpm, taxableMinor, taxMinor }) =>
    row(
      page,
      `${letters.get(rateId) ?? ''} ${name} ${formats.percent(ratePpm)}`,
      formats.amount(taxableMinor),
      formats.amount(taxMinor),
    ),
  );
  return [row(page, '', words.net, words.tax), ...rows];
}

function row({ columns }: Page, label: string, net: string, tax: string): PrintBlock {
  const width = Math.max(Math.floor(columns / 4), net.length + 1, tax.length + 1);
  return {
    kind: 'columns',
    cells: [
      { text: label, width: columns - 2 * width },
      { text: net, width, align: 'right' },
      { text: tax, width, align: 'right' },
    ],
  };
}
