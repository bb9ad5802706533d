/**
 * Control characters (C0, DEL, C1), line and paragraph separators, invisible directions and joiners, byte order marks,
 * lone surrogates. A product that is named `ESC p 0` must print, not open the drawer.
 */
// eslint-disable-next-line no-control-regex -- removing control characters is what this is for
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]/gu;

/** Every kind of white space, the line ends included. */
const SPACES = /\s/gu;

/**
 * One line of text that cannot command a device: no control characters, spaces are plain spaces, composed characters (NFC).
 * With the `u` flag a surrogate pair is one character, so that only lone surrogates match.
 */
export function cleanLine(text: string): string {
  return text.normalize('NFC').replace(SPACES, ' ').replace(FORBIDDEN, '');
}

/**
 * What goes into a symbol: line ends may stay. Other control characters may not, although the data's length is declared: a
 * printer obeys a real-time command (DLE …) wherever it reads it, inside data too.
 */
export function cleanPayload(text: string): string {
  // eslint-disable-next-line no-control-regex -- as above
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/gu, '');
}
