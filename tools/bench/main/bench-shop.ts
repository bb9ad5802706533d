import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seedShop } from 'evertill-catalog';
import { enrolmentSchema, type Enrolment } from 'evertill-catalog/enrolment';

/** A seeded shop in a folder of its own, shared by the measurements of one run. */
export type BenchShop = { folder: string; storeFolder: string; publishedFolder: string; enrolment: Enrolment; items: number; dispose(): void };

export async function makeBenchShop(items: number): Promise<BenchShop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'evertill-bench-'));
  const storeFolder = path.join(folder, 'store');
  const { publishedFolder, enrolmentFile } = await seedShop({
    folder: storeFolder,
    items,
    seed: 1,
    nowIso: new Date().toISOString(),
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
  });
  const enrolment = enrolmentSchema.parse(JSON.parse(readFileSync(enrolmentFile, 'utf8')));
  return {
    folder,
    storeFolder,
    publishedFolder,
    enrolment,
    items,
    dispose: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
