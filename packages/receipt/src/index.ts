export type { DrawerOptions, PaperOptions, StoreHead } from './page.ts';
export { receiptDocument, type ReceiptInput, type ReceiptOptions, type SaleFacts } from './receipt-document.ts';
export { xReportDocument, zReportDocument, type XReportInput, type ZReportInput } from './report-documents.ts';
export { drawerDocument, testDocument, type TestPrintOptions } from './device-documents.ts';
