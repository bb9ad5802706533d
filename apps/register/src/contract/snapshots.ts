import type {
  CatalogView,
  ChangesView,
  DevicesView,
  LastSaleView,
  NoticeView,
  RegisterView,
  SafetyView,
  ServerView,
  SessionView,
  SnapshotName,
  Snapshots,
  SuspendedView,
  TillView,
  TransactionView,
} from '@evertill/register';
import { z } from 'zod';
import { LIST_LENGTH_MAX } from './limits.ts';

const text = z.string().max(2000);
const instant = z.string().max(40);
const minor = z.number().int();
const count = z.number().int().min(0);
const listOf = <T extends z.ZodType>(item: T): z.ZodArray<T> => z.array(item).max(LIST_LENGTH_MAX);

const role = z.enum(['cashier', 'supervisor', 'manager']);
const permission = z.enum(['sell', 'void-transaction', 'open-till', 'read-x', 'close-till', 'reprint']);
const jobState = z.enum(['waiting', 'printing', 'printed', 'interrupted', 'discarded']);
export const unit = z.enum(['EA', 'GRM']);

export const taxView = z.object({ rateId: text, name: text, ratePpm: count, taxableMinor: minor, taxMinor: minor });

const register = z.object({
  tenant: text,
  storeId: text,
  storeName: text,
  registerId: text,
  currency: text,
  currencyDigits: count,
  locale: text,
  timeZone: text,
  taxIncluded: z.boolean(),
  denominationsMinor: listOf(minor),
  quickCashMinor: listOf(minor),
  maxLineQuantity: count,
  version: text,
}) satisfies z.ZodType<RegisterView>;

const session = z.object({
  signedOn: z.object({ staffId: text, name: text, role, may: z.array(permission).max(50) }).nullable(),
  staff: listOf(z.object({ staffId: text, name: text, role, lockedUntil: instant.nullable() })),
}) satisfies z.ZodType<SessionView>;

const till = z.discriminatedUnion('state', [
  z.object({ state: z.literal('closed'), lastZNumber: count.nullable(), lastClosedAt: instant.nullable() }),
  z.object({
    state: z.literal('open'),
    tillSessionId: text,
    openedAt: instant,
    openedBy: text,
    floatMinor: minor,
    businessDate: text,
  }),
]) satisfies z.ZodType<TillView>;

const line = z.object({
  lineId: text,
  itemId: text,
  name: text,
  variant: text.nullable(),
  sku: text,
  scanCode: text,
  quantity: count,
  unit,
  unitPriceMinor: minor,
  compareAtMinor: minor.nullable(),
  extendedMinor: minor,
  totalMinor: minor,
  taxClass: text,
});

const transaction = z.object({
  transactionId: text,
  status: z.enum(['draft', 'tendering']),
  revision: count,
  startedAt: instant,
  resumedName: text.nullable(),
  lines: listOf(line),
  voidedLines: listOf(z.object({ lineId: text, name: text, quantity: count, extendedMinor: minor, reason: text })),
  touchedLineId: text.nullable(),
  itemCount: count,
  extendedMinor: minor,
  savedMinor: minor,
  taxes: listOf(taxView),
  taxMinor: minor,
  totalMinor: minor,
  tenders: listOf(z.object({ tenderId: text, kind: z.enum(['cash']), amountMinor: minor })),
  tenderedMinor: minor,
  dueMinor: minor,
  quickCashMinor: listOf(minor),
}) satisfies z.ZodType<TransactionView>;

const lastSale = z.object({
  transactionId: text,
  receiptNumber: count,
  receiptLabel: text,
  completedAt: instant,
  totalMinor: minor,
  tenderedMinor: minor,
  changeDueMinor: minor,
  itemCount: count,
  print: z.union([jobState, z.literal('none')]),
}) satisfies z.ZodType<LastSaleView>;

const suspended = z.object({
  transactionId: text,
  here: z.boolean(),
  registerId: text,
  name: text,
  itemCount: count,
  totalMinor: minor,
  suspendedAt: instant,
  cashierName: text,
}) satisfies z.ZodType<SuspendedView>;

const devices = z.object({
  devices: listOf(
    z.object({
      kind: z.enum(['printer', 'scanner', 'drawer']),
      name: text,
      state: z.enum(['ready', 'busy', 'connecting', 'offline', 'paper-out', 'cover-open', 'error', 'absent']),
      since: instant,
    }),
  ),
  jobs: listOf(
    z.object({
      jobId: text,
      kind: z.enum(['receipt', 'x-report', 'z-report', 'drawer', 'test']),
      label: text,
      state: jobState,
    }),
  ),
}) satisfies z.ZodType<DevicesView>;

const catalog = z.object({
  itemCount: count,
  version: text.nullable(),
  publishedAt: instant.nullable(),
  importing: z.object({ done: count, total: count }).nullable(),
}) satisfies z.ZodType<CatalogView>;

const safety = z.object({
  recordsOnDisk: count,
  salesOnDisk: count,
  headSeq: count,
  headHash: text,
  secondCopy: z.object({ ok: z.boolean(), at: instant.nullable() }),
}) satisfies z.ZodType<SafetyView>;

const server = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.enum(['connecting', 'online', 'offline', 'captive-portal', 'server-trouble', 'not-joined']),
    since: instant,
    waitingRecords: count,
    oldestWaitingAt: instant.nullable(),
    salesAtServer: count,
    proof: z.object({ epoch: count, seq: count, hash: text, equal: z.boolean() }).nullable(),
    parked: listOf(z.object({ what: z.enum(['journal', 'document']), id: text, reason: text })),
    fellBack: z.boolean(),
    upToDateAt: instant.nullable(),
  }),
]) satisfies z.ZodType<ServerView>;

const changes = z.object({ orders: count, stock: count }) satisfies z.ZodType<ChangesView>;

const notice = z.object({
  noticeId: count,
  tone: z.enum(['info', 'success', 'warning', 'error']),
  code: z.enum([
    'unknown-code',
    'no-price',
    'scan-ignored-signed-off',
    'scan-ignored-till-closed',
    'scan-ignored-tendering',
    'ambiguous-code',
    'transaction-restored',
    'print-interrupted',
    'printer-paper-out',
    'printer-offline',
    'catalog-updated',
    'second-copy-failed',
    'receipt-scanned',
    'resumed-elsewhere',
    'refused',
  ]),
  detail: text.nullable(),
}) satisfies z.ZodType<NoticeView>;

/** The schema of each snapshot; the page parses every one before it shows it. */
export const snapshotSchemas = {
  register,
  session,
  till,
  transaction: transaction.nullable(),
  lastSale: lastSale.nullable(),
  suspended: listOf(suspended),
  devices,
  catalog,
  safety,
  server,
  changes,
  notice: notice.nullable(),
} satisfies { [N in SnapshotName]: z.ZodType<Snapshots[N]> };
