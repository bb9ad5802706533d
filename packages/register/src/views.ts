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

/** Where the facts of this register are safe. `waitingForServer` is null while no server is configured. */
export type SafetyView = {
  recordsOnDisk: number;
  salesOnDisk: number;
  headSeq: number;
  headHash: string;
  secondCopy: { ok: boolean; at: string | null };
  waitingForServer: number | null;
};

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
  notice: NoticeView | null;
};
export type SnapshotName = keyof Snapshots;
