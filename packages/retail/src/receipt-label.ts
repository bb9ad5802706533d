/**
 * A receipt's number as printed and spoken, e.g. `BER1-1-1-000042`: store, register, epoch, number. Numbers are unique within
 * (register, epoch), so the label is unique in the chain (I5). A register's id usually carries its store's, which is then said once.
 */
export function receiptLabel(receipt: {
  store: string;
  register: string;
  epoch: number;
  receiptNumber: number;
}): string {
  const { store, register, epoch, receiptNumber } = receipt;
  const who = register.startsWith(`${store}-`) ? register : `${store}-${register}`;
  return `${who}-${epoch}-${String(receiptNumber).padStart(6, '0')}`;
}
