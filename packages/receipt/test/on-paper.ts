import { checkPrintDocument, type PrintDocument } from '@evertill/driver-contract';
import { encodeDocument, epsonProfile } from '@evertill/receipt-printer';
import { rollText, virtualPrinter, type VirtualPrinter } from '@evertill/receipt-printer/virtual';

/** Prints a document on the virtual printer, through real bytes. */
export function printed(document: PrintDocument): VirtualPrinter {
  const checked = checkPrintDocument(document);
  if (!checked.ok) throw new Error(`the document is refused at ${checked.error.at}`);
  const encoding = encodeDocument(document, epsonProfile, { openDrawer: true, interruptedBefore: false });
  if (!encoding.ok) throw new Error(encoding.error.at);
  const printer = virtualPrinter({ columns: document.columns, clock: { nowMs: () => 0, after: () => () => {} } });
  for (const piece of encoding.encoded.pieces) printer.receive(piece);
  return printer;
}

export function onPaper(document: PrintDocument): string {
  return rollText(printed(document).roll);
}
