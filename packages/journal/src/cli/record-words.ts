import type { KnownRecord, ReadRecord } from '@evertill/records';

/** One line for people: place, local time, what happened, who did it. */
export function recordWords(read: ReadRecord): string {
  const { epoch, seq, actor, approver } = read.header;
  const who = approver === undefined ? actor : `${actor}, approved by ${approver}`;
  const what = read.known ? factWords(read) : 'of a type or version not known here';
  return printable(`${epoch}/${seq}  ${localTime(read)}  ${read.type}: ${what}  (${who})`);
}

/** A name in a record must not be able to steer the auditor's terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '·');
}

/** Wall-clock time at the register, as the record says. */
function localTime({ header }: ReadRecord): string {
  const local = new Date(Date.parse(header.at) + header.tzOffsetMin * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

function factWords(read: KnownRecord): string {
  const money = (amountMinor: number): string => moneyText(amountMinor, read.header.currency);
  switch (read.type) {
    case 'EpochOpened': {
      const { parent, reason, keyId } = read.payload;
      return `${reason}${parent ? ` after ${parent.epoch}/${parent.seq}` : ''}, signed by ${keyId}`;
    }
    case 'BusinessDayOpened':
      return read.payload.businessDate;
    case 'SignedOn':
      return `${read.payload.staffId} as ${read.payload.role}`;
    case 'SignedOff':
      return `${read.payload.staffId}, ${read.payload.reason}`;
    case 'SignOnLocked':
      return `${read.payload.staffId} after ${read.payload.attempts} attempts until ${read.payload.lockedUntil}`;
    case 'TillOpened':
      return `${read.payload.tillId} with a float of ${money(read.payload.floatMinor)}`;
    case 'TillClosed': {
      const { tillId, countedMinor, drawer, overShortMinor } = read.payload;
      return `${tillId} counted ${money(countedMinor)}, expected ${money(drawer.expectedMinor)}, ${overShortWords(overShortMinor, money)}`;
    }
    case 'XReportRead':
      return `${read.payload.sums.transactionCount} sales, ${money(read.payload.sums.totalMinor)}`;
    case 'ZReportIssued': {
      const { zNumber, businessDate, sums, grandTotalMinor, overShortMinor } = read.payload;
      const sales = `${sums.transactionCount} sales, ${money(sums.totalMinor)}`;
      return `Z ${zNumber} of ${businessDate}, ${sales}, grand total ${money(grandTotalMinor)}, ${overShortWords(overShortMinor, money)}`;
    }
    case 'TransactionCompleted': {
      const { receiptNumber, totals, tenders, changeDueMinor } = read.payload;
      const paid = tenders.map((tender) => `${tender.kind} ${money(tender.amountMinor)}`).join(', ');
      return `receipt ${receiptNumber}, ${totals.itemCount} items, ${money(totals.totalMinor)}, ${paid}, change ${money(changeDueMinor)}`;
    }
    case 'TransactionVoided':
      return `receipt ${read.payload.receiptNumber}, ${money(read.payload.totals.totalMinor)} not sold, ${read.payload.reason}`;
    case 'TransactionSuspended':
      return `${read.payload.transactionId} “${read.payload.name}”, ${money(read.payload.totals.totalMinor)}`;
    case 'TransactionResumed':
      return `${read.payload.transactionId} from ${read.payload.suspended.epoch}/${read.payload.suspended.seq}`;
    case 'ReceiptReprinted':
      return `receipt ${read.payload.receiptNumber}, copy ${read.payload.copyNumber}, ${read.payload.reason}`;
    case 'OrderPlaced': {
      const { number, fulfilment, location, lines, totalMinor } = read.payload;
      return `${number}, ${lines.length} line${lines.length === 1 ? '' : 's'}, ${money(totalMinor)}, ${fulfilment} at ${location}`;
    }
    case 'StockCounted':
      return `${read.payload.items.length} items at ${read.payload.location}, ${read.payload.source}`;
  }
}

function overShortWords(overShortMinor: number, money: (amountMinor: number) => string): string {
  if (overShortMinor === 0) return 'exact';
  return overShortMinor > 0 ? `over by ${money(overShortMinor)}` : `short by ${money(-overShortMinor)}`;
}

/** Digits of the minor unit as ISO 4217 has them, in the plain form that sorts and greps: `-12.50 EUR`. */
function moneyText(amountMinor: number, currency: string | null): string {
  if (currency === null) return String(amountMinor);
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const units = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = units.slice(0, units.length - digits);
  const fraction = digits === 0 ? '' : `.${units.slice(-digits)}`;
  return `${amountMinor < 0 ? '-' : ''}${whole}${fraction} ${currency}`;
}
