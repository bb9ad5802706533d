/**
 * Why a snapshot was not written or not read. After any of them the reader keeps what it has.
 *
 * - `bad-signature`: the manifest is not signed by a key this reader trusts
 * - `hash-mismatch`: an object's bytes are not those the manifest names
 * - `object-missing`: an object named by the manifest is not there (yet, or pruned since); worth trying again with a fresh head
 * - `malformed`: not the format, or a newer one
 * - `wrong-scope`: a genuine manifest of another scope
 * - `too-large`: beyond a limit in `limits.ts`
 * - `invalid-document`: a document does not fit its schema
 * - `duplicate-id`: two documents of a collection share an id
 * - `version-not-newer`: the head has that version or a later one
 */
export type PublishedFaultCode =
  | 'bad-signature'
  | 'duplicate-id'
  | 'hash-mismatch'
  | 'invalid-document'
  | 'malformed'
  | 'object-missing'
  | 'too-large'
  | 'version-not-newer'
  | 'wrong-scope';

export class PublishedFault extends Error {
  override readonly name = 'PublishedFault';
  readonly code: PublishedFaultCode;

  constructor(code: PublishedFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
