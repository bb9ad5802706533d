/**
 * - `closed`: the instance was closed or removed
 * - `unsupported`: a part of RxDB's contract that this storage leaves out on purpose (attachments, several processes on one file)
 * - `schema-changed`: a table exists whose columns are not those of the schema
 * - `id-not-storable`: a primary key with NUL or half a surrogate pair
 */
export type StorageFaultCode = 'closed' | 'id-not-storable' | 'schema-changed' | 'unsupported';

export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly code: StorageFaultCode;

  constructor(code: StorageFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
