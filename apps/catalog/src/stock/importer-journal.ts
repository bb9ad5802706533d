import { join } from 'node:path';
import { openKeyFile } from '@evertill/author/files';
import type { SigningKey } from '@evertill/journal';
import { fileHighWaterMark, openLedger } from '@evertill/ledger';
import type { Ledger } from '@evertill/ledger';
import { Temporal } from 'temporal-polyfill';
import type { Enrolment } from '@evertill/enrolment';
import type { DataFolder } from '../publish/data-folder.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';

const KEY_NAME = 'importer';
export const ENGINE = 'evertill-import/1';

/** Every author of facts has a journal; this is who the importer of a store is in its own. */
export function importerOf(storeId: string): string {
  return `${storeId}-importer`;
}

/** The importer's key, made on first use. */
export function openImporterKey(folder: DataFolder): SigningKey {
  return openKeyFile(join(folder.keys, `${KEY_NAME}.key`));
}

/**
 * Opens the importer's journal in a data folder, or begins it. Its key is made on first use, for its owner's eyes only; the mark of how far it
 * came is kept beside the key, so that a restored journal is noticed.
 *
 * @throws LedgerFault
 */
export function openImporterJournal(
  folder: DataFolder,
  { tenant, store }: Enrolment,
  { nowIso, random }: { nowIso: string; random: RandomBytes },
): Ledger {
  const nowMs = Date.parse(nowIso);
  return openLedger({
    folder: folder.importer,
    identity: { tenant, store: store.id, register: importerOf(store.id) },
    key: openImporterKey(folder),
    clock: { nowMs: () => nowMs, tzOffsetMin: () => offsetMinutes(nowMs, store.timeZone) },
    random,
    highWater: fileHighWaterMark(join(folder.keys, `${KEY_NAME}.mark.json`)),
    engine: ENGINE,
  });
}

function offsetMinutes(nowMs: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  return Math.round(local.offsetNanoseconds / 60_000_000_000);
}
