import type { StartFault } from '../../../contract/start-faults.ts';

/** Why the register cannot open, what is safe, and what to do: one sentence or two each. */
export const startFaultWords: Readonly<Record<StartFault, string>> = {
  'already-open': 'Evertill is already running on this register. Use the window that is open, or close it first.',
  'business-date-backwards':
    'The day would run backwards. Nothing was changed and your sales are on this disk. Call support.',
  busy: 'Another program holds the register’s files. Close it, then start Evertill again. Your sales are on this disk.',
  'cannot-open':
    'The register’s files cannot be opened. Check that the disk is there and that Evertill may write to it.',
  'code-refused':
    'The server did not take the code: it was mistyped, has expired, or was used. Ask for a new code and start again.',
  corrupt:
    'The ledger is damaged and was left as it is. Do not delete any file. Call support: they bring it back from the second copy.',
  'disk-full': 'The disk is full. Your sales are safe. Make room on this computer, then start Evertill again.',
  disposed: 'The register was closed while it opened. Start Evertill again. Your sales are on this disk.',
  'enrolment-unreadable':
    'The file that enrolled this register cannot be read. Nothing was changed. Ask for a new enrolment.',
  'foreign-file':
    'Another program’s file lies where the ledger belongs. It was left as it is. Move it away, then start again.',
  'hub-unreachable':
    'The server does not answer, and this register has never joined its store. Check the network, then start again.',
  io: 'The disk did not confirm a write. What was confirmed is safe. Start Evertill again, and have the disk checked.',
  'journal-broken': 'The journal does not verify and was left as it is. Do not delete any file. Call support.',
  limit: 'A limit of the ledger was reached. Your sales are on this disk. Call support.',
  'newer-version': 'A newer Evertill wrote the ledger, and it was left as it is. Install that version or a later one.',
  'no-catalog': 'There are no products yet. Import a product file, then start Evertill again.',
  'not-enrolled': 'This register has not joined a store yet. Ask for its enrolment, or start the demonstration shop.',
  'number-out-of-order':
    'A receipt number is out of order. Nothing was changed and your sales are on this disk. Call support.',
  'other-identity':
    'The ledger here belongs to another register and was left as it is. Choose the folder of this register.',
  'pragma-not-taken': 'This disk cannot promise to keep a sale, so Evertill does not sell from it. Use a local disk.',
  'read-only':
    'Evertill may not write to its folder. Give it the right to, then start again. Your sales are on this disk.',
  'register-taken':
    'Another register works under this number. Ask for a code with another number, or for one that replaces it.',
  'store-unknown': 'The catalog does not know this store. Import the store’s catalog, then start Evertill again.',
  unexpected:
    'The register could not open. What was sold is still on this disk. Start again; if it stays, call support.',
};
