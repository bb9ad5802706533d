/** Why a register cannot be opened. */
export type RegisterFaultCode = 'store-unknown';

export class RegisterFault extends Error {
  override readonly name = 'RegisterFault';
  readonly code: RegisterFaultCode;
  /** For the screen. */
  readonly advice: string;

  constructor(code: RegisterFaultCode, message: string, advice: string) {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}
