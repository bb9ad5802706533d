import type { LastSaleView, SessionView, TillView, TransactionView, ZReportView } from '@evertill/register';

/** Where the person has gone by their own will; what the register's state demands comes before it, see {@link screenOf}. */
export type Task = 'sell' | 'suspended' | 'orders' | 'stock' | 'day' | 'count-to-close' | 'devices';

export type Dialog =
  | { kind: 'quantity'; lineId: string }
  | { kind: 'void-line'; lineId: string }
  | { kind: 'void-sale' }
  | { kind: 'suspend' }
  | { kind: 'keys' };

export type TaskState = {
  readonly task: Task;
  readonly dialog: Dialog | null;
  /** The transaction that is being paid here, or was just paid: its change stays on the screen until the next sale. */
  readonly payingId: string | null;
  /** A Z report to look at: the one just made, or the last one. */
  readonly shownZ: ZReportView | null;
  /** What the orders screen begins to search with. */
  readonly orderText: string;
  /** The item that the stock screen begins with. */
  readonly stockItem: { readonly itemId: string; readonly name: string } | null;
};

export type TaskEvent =
  | { kind: 'go'; task: Task }
  | { kind: 'find-order'; text: string }
  | { kind: 'show-stock'; item: TaskState['stockItem'] }
  | { kind: 'open'; dialog: Dialog }
  | { kind: 'close-dialog' }
  | { kind: 'pay'; transactionId: string }
  | { kind: 'stop-paying' }
  | { kind: 'show-z'; report: ZReportView }
  | { kind: 'z-seen' }
  | { kind: 'signed-off' };

export const atStart: TaskState = {
  task: 'sell',
  dialog: null,
  payingId: null,
  shownZ: null,
  orderText: '',
  stockItem: null,
};

export function nextTask(state: TaskState, event: TaskEvent): TaskState {
  switch (event.kind) {
    case 'go':
      return { ...state, task: event.task, dialog: null, orderText: '', stockItem: null };
    case 'find-order':
      return { ...state, task: 'orders', dialog: null, orderText: event.text };
    case 'show-stock':
      return { ...state, task: 'stock', dialog: null, stockItem: event.item };
    case 'open':
      return { ...state, dialog: event.dialog };
    case 'close-dialog':
      return { ...state, dialog: null };
    case 'pay':
      return { ...state, task: 'sell', dialog: null, payingId: event.transactionId };
    case 'stop-paying':
      return { ...state, payingId: null };
    case 'show-z':
      return { ...state, dialog: null, shownZ: event.report };
    case 'z-seen':
      return { ...state, task: 'sell', shownZ: null };
    case 'signed-off':
      return atStart;
  }
}

export type Screen =
  | 'sign-on'
  | 'open-till'
  | 'sell'
  | 'tender'
  | 'done'
  | 'suspended'
  | 'orders'
  | 'stock'
  | 'day'
  | 'count-to-close'
  | 'z-report'
  | 'devices';

/** Which screen the state of the register and the will of the person lead to. */
export function screenOf(
  state: TaskState,
  seen: {
    session: SessionView;
    till: TillView;
    transaction: TransactionView | null;
    lastSale: LastSaleView | null;
  },
): Screen {
  if (!seen.session.signedOn) return 'sign-on';
  if (state.shownZ) return 'z-report';
  if (state.task === 'devices' || state.task === 'orders' || state.task === 'stock') return state.task;
  if (seen.till.state === 'closed') return 'open-till';
  if (state.task !== 'sell') return state.task;
  const { transaction, lastSale } = seen;
  if (transaction) {
    const paying = transaction.status === 'tendering' || transaction.transactionId === state.payingId;
    return paying ? 'tender' : 'sell';
  }
  return lastSale && lastSale.transactionId === state.payingId ? 'done' : 'sell';
}
