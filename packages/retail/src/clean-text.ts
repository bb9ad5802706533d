const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** Text as a record, a screen and a printer can take it: one line, whole characters, no blanks at its ends. */
export function cleanText(text: string): string {
  return text.replace(CONTROL, ' ').replace(LONE_SURROGATE, '\uFFFD').trim();
}

/** {@link cleanText}, cut to `lengthMax` UTF-16 units without cutting a character in half. */
export function clippedText(text: string, lengthMax: number): string {
  const clean = cleanText(text);
  if (clean.length <= lengthMax) return clean;
  const cut = clean.slice(0, lengthMax);
  const last = cut.charCodeAt(cut.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? cut.slice(0, -1) : cut;
}
