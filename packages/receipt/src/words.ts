/** The words on paper. One set a language; a locale's language chooses, English is the fallback. */
export type Words = {
  receipt: string;
  register: string;
  cashier: string;
  duplicate: string;
  copy: string;
  was: string;
  items: string;
  subtotal: string;
  discount: string;
  total: string;
  cashRounding: string;
  changeDue: string;
  youSaved: string;
  tax: string;
  net: string;
  taxIncluded: string;
  tenders: Record<'cash', string>;
  xReport: string;
  zReport: string;
  businessDate: string;
  sales: string;
  transactions: string;
  voidedTransactions: string;
  voidedLines: string;
  goods: string;
  salesTotal: string;
  receiptNumbers: string;
  drawer: string;
  openingFloat: string;
  cashReceived: string;
  changeGiven: string;
  expected: string;
  counted: string;
  over: string;
  short: string;
  balanced: string;
  hours: string;
  previousGrandTotal: string;
  grandTotal: string;
  records: string;
  signature: string;
  testPrint: string;
};

const en: Words = {
  receipt: 'Receipt',
  register: 'Register',
  cashier: 'Served by',
  duplicate: 'DUPLICATE',
  copy: 'Copy',
  was: 'was',
  items: 'Items',
  subtotal: 'Subtotal',
  discount: 'Discount',
  total: 'TOTAL',
  cashRounding: 'Cash rounding',
  changeDue: 'Change',
  youSaved: 'You saved',
  tax: 'Tax',
  net: 'Net',
  taxIncluded: 'Prices include tax',
  tenders: { cash: 'Cash' },
  xReport: 'X REPORT',
  zReport: 'Z REPORT',
  businessDate: 'Business date',
  sales: 'SALES',
  transactions: 'Transactions',
  voidedTransactions: 'Voided transactions',
  voidedLines: 'Voided lines',
  goods: 'Goods',
  salesTotal: 'Sales total',
  receiptNumbers: 'Receipt numbers',
  drawer: 'DRAWER',
  openingFloat: 'Opening float',
  cashReceived: 'Cash received',
  changeGiven: 'Change given',
  expected: 'Expected',
  counted: 'Counted',
  over: 'Over',
  short: 'Short',
  balanced: 'Over / short',
  hours: 'BY HOUR',
  previousGrandTotal: 'Grand total before',
  grandTotal: 'GRAND TOTAL',
  records: 'Records',
  signature: 'Signature',
  testPrint: 'TEST PRINT',
};

const de: Words = {
  receipt: 'Bon',
  register: 'Kasse',
  cashier: 'Es bediente Sie',
  duplicate: 'KOPIE',
  copy: 'Kopie',
  was: 'statt',
  items: 'Artikel',
  subtotal: 'Zwischensumme',
  discount: 'Rabatt',
  total: 'SUMME',
  cashRounding: 'Barrundung',
  changeDue: 'Rückgeld',
  youSaved: 'Sie haben gespart',
  tax: 'MwSt.',
  net: 'Netto',
  taxIncluded: 'Preise inklusive MwSt.',
  tenders: { cash: 'Bar' },
  xReport: 'X-BERICHT',
  zReport: 'Z-BERICHT',
  businessDate: 'Geschäftstag',
  sales: 'UMSATZ',
  transactions: 'Vorgänge',
  voidedTransactions: 'Stornierte Vorgänge',
  voidedLines: 'Stornierte Zeilen',
  goods: 'Waren',
  salesTotal: 'Umsatz gesamt',
  receiptNumbers: 'Bonnummern',
  drawer: 'KASSENLADE',
  openingFloat: 'Anfangsbestand',
  cashReceived: 'Bar erhalten',
  changeGiven: 'Rückgeld gegeben',
  expected: 'Soll',
  counted: 'Gezählt',
  over: 'Überschuss',
  short: 'Fehlbetrag',
  balanced: 'Differenz',
  hours: 'NACH STUNDEN',
  previousGrandTotal: 'Gesamtsumme vorher',
  grandTotal: 'GESAMTSUMME',
  records: 'Belege',
  signature: 'Unterschrift',
  testPrint: 'TESTDRUCK',
};

const languages: Record<string, Words> = { en, de };

export function wordsFor(locale: string): Words {
  const [language = 'en'] = locale.toLowerCase().split('-');
  return (Object.hasOwn(languages, language) ? languages[language] : undefined) ?? en;
}
