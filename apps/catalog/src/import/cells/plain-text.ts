import type { CellProblem } from '../problem.ts';

export type TextReading = { ok: true; text: string } | { ok: false; problem: CellProblem };

/**
 * Controls, and the marks that turn the writing direction of what follows: neither has a place in a name, and on a receipt the
 * first are commands to the printer. White space among them is dealt with before.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;
const DAMAGED = /[\uFFFD\p{Surrogate}]/u;
/** How spreadsheets are made to keep a number as text: `="0123"`. */
const TEXT_FORMULA = /^="([^"]*)"$/;
/** The apostrophe that WooCommerce and others put before a cell that a spreadsheet would calculate: what follows is meant as text. */
const ESCAPED_FORMULA = /^'(?=[=+\-@])/;

/**
 * Reads a cell that people will read: white space of any kind becomes single spaces, accents one code point (NFC).
 * Refuses what is damaged, holds controls, is a formula or is longer than `maxLength` UTF-16 units.
 */
export function readPlainText(raw: string, maxLength: number): TextReading {
  const text = unwrapped(raw).replace(/\s+/g, ' ').trim().normalize('NFC');
  if (DAMAGED.test(text)) return refused('text-damaged', 'Characters are damaged: the file mixes encodings.');
  const control = CONTROL.exec(text)?.[0];
  if (control !== undefined) {
    return refused('control-character', `The text holds the control character ${nameOf(control)}.`);
  }
  if (text.startsWith('=') && !ESCAPED_FORMULA.test(raw.trim())) {
    return refused('formula', 'The cell holds a formula, not its value. Export values.');
  }
  if (text.length > maxLength) {
    return refused('text-too-long', `The text has ${text.length} characters; at most ${maxLength} fit.`);
  }
  return { ok: true, text };
}

/** Takes off what spreadsheets and exporters put around a text to keep it a text. */
function unwrapped(raw: string): string {
  const trimmed = raw.trim();
  return TEXT_FORMULA.exec(trimmed)?.[1] ?? trimmed.replace(ESCAPED_FORMULA, '');
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function refused(code: CellProblem['code'], reason: string): TextReading {
  return { ok: false, problem: { code, reason } };
}
