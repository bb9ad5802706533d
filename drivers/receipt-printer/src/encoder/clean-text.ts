/**
 * Control characters, invisible directions and joiners, lone surrogates, line and paragraph separators. With the `u` flag a
 * surrogate pair is one character, so that only lone ones match. A product that is named `ESC p 0` must print, not open the drawer.
 */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Every kind of white space, line ends included. */
const SPACES = /\s/gu;

/** One line of text that cannot command a device: no control characters, plain spaces, composed characters (NFC). */
export function cleanLine(text: string): string {
  return text.normalize('NFC').replace(SPACES, ' ').replace(FORBIDDEN, '');
}

/**
 * What goes into a symbol: line ends may stay. Other control characters may not, although the data's length is declared: a
 * printer obeys a real-time command (DLE …) wherever it reads it, inside data too.
 */
export function cleanPayload(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, '');
}
