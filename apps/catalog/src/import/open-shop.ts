import { ed25519Verifier, PublishedFault, readHead } from '@evertill/published';
import type { Store, Tax } from '@evertill/published';
import type { Enrolment } from '@evertill/enrolment';
import type { DataFolder } from '../publish/data-folder.ts';
import { composeEnrolment, findEnrolment } from '../seed/set-up-shop.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';
import { demonstrationStore, demonstrationTaxes } from '../seed/shop-facts.ts';
import { fractionDigitsOf } from './cells/fraction-digits.ts';
import { FileRefused } from './problem.ts';
import type { ReadingContext } from './row-reader.ts';
import { ScratchCatalog } from './scratch-catalog.ts';

/** The shop an import changes: what it publishes beside products and prices, and in what terms its file is read. */
export type OpenShop = {
  /** The folder's, or a new one that becomes the folder's with its first catalog. */
  enrolment: Enrolment;
  stores: readonly Store[];
  taxes: readonly Tax[];
  context: ReadingContext;
  /** The catalog as published, to be changed. The caller disposes of it. */
  scratch: ScratchCatalog;
};

/**
 * Reads a data folder's shop and its published catalog into a scratch database at `scratchFile`; where there is no shop yet, a new
 * demonstration shop with an empty catalog. Nothing but the scratch database and, for a new shop, the publisher key is written.
 *
 * @throws FileRefused `catalog-unreadable` when what is published cannot be trusted to build upon.
 */
export async function openShop(
  folder: DataFolder,
  scratchFile: string,
  { nowIso, random }: { nowIso: string; random: RandomBytes },
): Promise<OpenShop> {
  const enrolment = findEnrolment(folder) ?? (await composeEnrolment({ folder, nowIso, random }));
  const scratch = new ScratchCatalog(scratchFile);
  try {
    const { stores, taxes } = await loadPublished(folder, enrolment, scratch);
    const { currency, timeZone } = stores.find(({ id }) => id === enrolment.store.id) ?? enrolment.store;
    const fractionDigits = fractionDigitsOf(currency);
    if (fractionDigits === null) {
      throw new FileRefused('catalog-unreadable', `The shop's currency ${currency} is unknown.`);
    }
    return { enrolment, stores, taxes, context: { currency, fractionDigits, timeZone, nowIso }, scratch };
  } catch (error) {
    scratch.dispose();
    if (!(error instanceof PublishedFault)) throw error;
    const message = `The published catalog cannot be read (${error.code}): ${error.message}`;
    throw new FileRefused('catalog-unreadable', message, { cause: error });
  }
}

async function loadPublished(
  folder: DataFolder,
  { scope, publisher }: Enrolment,
  scratch: ScratchCatalog,
): Promise<{ stores: readonly Store[]; taxes: readonly Tax[] }> {
  const head = readHead({ folder: folder.published, scope, verify: ed25519Verifier([publisher]) });
  if (!head) return { stores: [demonstrationStore], taxes: demonstrationTaxes };
  const stores: Store[] = [];
  const taxes: Tax[] = [];
  await scratch.load(head);
  for await (const batch of head.readBatches('stores')) stores.push(...batch);
  for await (const batch of head.readBatches('taxes')) taxes.push(...batch);
  return { stores, taxes };
}
