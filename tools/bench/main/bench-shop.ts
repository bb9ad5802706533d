import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { seedShop } from 'evertill-catalog';
import { enrolmentSchema, type Enrolment } from 'evertill-catalog/enrolment';

/** A seeded shop in the folder that the application is given, shared by the measurements of one run. */
export type BenchShop = {
  folder: string;
  publishedFolder: string;
  /** The replica that the first measurement builds and the look-ups read. */
  replicaFolder: string;
  enrolment: Enrolment;
  items: number;
};

/** `folder`: what the application is given as `--data`. */
export async function makeBenchShop(folder: string, items: number): Promise<BenchShop> {
  const { publishedFolder, enrolmentFile } = await seedShop({
    folder: path.join(folder, 'store'),
    items,
    seed: 1,
    nowIso: new Date().toISOString(),
    random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
  });
  const enrolment = enrolmentSchema.parse(JSON.parse(readFileSync(enrolmentFile, 'utf8')));
  return { folder, publishedFolder, replicaFolder: path.join(folder, 'bench-replica'), enrolment, items };
}
