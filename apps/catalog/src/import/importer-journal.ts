import { join } from 'node:path';
import { generateSigningKey, signingKeyFromSeed } from '@evertill/journal';
import type { SigningKey } from '@evertill/journal';
import { fileHighWaterMark, openLedger } from '@evertill/ledger';
import type { Ledger } from '@evertill/ledger';
import { Temporal } from 'temporal-polyfill';
import type { Enrolment } from '@evertill/enrolment';
import type { DataFolder } from '../publish/data-folder.ts';
import { readPrivateFile, writePrivateFile } from '../publish/private-file.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';

/** Every author of facts has a journal; this is who the importer is in its own. */
export const AUTHOR = 'importer';
export const ENGINE = 'evertill-import/1';

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
    identity: { tenant, store: store.id, register: AUTHOR },
    key: openKey(join(folder.keys, `${AUTHOR}.key`)),
    clock: { nowMs: () => nowMs, tzOffsetMin: () => offsetMinutes(nowMs, store.timeZone) },
    random,
    highWater: fileHighWaterMark(join(folder.keys, `${AUTHOR}.mark.json`)),
    engine: ENGINE,
  });
}

/** The Ed25519 seed in base64. Like every key it comes from the operating system, whatever `random` a test gives. */
function openKey(file: string): SigningKey {
  const kept = readPrivateFile(file);
  if (kept !== null) return signingKeyFromSeed(Buffer.from(kept.trim(), 'base64'));
  const { key, seed } = generateSigningKey();
  writePrivateFile(file, `${Buffer.from(seed).toString('base64')}\n`);
  return key;
}

function offsetMinutes(nowMs: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  return Math.round(local.offsetNanoseconds / 60_000_000_000);
}
