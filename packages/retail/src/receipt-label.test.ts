import { expect, test } from 'vitest';
import { receiptLabel } from './receipt-label.ts';

test.each([
  ['BER1', 'BER1-12', 'BER1-12-3-000042'],
  ['BER1', '12', 'BER1-12-3-000042'],
  ['BER1', 'BER12-1', 'BER1-BER12-1-3-000042'],
])('[I5] store %s, register %s: %s', (store, register, label) => {
  expect(receiptLabel({ store, register, epoch: 3, receiptNumber: 42 })).toBe(label);
});
