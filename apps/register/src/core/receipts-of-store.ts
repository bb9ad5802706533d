import { receiptDocument, xReportDocument, zReportDocument } from '@evertill/receipt';
import type { Receipts } from '@evertill/register';

/** 80 mm paper with the printer's plain font. */
const PAPER = { columns: 48 } as const;
/** The drawer hangs on the printer's first connector; 100 ms is what UnifiedPOS drawers take. */
const DRAWER = { pin: 2, pulseMs: 100 } as const;

/** What the use cases want printed, as documents. */
export function receiptsOfStore(): Receipts {
  return {
    sale: (input) => receiptDocument(input, { ...PAPER, drawer: DRAWER }),
    xReport: (input) => xReportDocument(input, PAPER),
    zReport: (input) => zReportDocument(input, PAPER),
  };
}
