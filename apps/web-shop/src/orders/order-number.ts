/** No 0, 1, I, L or O: what is read out over a counter is not misheard as something else. 31 characters, a prime, see {@link checkOf}. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BODY_CHARS = 8;

/**
 * The check character: the sum of the characters' places, each times its position, modulo 31. Because 31 is a prime and no position is a
 * multiple of it, any one wrong character and any two exchanged ones change the sum.
 */
function checkOf(body: string): string {
  let sum = 0;
  for (const [index, char] of [...body].entries()) sum += (index + 1) * ALPHABET.indexOf(char);
  return ALPHABET.charAt(sum % ALPHABET.length);
}

/** A new number, `W-7F3K-2942-C`: eight characters of chance and a check character. `int(n)` draws 0 ≤ x < n. */
export function newOrderNumber(int: (below: number) => number): string {
  const body = Array.from({ length: BODY_CHARS }, () => ALPHABET.charAt(int(ALPHABET.length))).join('');
  return written(body);
}

function written(body: string): string {
  return `W-${body.slice(0, 4)}-${body.slice(4)}-${checkOf(body)}`;
}

/** A number as a person types it, in its one written form; `null` where it is none, or was mistyped. */
export function readOrderNumber(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '');
  const chars = plain.length === BODY_CHARS + 2 && plain.startsWith('W') ? plain.slice(1) : plain;
  if (chars.length !== BODY_CHARS + 1 || [...chars].some((char) => !ALPHABET.includes(char))) return null;
  const body = chars.slice(0, BODY_CHARS);
  return checkOf(body) === chars.charAt(BODY_CHARS) ? written(body) : null;
}
