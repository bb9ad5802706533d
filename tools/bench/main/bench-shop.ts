import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { seedShop } from 'evertill-catalog';
import { ed25519Verifier, readHead } from '@evertill/published';
import { enrolmentSchema, type Enrolment } from '@evertill/enrolment';

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

/** Barcodes of `count` items from all over the catalog, as they are printed on the article. */
export async function scanCodesOf({ publishedFolder, enrolment, items }: BenchShop, count: number): Promise<string[]> {
  const verify = ed25519Verifier([enrolment.publisher]);
  const head = readHead({ folder: publishedFolder, scope: enrolment.scope, verify });
  if (!head) throw new Error('the bench shop is not published');
  const every = Math.floor(items / (count + 1));
  const codes: string[] = [];
  let seen = 0;
  for await (const batch of head.readBatches('products')) {
    for (const { scanCode } of batch) {
      if (scanCode === '') continue;
      seen += 1;
      // A GTIN-13 is printed with 13 digits; the catalog keeps 14.
      if (seen % every === 0 && codes.length < count) codes.push(scanCode.replace(/^0(?=\d{13}$)/, ''));
    }
  }
  if (codes.length < count) throw new Error(`the catalog has only ${codes.length} barcodes to scan`);
  return codes;
}
