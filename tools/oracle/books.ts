import type { JournalRow } from './journal-file.ts';
import { listAt, numberAt, objectAt, parseObject, textAt, type Json } from './json.ts';

/** A completed sale as the journal has it. */
export type Sale = {
  epoch: number;
  seq: number;
  receiptNumber: number;
  transactionId: string;
  tillSessionId: string;
  totalMinor: number;
  payload: Json;
  /** Local clock hour at the register, 0 to 23. */
  hour: number;
};

export type Numbered = { epoch: number; seq: number; receiptNumber: number; tillSessionId: string; payload: Json };
export type Entry = { epoch: number; seq: number; payload: Json };

/** The records of a journal by what they mean, in the journal's order. Types not named here say nothing about money. */
export type Books = {
  sales: Sale[];
  voids: Numbered[];
  tillsOpened: Entry[];
  tillsClosed: Entry[];
  zReports: Entry[];
  reprints: Entry[];
};

export function booksOf(rows: readonly JournalRow[]): Books {
  const books: Books = { sales: [], voids: [], tillsOpened: [], tillsClosed: [], zReports: [], reprints: [] };
  for (const row of rows) {
    const record = parseObject(row.text);
    const payload = record ? objectAt(record, 'payload') : null;
    if (record && payload) enter(books, record, { epoch: row.epoch, seq: row.seq, payload });
  }
  return books;
}

function enter(books: Books, record: Json, entry: Entry): void {
  const { payload } = entry;
  const numbered = {
    ...entry,
    receiptNumber: numberAt(payload, 'receiptNumber'),
    tillSessionId: textAt(payload, 'tillSessionId') ?? '',
  };
  switch (textAt(record, 'type')) {
    case 'TransactionCompleted':
      books.sales.push({
        ...numbered,
        transactionId: textAt(payload, 'transactionId') ?? '',
        totalMinor: numberAt(objectAt(payload, 'totals') ?? {}, 'totalMinor'),
        hour: localHour(record),
      });
      break;
    case 'TransactionVoided':
      books.voids.push(numbered);
      break;
    case 'TillOpened':
      books.tillsOpened.push(entry);
      break;
    case 'TillClosed':
      books.tillsClosed.push(entry);
      break;
    case 'ZReportIssued':
      books.zReports.push(entry);
      break;
    case 'ReceiptReprinted':
      books.reprints.push(entry);
      break;
    default:
  }
}

function localHour(record: Json): number {
  const localMs = Date.parse(textAt(record, 'at') ?? '') + numberAt(record, 'tzOffsetMin') * 60_000;
  return new Date(localMs).getUTCHours();
}

export function sum(entries: readonly Json[], key: string): number {
  return entries.reduce((total, entry) => total + numberAt(entry, key), 0);
}

export const tendersOf = (payload: Json): Json[] => listAt(payload, 'tenders');
export const totalsOf = (payload: Json): Json => objectAt(payload, 'totals') ?? {};
