import path from 'node:path';
import { openStage, type Stage } from '../../../apps/register/e2e/harness/stage.ts';
import type { Bench, BenchRow } from '../bench-row.ts';
import { makeBenchShop, type BenchShop } from './bench-shop.ts';
import { benchApplication } from './application.ts';
import { benchCommitSale } from './commit-sale.ts';
import { benchImportSnapshot } from './import-snapshot.ts';
import { benchLookUp } from './look-up.ts';

const ITEMS = 100_000;

type Part = (stage: Stage, shop: BenchShop, say: (line: string) => void) => Promise<BenchRow[]>;

/** In this order: the replica that the first builds is the one that look-ups read. */
const parts: Readonly<Record<string, Part>> = {
  'import-snapshot': (_stage, shop, say) => benchImportSnapshot(shop, say),
  'look-up': benchLookUp,
  'commit-sale': (_stage, _shop, say) => benchCommitSale(say),
  application: benchApplication,
};

/** The register's main figures, with 100,000 items in the real application. */
export const benchMain: Bench = async (say, only) => {
  const stage = await openStage();
  try {
    say(`seeding a shop of ${ITEMS} items`);
    const shop = await makeBenchShop(path.join(stage.folder, 'data'), ITEMS);
    const rows: BenchRow[] = [];
    for (const [name, measure] of Object.entries(parts)) {
      if (only === null || only === name) rows.push(...(await measure(stage, shop, say)));
    }
    return { runtime: stage.runtime.note || `Node ${process.version}`, rows };
  } finally {
    await stage.dispose();
  }
};
