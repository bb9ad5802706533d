export { cleanText } from './clean-text.ts';
export { currencyDigits } from './money/currency.ts';
export { cashForms, type CashForms } from './money/denominations.ts';
export { orderOfSale, type OrderLine, type SaleOrder } from './order-of-sale.ts';
export { savedMinor } from './pricing/price-line.ts';
export { receiptLabel } from './receipt-label.ts';
export { everyHour, grandTotalMinor, SalesTally, sumSales } from './report/sales-sums.ts';
export { defaultPermissions, isPermitted, type Permission, type PermissionMatrix } from './staff/permissions.ts';
export { countAttempt, lockedUntilMs, noAttempts, type SignOnAttempts } from './staff/sign-on-attempts.ts';
export type { TaxRate } from './tax/line-taxes.ts';
export { quickCashMinor } from './tender/cash.ts';
export { nextBusinessDate } from './till/business-date.ts';
export { countCash, drawerSums } from './till/count-cash.ts';
export type {
  Decision,
  SaleItem,
  TransactionCommand,
  TransactionContext,
  TransactionLimits,
  TransactionRefusal,
} from './transaction/commands.ts';
export { decide } from './transaction/decide.ts';
export { restoreSuspended, type SuspendedRecord } from './transaction/restore-suspended.ts';
export { readTransactionState, type Line, type TransactionState } from './transaction/state.ts';
export { isSettled } from './transaction/tenders.ts';
export { dueMinor, savedOnAllMinor, taxesOf, tenderedMinor, totalsOf } from './transaction/totals.ts';
