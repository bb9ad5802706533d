/**
 * What the use cases show: plain snapshots, complete enough that no screen computes a total, a tax or a rule.
 * All amounts are integer minor units of the store's currency; instants are ISO 8601 in UTC.
 */

export type StaffRole = 'cashier' | 'supervisor' | 'manager';

export type RegisterView = {
  tenant: string;
  storeId: string;
  storeName: string;
  registerId: string;
  currency: string;
  /** Digits after the decimal mark of the currency (ISO 4217): EUR 2, JPY 0. */
  currencyDigits: number;
  locale: string;
  timeZone: string;
  taxIncluded: boolean;
  /** Largest first. */
  denominationsMinor: number[];
  quickCashMinor: number[];
  maxLineQuantity: number;
  version: string;
};

export type SessionView = {
  signedOn: { staffId: string; name: string; role: StaffRole; may: PermissionName[] } | null;
  staff: { staffId: string; name: string; role: StaffRole; lockedUntil: string | null }[];
};

/** What a person may be allowed to do; `may` of the session lists the names granted. */
export type PermissionName = 'sell' | 'void-transaction' | 'open-till' | 'read-x' | 'close-till' | 'reprint';

export type TillView =
  | { state: 'closed'; lastZNumber: number | null; lastClosedAt: string | null }
  | {
      state: 'open';
      tillSessionId: string;
      openedAt: string;
      openedBy: string;
      floatMinor: number;
      businessDate: string;
    };

export type LineView = {
  lineId: string;
  itemId: string;
  name: string;
  variant: string | null;
  sku: string;
  scanCode: string;
  quantity: number;
  unit: 'EA' | 'GRM';
  unitPriceMinor: number;
  compareAtMinor: number | null;
  extendedMinor: number;
  totalMinor: number;
  taxClass: string;
};

export type TransactionView = {
  transactionId: string;
  status: 'draft' | 'tendering';
  /** Rises with every change; a command quotes it so that a stale screen changes nothing. */
  revision: number;
  startedAt: string;
  resumedName: string | null;
  lines: LineView[];
  voidedLines: { lineId: string; name: string; quantity: number; extendedMinor: number; reason: string }[];
  /** The line the last change was about, to be shown and announced. */
  touchedLineId: string | null;
  itemCount: number;
  extendedMinor: number;
  savedMinor: number;
  taxes: { rateId: string; name: string; ratePpm: number; taxableMinor: number; taxMinor: number }[];
  taxMinor: number;
  totalMinor: number;
  tenders: { tenderId: string; kind: 'cash'; amountMinor: number }[];
  tenderedMinor: number;
  /** What is still to pay. */
  dueMinor: number;
  /** Amounts worth a button for what is due: exact first, then the next plausible notes. */
  quickCashMinor: number[];
};

export type LastSaleView = {
  transactionId: string;
  receiptNumber: number;
  /** As printed, e.g. `BER1-1-1-000042`. */
  receiptLabel: string;
  completedAt: string;
  totalMinor: number;
  tenderedMinor: number;
  changeDueMinor: number;
  itemCount: number;
  print: PrintJobView['state'] | 'none';
};

export type SuspendedView = {
  transactionId: string;
  /** Put aside at this register; else at `registerId`, and only with the server can it be taken up here. */
  here: boolean;
  registerId: string;
  name: string;
  itemCount: number;
  totalMinor: number;
  suspendedAt: string;
  cashierName: string;
};

export type PrintJobView = {
  jobId: string;
  kind: 'receipt' | 'x-report' | 'z-report' | 'drawer' | 'test';
  label: string;
  state: 'waiting' | 'printing' | 'printed' | 'interrupted' | 'discarded';
};

export type DeviceView = {
  kind: 'printer' | 'scanner' | 'drawer';
  name: string;
  /** `absent`: none is configured. */
  state: 'ready' | 'busy' | 'connecting' | 'offline' | 'paper-out' | 'cover-open' | 'error' | 'absent';
  since: string;
};

export type DevicesView = { devices: DeviceView[]; jobs: PrintJobView[] };

export type CatalogView = {
  itemCount: number;
  version: string | null;
  publishedAt: string | null;
  importing: { done: number; total: number } | null;
};

/** Where the facts of this register are safe on this machine; {@link ServerView} says what the server has. */
export type SafetyView = {
  recordsOnDisk: number;
  salesOnDisk: number;
  headSeq: number;
  headHash: string;
  secondCopy: { ok: boolean; at: string | null };
};

/** Something that only a person can settle: a stretch of the journal that the server refuses, or a document that cannot be read. */
export type ParkedView = {
  what: 'journal' | 'document';
  /** `<epoch>.<seq>` of the first record that waits, or the document's collection and id. */
  id: string;
  /** A code; the screen has a sentence for each that it knows. */
  reason: string;
};

/** Sync as a person is told of it. All that waits is safe on this register's disk. */
export type ServerView =
  | { state: 'none' }
  | {
      /** `not-joined`: this register has no right to speak to the server. */
      state: 'connecting' | 'online' | 'offline' | 'captive-portal' | 'server-trouble' | 'not-joined';
      since: string;
      /** Records that the server is not known to hold. */
      waitingRecords: number;
      oldestWaitingAt: string | null;
      /** Sales of this register that the server is known to hold. */
      salesAtServer: number;
      /** The server's last word on this journal: equal sequence and hash are the proof of sync. */
      proof: { epoch: number; seq: number; hash: string; equal: boolean } | null;
      parked: ParkedView[];
      /** The server once held more than it did later; what it lost was sent again. */
      fellBack: boolean;
      /** What came down from the server was whole at this instant. */
      upToDateAt: string | null;
    };

/** Rises with each change of what others did: a screen that shows it asks again. */
export type ChangesView = { orders: number; stock: number };

export type OrderView = {
  orderId: string;
  /** As the customer was given it. */
  number: string;
  channel: 'store' | 'web';
  status: 'completed' | 'awaiting-pickup' | 'awaiting-shipment';
  storeId: string;
  storeName: string;
  /** Where it was recorded. */
  registerId: string;
  at: string;
  currency: string;
  totalMinor: number;
  lines: { lineId: string; itemId: string; name: string; quantity: number; unit: 'EA' | 'GRM'; totalMinor: number }[];
  /** The server is known to have it. */
  atServer: boolean;
};

/** `from: 'here'`: the server could not be asked, and this is what the register knows as of `upToDateAt`. */
export type OrdersView = { orders: OrderView[]; from: 'server' | 'here'; upToDateAt: string | null };

export type StockLevelView = {
  storeId: string;
  storeName: string;
  own: boolean;
  /** `null`: nothing is known of it there. */
  onHand: number | null;
  unit: 'EA' | 'GRM';
  /** The latest record in the figure. */
  asOf: string | null;
};
export type StockView = { itemId: string; levels: StockLevelView[]; upToDateAt: string | null };

export type SumsView = {
  transactionCount: number;
  voidedTransactionCount: number;
  voidedLineCount: number;
  itemCount: number;
  discountMinor: number;
  taxMinor: number;
  totalMinor: number;
  taxes: { rateId: string; name: string; ratePpm: number; taxableMinor: number; taxMinor: number }[];
  tenders: { kind: 'cash'; count: number; amountMinor: number }[];
  changeGivenMinor: number;
  firstReceiptNumber: number | null;
  lastReceiptNumber: number | null;
  /** Only hours from the first to the last with sales, gaps included, ready to draw. */
  hours: { hour: number; transactionCount: number; totalMinor: number }[];
};

export type DrawerView = {
  floatMinor: number;
  cashTenderedMinor: number;
  changeGivenMinor: number;
  expectedMinor: number;
};

export type XReportView = { businessDate: string; readAt: string; sums: SumsView; drawer: DrawerView };

export type ZReportView = XReportView & {
  zNumber: number;
  countedMinor: number;
  overShortMinor: number;
  previousGrandTotalMinor: number;
  grandTotalMinor: number;
};

export type CountView = { countedMinor: number; expectedMinor: number; overShortMinor: number };

export type ItemView = {
  itemId: string;
  name: string;
  variant: string | null;
  brand: string | null;
  sku: string;
  scanCode: string;
  department: string;
  priceMinor: number | null;
  compareAtMinor: number | null;
  /** On hand in this store, pieces or grams; `null` where nothing is known. */
  onHand: { quantity: number; unit: 'EA' | 'GRM' } | null;
};

/** Something to say once: shown, announced, gone. */
export type NoticeView = {
  noticeId: number;
  tone: 'info' | 'success' | 'warning' | 'error';
  code: NoticeCode;
  /** What the words need: a code, a name, a number. */
  detail: string | null;
};

export type NoticeCode =
  | 'unknown-code'
  | 'no-price'
  | 'scan-ignored-signed-off'
  | 'scan-ignored-till-closed'
  | 'scan-ignored-tendering'
  | 'ambiguous-code'
  | 'transaction-restored'
  | 'print-interrupted'
  | 'printer-paper-out'
  | 'printer-offline'
  | 'catalog-updated'
  | 'second-copy-failed'
  | 'receipt-scanned'
  | 'resumed-elsewhere'
  | 'refused';

/** One value per name; each is sent whole when it changes. */
export type Snapshots = {
  register: RegisterView;
  session: SessionView;
  till: TillView;
  transaction: TransactionView | null;
  lastSale: LastSaleView | null;
  suspended: SuspendedView[];
  devices: DevicesView;
  catalog: CatalogView;
  safety: SafetyView;
  server: ServerView;
  changes: ChangesView;
  notice: NoticeView | null;
};
export type SnapshotName = keyof Snapshots;
