import { describe, expect, test } from 'vitest';
import { SqliteFault } from '@evertill/sqlite';
import { asLedgerFault, LedgerFault, type LedgerFaultCode, ledgerFaults } from './ledger-fault.ts';

describe('faults of the ledger', () => {
  test.each(Object.keys(ledgerFaults) as LedgerFaultCode[])('%s has its sentence for the screen', (code) => {
    const fault = new LedgerFault(code, 'for the log');
    expect(fault.advice).toMatch(/^[A-Z].{30,}\.$/);
    expect(fault.advice).not.toMatch(/SQLite|fsync|undefined/);
    expect(fault.message).toBe('for the log');
  });

  test.each([
    [new SqliteFault('disk-full', 'x'), 'disk-full'],
    [new SqliteFault('not-a-database', 'x'), 'foreign-file'],
    [Object.assign(new Error('x'), { syscall: 'open', code: 'EROFS' }), 'read-only'],
    [Object.assign(new Error('x'), { syscall: 'mkdir', code: 'ENOSPC' }), 'disk-full'],
    [new AggregateError([], 'the transaction failed, and so did its rollback'), 'io'],
  ])('%s becomes a fault of ours, with its cause', (error, code) => {
    expect(asLedgerFault(error)).toMatchObject({ code, cause: error });
  });

  test('a mistake of the program stays what it is', () => {
    const mistake = new TypeError('x is not a function');
    expect(asLedgerFault(mistake)).toBe(mistake);
    const constraint = new SqliteFault('constraint', 'x');
    expect(asLedgerFault(constraint)).toBe(constraint);
  });
});
