import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519Verifier, readHead } from '@evertill/published';
import type { Price, Product, Store, Tax } from '@evertill/published';
import { seededRandom, temporaryFolder } from '@evertill/testkit';
import { dataFolderAt } from '../../publish/data-folder.ts';
import { publishCatalog } from '../../publish/publish-catalog.ts';
import { composeEnrolment, findEnrolment, keepEnrolment } from '../../seed/set-up-shop.ts';
import { demonstrationStore, demonstrationTaxes } from '../../seed/shop-facts.ts';
import { importCatalog } from '../import-catalog.ts';
import type { ImportOptions, ImportReport, ImportResult } from '../import-catalog.ts';

export const NOW_ISO = '2026-03-02T08:00:00.000Z';

/** A data folder of one test, with what a test does to it. */
export type ShopFolder = {
  path: string;
  /** Writes a file and imports it. */
  import(content: string | Uint8Array, options?: Partial<ImportOptions>): Promise<ImportResult>;
  /** The same, for a file that is expected to be usable. */
  report(content: string | Uint8Array, options?: Partial<ImportOptions>): Promise<ImportReport>;
  importFile(file: string, options?: Partial<ImportOptions>): Promise<ImportResult>;
  /** What registers would read; the version is 0 where nothing is published. */
  published(): Promise<{ version: number; products: Product[]; prices: Price[]; taxes: Tax[]; stores: Store[] }>;
  /** Publishes an empty catalog of a shop with another currency. */
  openIn(currency: string): Promise<void>;
  dispose(): void;
};

/** PIN verifiers are slow on purpose: one shop is set up for a test file and copied for each test. */
let template: Promise<string> | null = null;

async function setUpTemplate(): Promise<string> {
  const folder = temporaryFolder('import-template');
  process.once('exit', () => folder.dispose());
  const data = dataFolderAt(join(folder.path, 'shop'));
  keepEnrolment(data, await composeEnrolment({ folder: data, nowIso: NOW_ISO, random: seededRandom('shop') }));
  return data.path;
}

/** A folder whose shop is set up; `bare: true` for one with nothing in it. */
export async function shopFolder({ bare = false } = {}): Promise<ShopFolder> {
  const folder = temporaryFolder('import');
  const data = dataFolderAt(join(folder.path, 'shop'));
  const random = seededRandom('shop');
  if (!bare) cpSync(await (template ??= setUpTemplate()), data.path, { recursive: true });

  const importFile: ShopFolder['importFile'] = (file, options) =>
    importCatalog({ file, data: data.path, nowIso: NOW_ISO, random, ...options });

  const importContent: ShopFolder['import'] = (content, options) => {
    const file = join(folder.path, 'products.csv');
    writeFileSync(file, content);
    return importFile(file, options);
  };

  return {
    path: data.path,
    importFile,
    import: importContent,
    async report(content, options) {
      const result = await importContent(content, options);
      if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
      return result.report;
    },
    async published() {
      const enrolment = findEnrolment(data);
      const head =
        enrolment &&
        readHead({ folder: data.published, scope: enrolment.scope, verify: ed25519Verifier([enrolment.publisher]) });
      const found = {
        version: head?.manifest.version ?? 0,
        products: [],
        prices: [],
        taxes: [],
        stores: [],
      } as Awaited<ReturnType<ShopFolder['published']>>;
      if (!head) return found;
      for await (const batch of head.readBatches('products')) found.products.push(...batch);
      for await (const batch of head.readBatches('prices')) found.prices.push(...batch);
      for await (const batch of head.readBatches('taxes')) found.taxes.push(...batch);
      for await (const batch of head.readBatches('stores')) found.stores.push(...batch);
      return found;
    },
    async openIn(currency) {
      const store = { ...demonstrationStore, currency };
      const catalog = { products: [], prices: [], taxes: demonstrationTaxes, stores: [store] };
      await publishCatalog({ folder: data, scope: store.id.toLowerCase(), createdAtIso: NOW_ISO, catalog });
    },
    dispose: () => folder.dispose(),
  };
}
