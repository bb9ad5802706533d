import type { Enrolment } from '@evertill/enrolment';
import type { ItemCount } from '../import/scratch-catalog.ts';
import type { DataFolder } from '../publish/data-folder.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';
import { appendCounts, countedBefore } from './append-counts.ts';
import { openImporterJournal } from './importer-journal.ts';
import { openingStock } from './opening-stock.ts';

export type OpeningOptions = {
  readonly folder: DataFolder;
  readonly enrolment: Enrolment;
  readonly itemIds: readonly string[];
  /** The own store and the neighbours whose stock it shows. */
  readonly locations: readonly string[];
  readonly seed: string;
  readonly contentHash: string;
  readonly nowIso: string;
  readonly random: RandomBytes;
};

/**
 * Counts the demonstration shop's items at each location into the importer's journal, so that the unified view has stock; answers how many
 * counts are new. What was counted before, by an earlier run or an import, is left as it is.
 *
 * @throws LedgerFault
 */
export async function countOpeningStock(options: OpeningOptions): Promise<number> {
  const { folder, enrolment, itemIds, locations, seed, contentHash, nowIso, random } = options;
  const journal = openImporterJournal(folder, enrolment, { nowIso, random });
  try {
    let recorded = 0;
    for (const location of locations) {
      const known = new Set<string>();
      for (const { itemId } of countedBefore(journal, location)) known.add(itemId);
      const fresh = openingStock(
        itemIds.filter((itemId) => !known.has(itemId)),
        { seed, location },
      );
      const about = { store: enrolment.store.id, location, source: 'opening stock', contentHash };
      for (const count of appendCounts(journal, fresh satisfies Iterable<ItemCount>, about)) recorded += count;
    }
    return recorded;
  } finally {
    await journal.dispose();
  }
}
