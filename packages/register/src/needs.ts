import type { Basis, Fact, FactOf, PayloadOf, ReadRecord, RecordHeader, RecordType, Role } from '@evertill/records';
import type { PermissionMatrix, SaleOrder, SuspendedRecord, TransactionLimits } from '@evertill/retail';
import type { CatalogView, PrintJobView, ServerView } from './views.ts';

/*
 * What the use cases need, in their own words. The composition root fits ledger, replica, drivers and clocks to it.
 * Calls of the ledger are synchronous: what returned is on disk.
 */

/** Where a record stands in this register's journal. */
export type RecordPlace = { epoch: number; seq: number };

/** A record found in the journal; `read` parses it. */
export type JournalRecord = RecordPlace & { type: string; at: string; read(): ReadRecord };

export type RecordFilter = { type?: RecordType | readonly RecordType[]; epoch?: number; fromSeq?: number };

export type StoredDraft = { transactionId: string; status: 'open' | 'suspended'; name: string; json: string };

export type PrintJobKind = 'receipt' | 'x-report' | 'z-report';
/** `document` is what `Receipts` made; nobody here looks into it. */
export type NewPrintJob = { jobId: string; kind: PrintJobKind; document: unknown };
export type KnownPrintJob = { jobId: string; kind: PrintJobView['kind']; state: PrintJobView['state'] };

/** What a record means for one entity, until a replica document covers it; `json` is its owner's affair. */
export type OverlayRow = RecordPlace & { kind: string; entityId: string; json: string };
/** The `json` of overlay rows of kind `stock`, whose entity is an item: sold pieces are negative. */
export type StockMovement = { location: string; quantity: number; unit: 'EA' | 'GRM' };

/** The `json` of overlay rows of kind `order`, whose entity is the order `<register>.<epoch>.<seq>`. */
export type OrderRow = { body: SaleOrder };

/** A record as committed; its header holds place and instant. */
export type CommittedRecord = { readonly header: RecordHeader };

/** What one commit takes with it besides records. */
export type LedgerChanges = {
  /** The records of this commit, placed; empty in `write`. */
  readonly records: readonly CommittedRecord[];
  putDraft(draft: StoredDraft): void;
  removeDraft(transactionId: string): void;
  addOverlay(row: OverlayRow): void;
  addPrintJob(job: NewPrintJob): void;
  /** An interrupted job prints once more, marked as a reprint. */
  requeuePrintJob(jobId: string, reason: string): void;
  discardPrintJob(jobId: string, reason: string): void;
  putSetting(key: string, value: unknown): void;
};

export type AppendContext = {
  actor: string;
  /** The server's leave that the first fact uses. */
  claim?: string;
  businessDate: string | null;
  basis: Basis;
  currency: string | null;
};

export type RegisterLedger = {
  /** `regainedRecords`: so many came back from the second copy at opening, without the drafts that belonged to that time. */
  readonly opened: { readonly regainedRecords: number };
  head(): RecordPlace & { hash: string };
  /** How many records and completed sales the journal holds, over all epochs. */
  counts(): { records: number; sales: number };
  /**
   * Records and changes in one transaction with one fsync: all or nothing, on disk when it returns.
   *
   * @throws an error with a `code`; then nothing was recorded and nothing changed.
   */
  append(
    facts: readonly Fact[],
    context: AppendContext,
    changes?: (changes: LedgerChanges) => void,
  ): readonly CommittedRecord[];
  /** Changes without a record; otherwise like `append`. */
  write(changes: (changes: LedgerChanges) => void): void;
  records(filter: RecordFilter): Iterable<JournalRecord>;
  lastOf(type: RecordType): JournalRecord | null;
  drafts(): readonly StoredDraft[];
  /** The next gapless number per (register, epoch); taken by the record that states it. */
  nextReceiptNumber(): number;
  nextZNumber(): number;
  /** As the last Z left it; 0 before the first. */
  grandTotalMinor(): number;
  setting(key: string): unknown;
  readonly spool: {
    get(jobId: string): KnownPrintJob | null;
    /** Jobs that are neither printed nor discarded, oldest first. */
    unfinished(): readonly KnownPrintJob[];
  };
  /** How the second copy of the journal fares; `null` where none is kept. */
  trail(): { readonly copy: { readonly ok: boolean; readonly completeAtMs: number | null } | null };
};

/** A published item with the price and the tax that apply now. */
export type CatalogItem = {
  product: {
    id: string;
    sku: string;
    scanCode: string;
    name: string;
    variant: string | null;
    brand: string | null;
    department: string;
    taxClass: string;
  };
  price: { id: string; amountMinor: number; compareAtMinor: number | null; currency: string } | null;
  tax: { rates: readonly { rateId: string; name: string; ratePpm: number }[] } | null;
};

export type StoreProfile = {
  id: string;
  name: string;
  addressLines: readonly string[];
  currency: string;
  countryCode: string;
  locale: string;
  timeZone: string;
  taxIncluded: boolean;
  receiptFooterLines: readonly string[];
};

export type Catalog = {
  /** Items with this normal scan code (GTIN as 14 digits). More than one: the published data are ambiguous. */
  findByScanCode(scanCode: string): Promise<readonly CatalogItem[]>;
  findById(itemId: string): Promise<CatalogItem | null>;
  search(text: string, limit: number): Promise<readonly CatalogItem[]>;
  /** `null` until a catalog was imported. */
  store(): Promise<StoreProfile | null>;
  status(): CatalogView;
  onStatus(listener: () => void): () => void;
  /** Content hashes of what prices and taxes come from now. */
  basis(): Pick<Basis, 'catalog' | 'prices' | 'tax'>;
};

export type StaffMember = { staffId: string; name: string; role: Role; grantExpiresAt: string | null };

export type Receipts = {
  /** `copyNumber` 0 is the original; it opens the drawer. Others say DUPLICATE. */
  sale(input: SaleReceiptInput): unknown;
  xReport(input: XReportInput): unknown;
  zReport(input: ZReportInput): unknown;
};
export type SaleReceiptInput = {
  sale: PayloadOf<'TransactionCompleted'>;
  receiptLabel: string;
  at: string;
  tzOffsetMin: number;
  store: StoreProfile;
  registerId: string;
  copyNumber: number;
};
export type XReportInput = {
  report: FactOf<'XReportRead'>['payload'];
  businessDate: string;
  at: string;
  tzOffsetMin: number;
  store: StoreProfile;
  registerId: string;
  cashierName: string;
};
export type ZReportInput = {
  report: FactOf<'ZReportIssued'>['payload'];
  at: string;
  tzOffsetMin: number;
  store: StoreProfile;
  registerId: string;
  cashierName: string;
};

/** What a store decides about its registers. */
export type RegisterSettings = {
  /** Largest first. */
  denominationsMinor: readonly number[];
  notesMinor: readonly number[];
  limits: TransactionLimits;
  permissions: PermissionMatrix;
};

/** An order as the unified view or this register's own ledger has it. */
export type FoundOrder = {
  orderId: string;
  number: string;
  channel: 'store' | 'web';
  status: 'completed' | 'awaiting-pickup' | 'awaiting-shipment';
  storeId: string;
  registerId: string;
  at: string;
  currency: string;
  totalMinor: number;
  lines: readonly {
    lineId: string;
    itemId: string;
    name: string;
    quantity: number;
    unit: 'EA' | 'GRM';
    totalMinor: number;
  }[];
  atServer: boolean;
};

export type StockLevel = { storeId: string; onHand: number; unit: 'EA' | 'GRM'; asOf: string | null };

/** Pieces or grams. */
export type OnHand = { quantity: number; unit: 'EA' | 'GRM' };

/** What the server says to whoever wants to take up a suspended transaction. `gone`: it was taken up or has ended. */
export type ResumeClaim =
  | { ok: true; claim: string }
  | { ok: false; reason: 'taken' | 'gone' | 'unknown' | 'unreachable' };

/**
 * The orders and the stock of every channel and store, as far as they are known here, and the server behind them. Whatever is asked, an answer
 * comes without a network too, from what is held here.
 */
export type UnifiedView = {
  /** The stores whose stock is shown, the own one first. */
  readonly stores: readonly { readonly id: string; readonly name: string }[];
  /** Newest first. */
  findOrders(text: string, limit: number): Promise<{ orders: readonly FoundOrder[]; from: 'server' | 'here' }>;
  /** Of each store that something is known of. */
  stockOf(itemId: string): Promise<readonly StockLevel[]>;
  /** On hand in the own store, for the items of which something is known. */
  onHandHere(itemIds: readonly string[]): Promise<ReadonlyMap<string, OnHand>>;
  /** What the other registers of this store put aside and nobody is known to have taken up. */
  suspendedElsewhere(): readonly SuspendedRecord[];
  /** What this register put aside and the server says went on at another one. */
  endedElsewhere(): readonly SuspendedRecord['by'][];
  /** The right to take up what was put aside. Answers within a few seconds. */
  claimResume(by: SuspendedRecord['by']): Promise<ResumeClaim>;
  server(): ServerView;
  askAgain(): void;
};

export type Timers = { after(delayMs: number, work: () => void): { cancel(): void } };

export type RegisterNeeds = {
  ledger: RegisterLedger;
  catalog: Catalog;
  pins: { verify(staffId: string, pin: string): Promise<boolean> };
  staff: readonly StaffMember[];
  /** Left out: what is usual for the currency. */
  settings?: Partial<RegisterSettings>;
  identity: { tenant: string; store: string; register: string };
  clock: { nowMs(): number; tzOffsetMin(): number };
  ids: { next(): string };
  receipts: Receipts;
  /** Left out: this register stands alone. */
  unified?: UnifiedView;
  timers: Timers;
  version: string;
  /** Told of what should not happen and was survived. */
  onFault(where: string, error: unknown): void;
};
