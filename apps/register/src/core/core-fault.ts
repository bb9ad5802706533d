import { startFaults, type StartFault } from '../contract/start-faults.ts';

/** Why a core could not start. Each has its sentence on the starting screen. */
export type CoreFaultCode = 'not-enrolled' | 'enrolment-unreadable' | 'no-catalog';

/** The core cannot start; nothing was changed. */
export class CoreFault extends Error {
  readonly code: CoreFaultCode;

  constructor(code: CoreFaultCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'CoreFault';
    this.code = code;
  }
}

/** The code of any fault that says one (ledger, replica, published, core), or `unexpected`. */
export function faultCode(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  return typeof code === 'string' ? code : 'unexpected';
}

/** The fault as the starting screen has words for it. */
export function startFaultOf(fault: unknown): StartFault {
  const code = faultCode(fault);
  return startFaults.find((known) => known === code) ?? 'unexpected';
}
