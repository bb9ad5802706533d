import { LedgerFault, ledgerFaults, type LedgerFaultCode } from '@evertill/ledger';
import { describe, expect, it } from 'vitest';
import { CoreFault, startFaultOf } from './core-fault.ts';

describe('why a core cannot open', () => {
  it('is told by every fault of the ledger, each with words of its own', () => {
    for (const code of Object.keys(ledgerFaults) as LedgerFaultCode[]) {
      expect(startFaultOf(new LedgerFault(code, 'a test'))).toBe(code);
    }
  });

  it('is told by the core’s own faults, and anything else is unexpected', () => {
    expect(startFaultOf(new CoreFault('no-catalog', 'a test'))).toBe('no-catalog');
    expect(startFaultOf(new TypeError('x'))).toBe('unexpected');
    expect(startFaultOf('x')).toBe('unexpected');
  });
});
