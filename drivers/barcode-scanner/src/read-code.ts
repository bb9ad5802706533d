export type ReadCode = { code: string; symbology: string | null };

/** GS separates elements in GS1 symbols and is the one control character that a code may contain. */
const GS = '\x1d';
const CONTROL = /\p{Cc}/u;
/** `]`, the letter of the symbology, a digit or letter for its modifier (ISO/IEC 15424). */
const AIM = /^\]([A-Za-z][0-9A-Za-z])/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What a scanner read, as text; `null` when it is noise: not UTF-8, control characters, nothing but separators, too short. */
export function readCode(bytes: Uint8Array, rules: { aimPrefix: boolean; lengthMin: number }): ReadCode | null {
  const text = textOf(bytes)?.trim();
  if (text === undefined || CONTROL.test(text.replaceAll(GS, ''))) return null;
  const aim = rules.aimPrefix ? AIM.exec(text) : null;
  const code = aim === null ? text : text.slice(aim[0].length);
  if (code.replaceAll(GS, '').length < rules.lengthMin) return null;
  return { code, symbology: aim?.[1] ?? null };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    // A wrong baud rate or noise; scanners send ASCII or UTF-8.
    return null;
  }
}
