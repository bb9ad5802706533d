/**
 * Why a core cannot open: faults of the ledger, of the catalog and of the enrolment. Each has its sentence on the starting screen; what is
 * not in the list is told as `unexpected`.
 */
export const startFaults = [
  'already-open',
  'business-date-backwards',
  'busy',
  'cannot-open',
  'code-refused',
  'corrupt',
  'disk-full',
  'disposed',
  'enrolment-unreadable',
  'foreign-file',
  'hub-unreachable',
  'io',
  'journal-broken',
  'limit',
  'newer-version',
  'no-catalog',
  'not-enrolled',
  'number-out-of-order',
  'other-identity',
  'pragma-not-taken',
  'read-only',
  'register-taken',
  'store-unknown',
  'unexpected',
] as const;
export type StartFault = (typeof startFaults)[number];
