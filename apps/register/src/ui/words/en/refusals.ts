import type { NoticeCode, RefusalCode } from '@evertill/register';
import type { PageRefusalCode } from '../page-refusal.ts';

/** What happened and what to do now, for each refusal. */
export const refusals: Record<PageRefusalCode, string> = {
  'not-signed-on': 'Nobody is signed on. Sign on and try again.',
  'not-permitted': 'You are not allowed to do this. Ask a supervisor or a manager.',
  'wrong-pin': 'That PIN is not right. Try again.',
  'locked-out': 'Too many wrong PINs. Wait for the countdown, then try again.',
  'unknown-staff': 'This person is not known to the register. Choose another name.',
  'grant-expired': 'This sign-on is no longer valid. Ask a manager to renew it.',
  'till-closed': 'The till is closed. Open it before you sell.',
  'till-open': 'The till is already open.',
  'open-transaction': 'A transaction is still open. Finish, park or void it first.',
  'suspended-transactions': 'Parked transactions are waiting. Resume and finish or void them first.',
  'no-transaction': 'There is no transaction to do this with. Scan an item to start one.',
  'stale-screen': 'The transaction has just changed. Look at it and press again.',
  'wrong-state': 'This cannot be done now. Money has been taken: remove it or finish the sale.',
  'unknown-item': 'No item has this code. Check it, or search by name.',
  'unknown-line': 'This line is no longer there. Choose another.',
  'unknown-transaction': 'This transaction is no longer there. It may have been resumed already.',
  'no-price': 'This item has no price. Ask a manager before you sell it.',
  'quantity-out-of-range': 'This quantity is not possible. Enter a smaller number, or void the line.',
  'too-many-lines': 'The transaction is full. Take payment for it and start another one.',
  'empty-transaction': 'There is nothing to pay. Scan an item first.',
  'tender-too-small': 'Enter an amount above zero.',
  'tender-too-large': 'This is more cash than the register takes at once. Check the amount.',
  'unknown-denomination': 'This note or coin is not used here. Count again.',
  'count-out-of-range': 'One of the counts is too large. Check what you typed.',
  'amount-out-of-range': 'This amount is too large for one sale. Check the quantities.',
  'text-too-long': 'The text is too long. Make it shorter.',
  'nothing-to-reprint': 'There is no receipt to print again yet.',
  'unknown-job': 'This print job is already done.',
  'disk-full': 'The disk of this register is full. Nothing was taken. Call support before you go on.',
  'storage-failed':
    'The register could not write this to its disk. Nothing was taken. Try again; if it stays, call support.',
  'too-busy': 'The register is busy. Wait a moment and try again.',
  'needs-server': 'This needs the server, and it cannot be reached now. Try again when the connection is back.',
  'resumed-elsewhere': 'Another register has taken this transaction up. It goes on there.',
  'bad-message': 'The register did not understand its own screen. Restart the register; nothing is lost.',
  'core-restarted': 'The register has just restarted. Look at the transaction before you go on.',
  deadline: 'The register takes long to answer. Look at the transaction before you try again.',
};

const quoted = (detail: string | null): string => (detail ? ` “${detail}”` : '');

/** The sentence of each notice; `detail` is what it is about. */
export const notices: Record<NoticeCode, (detail: string | null) => string> = {
  'unknown-code': (detail) => `No item has the code${quoted(detail)}. Search for it by name, or ask a manager.`,
  'no-price': (detail) => `${detail ?? 'This item'} has no price and was not added. Ask a manager.`,
  'scan-ignored-signed-off': () => 'Scanned while nobody is signed on: nothing was added. Sign on and scan again.',
  'scan-ignored-till-closed': () =>
    'Scanned while the till is closed: nothing was added. Open the till and scan again.',
  'scan-ignored-tendering': () =>
    'Scanned while paying: nothing was added. Finish this sale, or remove the cash and go back.',
  'ambiguous-code': (detail) => `More than one item has the code${quoted(detail)}. Search by name and choose.`,
  'transaction-restored': () => 'The register restarted. Your transaction is back as it was.',
  'print-interrupted': (detail) =>
    `Printing stopped in the middle${detail ? `: ${detail}` : ''}. Choose under Devices: print again or leave it.`,
  'printer-paper-out': () => 'The printer is out of paper. You can go on selling; receipts print when there is paper.',
  'printer-offline': () => 'The printer does not answer. You can go on selling; receipts wait for it.',
  'catalog-updated': (detail) =>
    detail ? `Items and prices are up to date: ${detail} items.` : 'Items and prices are up to date.',
  'second-copy-failed': () =>
    'The second copy of the sales could not be written. Sales are safe on this disk; tell support today.',
  'receipt-scanned': (detail) => `Looking up the receipt${quoted(detail)}.`,
  'resumed-elsewhere': (detail) => `Another register went on with${quoted(detail)}.`,
  refused: (detail) => refusals[(detail ?? '') as RefusalCode] ?? 'The register refused this. Try again.',
};
