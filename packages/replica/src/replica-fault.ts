import { PublishedFault } from '@evertill/published';
import type { PublishedFaultCode } from '@evertill/published';
import { SqliteFault } from '@evertill/sqlite';
import type { SqliteFaultCode } from '@evertill/sqlite';

/**
 * Why a refresh brought nothing; the snapshot before it stays in use.
 *
 * - `no-published-folder`: the replica was opened without one
 * - `import-stalled`: the import said nothing for longer than its deadline and was ended
 * - `import-died`: the worker thread ended by itself
 * - `disposed`: the replica was closed meanwhile
 */
export type RefreshErrorCode =
  | PublishedFaultCode
  | SqliteFaultCode
  | 'disposed'
  | 'import-died'
  | 'import-stalled'
  | 'no-published-folder'
  | 'unexpected';

export class RefreshFault extends Error {
  override readonly name = 'RefreshFault';
  readonly code: RefreshErrorCode;

  constructor(code: RefreshErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function refreshErrorOf(error: unknown): { code: RefreshErrorCode; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  const named = error instanceof RefreshFault || error instanceof PublishedFault || error instanceof SqliteFault;
  return { code: named ? error.code : 'unexpected', message };
}
