import { TEXT_LENGTH_MAX } from '@evertill/records';
import { cleanText, clippedText } from '../clean-text.ts';
import { cashRoundingMinor } from '../tender/cash.ts';
import { discountMinor, extendedMinor } from '../pricing/price-line.ts';
import { taxLine, type TaxRate } from '../tax/line-taxes.ts';
import { type CommandOf, type Decision, decided, refuse, type SaleItem, type TransactionContext } from './commands.ts';
import { hasRoom } from './record-size.ts';
import { fitsRecord, type Line, STATE_VERSION, type TransactionState } from './state.ts';
import { totalsOf } from './totals.ts';

const CODE_LENGTH_MAX = 80;

/** Starts a transaction or adds to it; the same item directly after itself raises the line's quantity (X2, X3). */
export function addLine(
  state: TransactionState | null,
  command: CommandOf<'addLine'>,
  context: TransactionContext,
): Decision {
  if (state && state.status !== 'draft') return refuse('wrong-state', state.status);
  const { item, lineId } = command;
  if (!item.price || !isPrice(item.price.amountMinor)) return refuse('no-price', item.itemId);
  if (!item.taxRates) return refuse('no-price', item.taxClass);
  if (item.price.amountMinor > context.limits.totalMaxMinor) return refuse('amount-out-of-range');
  const before = state ? { ...state, basis: context.basis } : started(command.newTransactionId, context);
  const compareAtMinor = plausibleCompareAt(item.price.compareAtMinor, context);
  const added = newLine(lineId, item, { ...item.price, compareAtMinor }, item.taxRates, before.taxIncluded);
  if (!fitsRecord(added)) return refuse('unknown-item', 'the item does not fit a record');
  const last = before.lines.at(-1);
  if (last && isSameSale(last, added) && last.quantity < context.limits.lineQuantityMax) {
    return withLine(before, { ...last, quantity: last.quantity + 1 }, context);
  }
  return withLines(before, [...before.lines, added], lineId, context);
}

export function changeQuantity(
  state: TransactionState,
  command: CommandOf<'changeQuantity'>,
  context: TransactionContext,
): Decision {
  if (state.status !== 'draft') return refuse('wrong-state', state.status);
  const line = state.lines.find((one) => one.lineId === command.lineId);
  if (!line) return refuse('unknown-line', command.lineId);
  const { quantity } = command;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > context.limits.lineQuantityMax) {
    return refuse('quantity-out-of-range', String(quantity));
  }
  return withLine(state, { ...line, quantity }, context);
}

/** Takes a line out of the sum and keeps it, with its reason (X5). */
export function voidLine(
  state: TransactionState,
  command: CommandOf<'voidLine'>,
  context: TransactionContext,
): Decision {
  if (state.status !== 'draft') return refuse('wrong-state', state.status);
  const line = state.lines.find((one) => one.lineId === command.lineId);
  if (!line) return refuse('unknown-line', command.lineId);
  const reason = cleanText(command.reason);
  if (reason === '') return refuse('bad-message', 'reason');
  if (reason.length > TEXT_LENGTH_MAX) return refuse('text-too-long', 'reason');
  const { lineId, itemId, name, quantity, extendedMinor } = line;
  const voided = {
    lineId,
    itemId,
    name,
    quantity,
    extendedMinor,
    reason,
    voidedBy: context.cashier.id,
    voidedAt: context.at,
  };
  const rest = state.lines.filter((one) => one !== line);
  return withLines({ ...state, voidedLines: [...state.voidedLines, voided] }, rest, lineId, context);
}

function started(transactionId: string, context: TransactionContext): TransactionState {
  return {
    v: STATE_VERSION,
    transactionId,
    status: 'draft',
    revision: 0,
    startedAt: context.at,
    currency: context.currency,
    taxIncluded: context.taxIncluded,
    basis: context.basis,
    name: null,
    suspended: null,
    lines: [],
    voidedLines: [],
    tenders: [],
    touchedLineId: null,
    cashRoundingMinor: 0,
  };
}

function newLine(
  lineId: string,
  item: SaleItem,
  price: NonNullable<SaleItem['price']>,
  rates: readonly TaxRate[],
  taxIncluded: boolean,
): Line {
  const name = item.variant === null ? item.name : `${item.name}, ${item.variant}`;
  const line: Line = {
    lineId,
    itemId: item.itemId,
    sku: clippedText(item.sku, CODE_LENGTH_MAX),
    scanCode: clippedText(item.scanCode, CODE_LENGTH_MAX),
    name: clippedText(name, TEXT_LENGTH_MAX),
    itemName: cleanText(item.name),
    variant: item.variant === null ? null : cleanText(item.variant),
    department: clippedText(item.department, CODE_LENGTH_MAX),
    quantity: 1,
    unit: 'EA',
    priceQuantity: 1,
    unitPriceMinor: price.amountMinor,
    compareAtMinor: price.compareAtMinor,
    priceId: price.priceId,
    extendedMinor: 0,
    modifiers: [],
    taxClass: item.taxClass,
    taxes: rates.map(({ rateId, ratePpm }) => ({ rateId, ratePpm, taxableMinor: 0, taxMinor: 0 })),
    taxNames: rates.map((rate) => clippedText(rate.name, TEXT_LENGTH_MAX)),
    totalMinor: 0,
  };
  return priced(line, taxIncluded);
}

/** The line with its amounts, from the price, modifiers and rates that it was made with (P4). */
function priced(line: Line, taxIncluded: boolean): Line {
  const extended = extendedMinor(line);
  const rates = line.taxes.map(({ rateId, ratePpm }, index) => ({ rateId, ratePpm, name: line.taxNames[index] ?? '' }));
  return { ...line, extendedMinor: extended, ...taxLine(extended - discountMinor(line), rates, taxIncluded) };
}

// It decides nothing: an impossible one is left out, where an impossible price stops the sale.
function plausibleCompareAt(compareAtMinor: number | null, context: TransactionContext): number | null {
  const plausible =
    compareAtMinor !== null && isPrice(compareAtMinor) && compareAtMinor <= context.limits.totalMaxMinor;
  return plausible ? compareAtMinor : null;
}

function isPrice(amountMinor: number): boolean {
  return Number.isSafeInteger(amountMinor) && amountMinor >= 0;
}

function isSameSale(one: Line, other: Line): boolean {
  return (
    one.itemId === other.itemId &&
    one.unit === 'EA' &&
    one.unitPriceMinor === other.unitPriceMinor &&
    one.compareAtMinor === other.compareAtMinor &&
    one.priceId === other.priceId &&
    one.modifiers.length === 0 &&
    one.taxClass === other.taxClass &&
    one.taxes.length === other.taxes.length &&
    one.taxes.every(
      (tax, index) => tax.rateId === other.taxes[index]?.rateId && tax.ratePpm === other.taxes[index].ratePpm,
    )
  );
}

function withLine(state: TransactionState, changed: Line, context: TransactionContext): Decision {
  if (!Number.isSafeInteger(changed.unitPriceMinor * changed.quantity)) return refuse('amount-out-of-range');
  const line = priced(changed, state.taxIncluded);
  const lines = state.lines.map((one) => (one.lineId === line.lineId ? line : one));
  return withLines(state, lines, line.lineId, context);
}

function withLines(
  state: TransactionState,
  lines: Line[],
  touchedLineId: string,
  context: TransactionContext,
): Decision {
  const { totalMinor } = totalsOf(lines);
  if (totalMinor > context.limits.totalMaxMinor) return refuse('amount-out-of-range');
  const next: TransactionState = {
    ...state,
    lines,
    touchedLineId,
    cashRoundingMinor: cashRoundingMinor(totalMinor, context.denominationsMinor),
    revision: state.revision + 1,
  };
  return hasRoom(next) ? decided(next) : refuse('too-many-lines');
}
