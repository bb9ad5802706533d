import { rmSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openReplica } from '@evertill/replica';
import type { BenchRow } from '../bench-row.ts';
import { quantile, spread, threeDigits } from '../quantile.ts';
import type { BenchShop } from './bench-shop.ts';
import { rawLoad } from './raw-load.ts';

const RATIO_MAX = 3;
const TIMES = 3;

/** How long a published snapshot takes into the replica (read, verified, indexed, swapped in), against a raw SQLite load of the same documents. */
export async function benchImportSnapshot(shop: BenchShop, say: (line: string) => void): Promise<BenchRow[]> {
  const imported: number[] = [];
  const raw: number[] = [];
  for (let time = 1; time <= TIMES; time += 1) {
    say(`snapshot of ${shop.items} items into the replica, in turns with a raw load (${time} of ${TIMES})`);
    const rawFile = path.join(shop.folder, 'raw-load.db');
    raw.push(await timed(() => rawLoad(shop, rawFile)));
    rmSync(rawFile);
    rmSync(shop.replicaFolder, { recursive: true, force: true });
    imported.push(await timed(() => importSnapshot(shop)));
  }
  const anchorP50 = threeDigits(quantile(raw, 0.5));
  const ratio = threeDigits(quantile(imported, 0.5) / quantile(raw, 0.5));
  return [
    {
      id: 'import-snapshot',
      what: `snapshot of ${shop.items} items into the replica`,
      unit: 'ms',
      ...spread(imported),
      anchor: 'raw SQLite load, nothing verified',
      anchorP50,
      ratio,
      target: `≤ ${RATIO_MAX} × raw`,
      kind: 'aim',
      holds: ratio <= RATIO_MAX,
    },
  ];
}

/** Builds the bench shop's replica in its folder. */
export async function importSnapshot(shop: BenchShop): Promise<void> {
  const replica = await openReplica({
    folder: shop.replicaFolder,
    publishedFolder: shop.publishedFolder,
    scope: shop.enrolment.scope,
    verifyKeys: [shop.enrolment.publisher],
    nowMs: Date.now,
  });
  const result = await replica.refresh();
  await replica.dispose();
  if (!result.ok) throw new Error(`the snapshot was not imported: ${result.error.message}`);
}

async function timed(work: () => void | Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
