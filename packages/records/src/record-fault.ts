/** Why bytes were refused as a record, or a record was refused as bytes. */
export type RecordFaultCode =
  | 'record-too-large'
  | 'record-not-canonical'
  | 'record-not-json'
  | 'record-shape'
  | 'record-value'
  | 'record-too-deep';

/** A programmer's or an attacker's mistake with a record; never an expected outcome of selling. */
export class RecordFault extends Error {
  readonly code: RecordFaultCode;

  constructor(code: RecordFaultCode, message: string) {
    super(message);
    this.name = 'RecordFault';
    this.code = code;
  }
}
