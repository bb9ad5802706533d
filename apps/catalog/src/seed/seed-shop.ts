import type { StaffRole } from '@evertill/enrolment';
import { lockCatalog } from '../publish/catalog-lock.ts';
import { dataFolderAt } from '../publish/data-folder.ts';
import type { DataFolder } from '../publish/data-folder.ts';
import { publishCatalog } from '../publish/publish-catalog.ts';
import { seedItems } from './seed-items.ts';
import type { SeedItem } from './seed-items.ts';
import { composeEnrolment, findEnrolment, keepEnrolment } from './set-up-shop.ts';
import type { RandomBytes } from './set-up-shop.ts';
import { countOpeningStock } from '../stock/count-opening-stock.ts';
import { demonstrationNeighbours, demonstrationStaff, demonstrationStore, demonstrationTaxes } from './shop-facts.ts';

export type SeededShop = {
  publishedFolder: string;
  scope: string;
  enrolmentFile: string;
  /** To be printed: without them nobody can sign in. */
  staffPins: readonly { id: string; name: string; role: StaffRole; pin: string }[];
  /** The published version, and its content hash; `unchanged` when the folder held this very shop already. */
  version: number;
  contentHash: string;
  unchanged: boolean;
  /** Counts of opening stock that are new in the importer's journal. */
  counted: number;
};

export type SeedProgress = { step: 'staff' | 'items' | 'publish' | 'stock'; done: number; total: number };

export type SeedOptions = {
  folder: string;
  items: number;
  seed: string | number;
  nowIso: string;
  random: RandomBytes;
  onProgress?: (progress: SeedProgress) => void;
};

/** Beyond this the generator would hold more than a few hundred megabytes. */
const ITEMS_MAX = 1_000_000;
const ITEMS_PER_REPORT = 1_000;

/**
 * Sets up the demonstration shop in a data folder and publishes its catalog: `items` items from `seed`, through the same code path as an
 * import. Replaces whatever catalog the folder's scope had. Repeating it with the same seed publishes nothing new; staff and keys
 * of a folder stay what they are. Stock is counted at the store and its neighbours where it was not yet.
 */
export async function seedShop(options: SeedOptions): Promise<SeededShop> {
  const { items } = options;
  if (!Number.isInteger(items) || items < 0 || items > ITEMS_MAX) {
    throw new RangeError(`items wants a whole number from 0 to ${ITEMS_MAX}, got ${items}`);
  }
  const folder = dataFolderAt(options.folder);
  const lock = lockCatalog(folder.path);
  try {
    return await seedUnderLock(folder, options);
  } finally {
    lock.release();
  }
}

async function seedUnderLock(
  folder: DataFolder,
  { items, seed, nowIso, random, onProgress = () => undefined }: SeedOptions,
): Promise<SeededShop> {
  onProgress({ step: 'staff', done: 0, total: demonstrationStaff.length });
  const enrolment = findEnrolment(folder) ?? (await composeEnrolment({ folder, nowIso, random }));
  const { scope } = enrolment;
  const made: SeedItem[] = [];
  for (const item of seedItems({ count: items, seed: String(seed), currency: demonstrationStore.currency })) {
    made.push(item);
    if (made.length % ITEMS_PER_REPORT === 0) onProgress({ step: 'items', done: made.length, total: items });
  }
  const published = await publishCatalog({
    folder,
    scope,
    createdAtIso: nowIso,
    catalog: {
      products: withProgress(made, onProgress),
      prices: made.map(({ price }) => price),
      taxes: demonstrationTaxes,
      stores: [demonstrationStore],
    },
  });
  keepEnrolment(folder, enrolment);
  const { version, contentHash, unchanged } = published;
  const locations = [demonstrationStore, ...demonstrationNeighbours].map(({ id }) => id);
  onProgress({ step: 'stock', done: 0, total: locations.length });
  const itemIds = made.map(({ product }) => product.id);
  const opening = { folder, enrolment, itemIds, locations, seed: String(seed), contentHash, nowIso, random };
  const counted = await countOpeningStock(opening);
  return {
    publishedFolder: folder.published,
    scope,
    enrolmentFile: folder.enrolmentFile,
    staffPins: demonstrationStaff,
    version,
    contentHash,
    unchanged,
    counted,
  };
}

function* withProgress(made: readonly SeedItem[], onProgress: (progress: SeedProgress) => void) {
  for (const [index, { product }] of made.entries()) {
    if (index % ITEMS_PER_REPORT === 0) onProgress({ step: 'publish', done: index, total: made.length });
    yield product;
  }
}
