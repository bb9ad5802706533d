import type { Bench, BenchRow } from '../bench-row.ts';
import { makeBenchShop } from './bench-shop.ts';
import { benchCommitSale } from './commit-sale.ts';
import { benchImportSnapshot } from './import-snapshot.ts';
import { benchLookUp } from './look-up.ts';

const ITEMS = 100_000;

/** The register's main figures, with 100,000 items in the real application. */
export const benchMain: Bench = async (say) => {
  say(`seeding a shop of ${ITEMS} items`);
  const shop = await makeBenchShop(ITEMS);
  try {
    const rows: BenchRow[] = [];
    rows.push(await benchImportSnapshot(shop, say));
    rows.push(...(await benchLookUp(shop, say)));
    rows.push(...(await benchCommitSale(say)));
    return { runtime: process.env['EVERTILL_RUNTIME_NOTE'] ?? `Node ${process.version}`, rows };
  } finally {
    shop.dispose();
  }
};
