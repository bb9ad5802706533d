import type { Item, Replica } from '@evertill/replica';

export type TrayItem = { code: string; label: string };

/** Everyday words that find something in most shops; what is missing is simply not in the tray. */
const WORDS = ['milk', 'bread', 'coffee', 'apple', 'cheese', 'soap', 'pen', 'shirt', 'oat', 'chocolate', 'tea', 'rice'];
const ITEMS_PER_WORD = 2;

/** Goods with barcodes out of the catalog, for the tray of the virtual scanner. */
export async function trayOfCatalog(replica: Replica): Promise<TrayItem[]> {
  const found = new Map<string, TrayItem>();
  for (const word of WORDS) {
    const items = await replica.search(word, ITEMS_PER_WORD);
    for (const item of items.filter(isScannable)) {
      const { scanCode, name, variant } = item.product;
      found.set(scanCode, { code: printedCode(scanCode), label: variant ? `${name}, ${variant}` : name });
    }
  }
  return [...found.values()];
}

function isScannable(item: Item): boolean {
  return item.price !== null && item.product.scanCode !== '';
}

/** A GTIN-13 is printed with 13 digits; the normal form has 14. */
function printedCode(scanCode: string): string {
  return /^0\d{13}$/.test(scanCode) ? scanCode.slice(1) : scanCode;
}
