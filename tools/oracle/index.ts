export { booksOf, type Books } from './books.ts';
export { judge } from './judge.ts';
export { openJournalFile, readJournalFile, type Draft, type OpenedJournal } from './journal-file.ts';
export { listAt, numberAt } from './json.ts';
export { readPaper, type Paper } from './paper/slips.ts';
export type { Acknowledged, Verdict } from './verdict.ts';
