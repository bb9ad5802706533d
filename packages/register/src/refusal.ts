/** Everything a use case may answer instead of doing what was asked. Each has its sentence on the screen. */
export const refusalCodes = [
  'not-signed-on',
  'not-permitted',
  'wrong-pin',
  'locked-out',
  'unknown-staff',
  'grant-expired',
  'till-closed',
  'till-open',
  'open-transaction',
  'suspended-transactions',
  'no-transaction',
  'stale-screen',
  'wrong-state',
  'unknown-item',
  'unknown-line',
  'unknown-transaction',
  'no-price',
  'quantity-out-of-range',
  'too-many-lines',
  'empty-transaction',
  'tender-too-small',
  'tender-too-large',
  'unknown-denomination',
  'count-out-of-range',
  'amount-out-of-range',
  'text-too-long',
  'nothing-to-reprint',
  'unknown-job',
  'disk-full',
  'storage-failed',
  'too-busy',
  'needs-server',
  'resumed-elsewhere',
  'bad-message',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type Refusal = { code: RefusalCode; detail?: string };
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (code: RefusalCode, detail?: string): { ok: false; error: Refusal } => ({
  ok: false,
  error: detail === undefined ? { code } : { code, detail },
});
