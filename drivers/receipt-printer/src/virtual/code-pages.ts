import iconv from 'iconv-lite';

/** Numbers of ESC t in Epson's reference, and the encodings they stand for. */
const PAGES: Record<number, string> = {
  0: 'CP437',
  2: 'CP850',
  3: 'CP860',
  4: 'CP863',
  5: 'CP865',
  13: 'CP857',
  14: 'CP737',
  15: 'ISO-8859-7',
  16: 'CP1252',
  17: 'CP866',
  18: 'CP852',
  19: 'CP858',
  33: 'CP775',
  34: 'CP855',
  35: 'CP861',
  36: 'CP862',
  39: 'ISO-8859-2',
  40: 'ISO-8859-15',
  45: 'CP1250',
  46: 'CP1251',
  47: 'CP1253',
  48: 'CP1254',
};

export function isCodePage(page: number): boolean {
  return page in PAGES;
}

/** The character of a byte in a code page. */
export function characterOf(byte: number, page: number): string {
  if (byte < 0x80) return String.fromCharCode(byte);
  return iconv.decode(Buffer.from([byte]), PAGES[page] ?? 'CP437');
}
