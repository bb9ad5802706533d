import iconv from 'iconv-lite';
import type { CodePage, CodePageName } from '../profile/printer-profile.ts';
import { cleanLine } from './clean-text.ts';

/** Part of a line that prints in one code page. */
export type TextRun = { page: CodePageName; text: string };

/** Turns any text into characters that the printer has. One per job: it remembers what it had to replace. */
export type PrintableText = {
  /** One character of the result is one column on paper. */
  printable(text: string): string;
  /** Whether some page has the character. */
  has(character: string): boolean;
  /** Cuts a printable text into runs, staying in the current page while that has the character. */
  runs(printable: string, current: CodePageName): TextRun[];
  /** Characters that were replaced by another sign, in the order met, each once. */
  readonly unprintable: string[];
};

const UNPRINTABLE_MAX = 100;
const REPLACEMENT = '?';

/** Signs that say the same on paper; none of these counts as lost. */
const SAME_SIGN = new Map([
  ['‘', "'"],
  ['’', "'"],
  ['‚', "'"],
  ['‛', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['‟', '"'],
  ['‐', '-'],
  ['‑', '-'],
  ['‒', '-'],
  ['–', '-'],
  ['—', '-'],
  ['―', '-'],
  ['−', '-'],
  ['…', '...'],
  ['•', '*'],
  ['™', 'TM'],
  ['′', "'"],
  ['″', '"'],
]);

const MARKS = /\p{M}+/gu;

export function printableText(pages: readonly CodePage[]): PrintableText {
  const known = new Map<string, CodePageName | null>();
  const unprintable = new Set<string>();

  /** The first page that has the character, or `null`. */
  function pageOf(character: string): CodePageName | null {
    const cached = known.get(character);
    if (cached !== undefined) return cached;
    const page = pages.find((candidate) => inPage(character, candidate))?.name ?? null;
    known.set(character, page);
    return page;
  }

  function replaced(character: string): string {
    const sign = SAME_SIGN.get(character);
    if (sign !== undefined) return sign;
    const base = character.normalize('NFKD').replace(MARKS, '');
    const has = base !== '' && [...base].every((part) => part >= ' ' && pageOf(part) !== null);
    if (unprintable.size < UNPRINTABLE_MAX) unprintable.add(character);
    return has ? base : REPLACEMENT;
  }

  return {
    printable(text) {
      let result = '';
      for (const character of cleanLine(text)) result += pageOf(character) === null ? replaced(character) : character;
      return result;
    },
    has: (character) => pageOf(character) !== null,
    runs(printable, current) {
      const runs: TextRun[] = [];
      let page = current;
      for (const character of printable) {
        const here = pages.find(({ name }) => name === page);
        if (here === undefined || !inPage(character, here)) page = pageOf(character) ?? page;
        const last = runs.at(-1);
        if (last?.page === page) last.text += character;
        else runs.push({ page, text: character });
      }
      return runs;
    },
    get unprintable() {
      return [...unprintable];
    },
  };
}

/** ASCII is in every page. Others must come back as they went in: iconv writes "?" for what a page lacks. */
function inPage(character: string, { encoding }: CodePage): boolean {
  if (character.length === 1 && character >= ' ' && character <= '~') return true;
  const bytes = iconv.encode(character, encoding);
  return bytes.length === 1 && (bytes[0] ?? 0) >= 0x80 && iconv.decode(bytes, encoding) === character;
}
