import { PRICE_MINOR_MAX } from '../limits.ts';
import type { CellProblem } from '../problem.ts';

export type PriceReading = { ok: true; amountMinor: number } | { ok: false; problem: CellProblem };

/** No price is written in more characters, and no pattern below has to be quick on more. */
const PRICE_CHARS_MAX = 40;

/** Currency words and signs around the figure: `€ 12.50`, `12,50 EUR`, `$12.50`. */
const AROUND =
  /^(?:\p{Sc}|[A-Za-z]{1,3}\.?)?\s*([-−(]?)\s*(?:\p{Sc})?\s*([\d.,'’\s]+?)\s*(\)?)\s*(?:\p{Sc}|[A-Za-z]{1,3}\.?)?$/u;

/**
 * Reads a price in major units as spreadsheets write it and returns integer minor units. Takes a decimal point or comma and
 * groups of three by point, comma, space or apostrophe. A figure that can be read two ways is refused, never guessed: `1,234`
 * in a currency of two digits is either a thousand or one and a bit.
 *
 * `fractionDigits` are those of the currency (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD.
 */
export function readPrice(raw: string, fractionDigits: number): PriceReading {
  const text = raw.trim().replace(/[\u00A0\u202F\u2009]/g, ' ');
  const match = text.length > PRICE_CHARS_MAX ? null : AROUND.exec(text);
  const figure = match?.[2]?.trim() ?? '';
  if (!match || !/\d/.test(figure)) return refused('price-unreadable', `"${shown(raw)}" is not a price.`);
  const split = splitDecimals(figure, fractionDigits);
  if (!split) return refused('price-unreadable', `"${shown(raw)}" is not a price.`);
  if (split === 'ambiguous') {
    return refused(
      'price-ambiguous',
      `"${shown(raw)}" can be read as thousands or as decimals. Write it without groups.`,
    );
  }
  const surplus = split.decimals.slice(fractionDigits);
  if (/[1-9]/.test(surplus)) {
    return refused('price-fraction', `"${shown(raw)}" has more decimals than the currency (${fractionDigits}).`);
  }
  const digits = split.whole + split.decimals.slice(0, fractionDigits).padEnd(fractionDigits, '0');
  const amountMinor = Number(digits);
  if (match[1] && amountMinor !== 0) return refused('price-negative', `"${shown(raw)}" is below zero.`);
  if (amountMinor > PRICE_MINOR_MAX)
    return refused('price-too-high', `"${shown(raw)}" is more than any register accepts.`);
  return { ok: true, amountMinor };
}

type Split = { whole: string; decimals: string };

function splitDecimals(figure: string, fractionDigits: number): Split | 'ambiguous' | null {
  const ungrouped = withoutGroups(figure, /[\s'’]/);
  if (ungrouped === null) return null;
  const points = count(ungrouped, '.');
  const commas = count(ungrouped, ',');
  if (points > 0 && commas > 0) {
    const decimalMark = ungrouped.lastIndexOf('.') > ungrouped.lastIndexOf(',') ? '.' : ',';
    if (count(ungrouped, decimalMark) > 1) return null;
    const [whole = '', decimals = ''] = ungrouped.split(decimalMark);
    const wholeDigits = withoutGroups(whole, decimalMark === '.' ? /,/ : /\./);
    return wholeDigits === null ? null : { whole: wholeDigits, decimals };
  }
  if (points + commas > 1) {
    const whole = withoutGroups(ungrouped, points > 0 ? /\./ : /,/);
    return whole === null ? null : { whole, decimals: '' };
  }
  const [whole = '', decimals = ''] = ungrouped.split(/[.,]/);
  const looksGrouped = decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (looksGrouped && fractionDigits !== 3) return ungrouped === figure ? 'ambiguous' : { whole, decimals };
  return { whole, decimals };
}

/** Removes group marks, or returns null where they do not stand in threes. */
function withoutGroups(figure: string, mark: RegExp): string | null {
  if (!mark.test(figure)) return figure;
  const decimalAt = figure.search(/[.,](?=\d*$)/);
  const markIsDecimal = decimalAt !== -1 && mark.test(figure[decimalAt] ?? '');
  const whole = decimalAt === -1 || markIsDecimal ? figure : figure.slice(0, decimalAt);
  const rest = figure.slice(whole.length);
  const groups = whole.split(mark);
  const sound = groups.every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  return sound ? groups.join('') + rest : null;
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

function shown(raw: string): string {
  return raw.length > 40 ? `${raw.slice(0, 40)}…` : raw;
}

function refused(code: CellProblem['code'], reason: string): PriceReading {
  return { ok: false, problem: { code, reason } };
}
