import type { CountView, ItemView, OrdersView, StockView, XReportView, ZReportView } from './views.ts';

export type DenominationCounts = { denominationMinor: number; count: number }[];

/** What a signed-on person (or the sign-on screen) can ask of the register: method, parameters, answer. */
export type Commands = {
  signOn: [params: { staffId: string; pin: string }, answer: null];
  signOff: [params: Record<string, never>, answer: null];
  openTill: [params: { counts: DenominationCounts }, answer: null];
  /** A code typed by hand; goes the same way as a scan, but refuses in the answer instead of by a notice. */
  addByCode: [params: { code: string }, answer: { lineId: string }];
  addItem: [params: { itemId: string }, answer: { lineId: string }];
  searchItems: [params: { text: string; limit: number }, answer: { items: ItemView[] }];
  changeQuantity: [params: { transactionId: string; revision: number; lineId: string; quantity: number }, answer: null];
  voidLine: [params: { transactionId: string; revision: number; lineId: string; reason: string }, answer: null];
  voidTransaction: [params: { transactionId: string; reason: string }, answer: null];
  suspend: [params: { transactionId: string; name: string }, answer: null];
  resume: [params: { transactionId: string }, answer: null];
  /** Takes cash. Enough cash completes the sale: the answer comes after the record is on disk. */
  tenderCash: [
    params: { transactionId: string; revision: number; amountMinor: number },
    answer: { completed: boolean; changeDueMinor: number },
  ];
  removeTender: [params: { transactionId: string; revision: number; tenderId: string }, answer: null];
  /** Leaves the tender screen without having taken anything. */
  backToDraft: [params: { transactionId: string; revision: number }, answer: null];
  reprintLast: [params: Record<string, never>, answer: { copyNumber: number }];
  resolvePrintJob: [params: { jobId: string; action: 'print-again' | 'discard' }, answer: null];
  readX: [params: { print: boolean }, answer: XReportView];
  /** Says what a count would mean; changes nothing. */
  countTill: [params: { counts: DenominationCounts }, answer: CountView];
  closeTill: [params: { counts: DenominationCounts }, answer: ZReportView];
  /** Orders of every channel by number, receipt, name, mail or phone; without a text the latest ones. */
  findOrders: [params: { text: string }, answer: OrdersView];
  /** What is on hand of an item, here and in the stores around. */
  stockOf: [params: { itemId: string }, answer: StockView];
  /** Somebody settled what was parked: the server is asked about it again. */
  askServerAgain: [params: Record<string, never>, answer: null];
  lastZ: [params: Record<string, never>, answer: ZReportView | null];
};
export type CommandName = keyof Commands;
export type ParamsOf<N extends CommandName> = Commands[N][0];
export type AnswerOf<N extends CommandName> = Commands[N][1];
