import { SqliteFault, type SqliteFaultCode } from '@evertill/sqlite';

/** What may be done about a fault: try again unchanged, try again after somebody acted, or never. */
export type FaultRetry = 'again' | 'after-action' | 'never';

/** Every fault of the ledger with its retry policy and the sentence for whoever stands at the register. */
export const ledgerFaults = {
  'already-open': {
    retry: 'after-action',
    advice: 'Evertill is already running on this register. Use the window that is open, or close it first.',
  },
  'business-date-backwards': {
    retry: 'never',
    advice:
      'The business date would run backwards. Nothing was recorded. Tell support: this is a fault of the program.',
  },
  busy: { retry: 'again', advice: 'The ledger is in use for a moment. Nothing was recorded. Try again.' },
  'cannot-open': {
    retry: 'after-action',
    advice: 'The ledger cannot be opened. Check that the disk is there and that Evertill may write to its folder.',
  },
  corrupt: {
    retry: 'after-action',
    advice: 'The ledger is damaged and was left as it is. Restore it from the second copy; do not delete any file.',
  },
  'disk-full': { retry: 'after-action', advice: 'The disk is full. Nothing was recorded. Make room, then try again.' },
  disposed: { retry: 'never', advice: 'The ledger is closed. Start Evertill again.' },
  'foreign-file': {
    retry: 'never',
    advice: 'The file in the place of the ledger belongs to another program and was left as it is. Move it away.',
  },
  io: {
    retry: 'after-action',
    advice:
      'The disk did not confirm a write. Start Evertill again: what was confirmed before is safe. Have the disk checked.',
  },
  'journal-broken': {
    retry: 'after-action',
    advice:
      'The journal does not verify and was left as it is. Restore it from the second copy; do not delete any file.',
  },
  limit: { retry: 'never', advice: 'Too much at once: a limit of the ledger was reached. Nothing was recorded.' },
  'newer-version': {
    retry: 'after-action',
    advice: 'The ledger was written by a newer Evertill and was left as it is. Install that version or a later one.',
  },
  'number-out-of-order': {
    retry: 'never',
    advice:
      'A receipt or report number is out of order. Nothing was recorded. Tell support: this is a fault of the program.',
  },
  'other-identity': {
    retry: 'never',
    advice:
      'The ledger in this folder belongs to another register and was left as it is. Choose the folder of this register.',
  },
  'read-only': {
    retry: 'after-action',
    advice: 'Evertill may not write to the folder of the ledger. Give it the right to, then start again.',
  },
} as const satisfies Record<string, { retry: FaultRetry; advice: string }>;

export type LedgerFaultCode = keyof typeof ledgerFaults;

/** An operating fault of the ledger. Unless a sentence says otherwise, nothing was recorded and nothing changed. */
export class LedgerFault extends Error {
  override readonly name = 'LedgerFault';
  readonly code: LedgerFaultCode;
  readonly retry: FaultRetry;
  /** For the screen. `message` is for the log. */
  readonly advice: string;

  constructor(code: LedgerFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retry = ledgerFaults[code].retry;
    this.advice = ledgerFaults[code].advice;
  }
}

const FAULT_OF_SQLITE: Partial<Record<SqliteFaultCode, LedgerFaultCode>> = {
  busy: 'busy',
  'cannot-open': 'cannot-open',
  corrupt: 'corrupt',
  'disk-full': 'disk-full',
  io: 'io',
  'newer-version': 'newer-version',
  'not-a-database': 'foreign-file',
  'pragma-not-taken': 'cannot-open',
  'read-only': 'read-only',
};

const FAULT_OF_SYSTEM_CALL: Record<string, LedgerFaultCode> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EIO: 'io',
  ENOTDIR: 'cannot-open',
  ENOENT: 'cannot-open',
  EEXIST: 'cannot-open',
};

/** Turns what SQLite or the operating system threw into a fault of the ledger; anything else comes back as it is. */
export function asLedgerFault(error: unknown): unknown {
  if (error instanceof SqliteFault) {
    const code = FAULT_OF_SQLITE[error.code];
    return code ? new LedgerFault(code, error.message, error) : error;
  }
  // A failed rollback rides behind the error that mattered; both mean that the connection is no longer to be trusted.
  if (error instanceof AggregateError) return new LedgerFault('io', error.message, error);
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    const code = FAULT_OF_SYSTEM_CALL[String(error.code)];
    return code ? new LedgerFault(code, error.message, error) : error;
  }
  return error;
}

/** Runs `work` and turns what it throws into faults of the ledger. */
export function withLedgerFaults<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asLedgerFault(error);
  }
}
