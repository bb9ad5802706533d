/**
 * A receipt's number as printed and spoken, e.g. `BER1-1-1-000042`: register, epoch, number. Register ids are unique in a chain,
 * numbers within (register, epoch): so the label is unique in the chain (I5).
 */
export function receiptLabel(receipt: { register: string; epoch: number; receiptNumber: number }): string {
  return `${receipt.register}-${receipt.epoch}-${String(receipt.receiptNumber).padStart(6, '0')}`;
}
