/**
 * A receipt's number as printed and spoken, e.g. `BER1-1-1-000042`: store, register, epoch, number. Numbers are unique within
 * (register, epoch), so the label is unique in the chain (I5).
 */
export function receiptLabel(receipt: {
  store: string;
  register: string;
  epoch: number;
  receiptNumber: number;
}): string {
  return `${receipt.store}-${receipt.register}-${receipt.epoch}-${String(receipt.receiptNumber).padStart(6, '0')}`;
}
