import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LedgerFault } from '@evertill/ledger';
import { TEXT_LENGTH_MAX } from '@evertill/records';
import { lockCatalog } from '../publish/catalog-lock.ts';
import { dataFolderAt } from '../publish/data-folder.ts';
import type { DataFolder } from '../publish/data-folder.ts';
import { publishCatalog } from '../publish/publish-catalog.ts';
import { findEnrolment, keepEnrolment } from '../seed/set-up-shop.ts';
import type { RandomBytes } from '../seed/set-up-shop.ts';
import { openCsvFile } from './csv/csv-file.ts';
import type { CsvFile } from './csv/csv-file.ts';
import type { FileLayout, FormatName } from './formats/product-format.ts';
import { recogniseFormat } from './formats/recognise-format.ts';
import { ImportTally } from './import-tally.ts';
import type { ImportCounts } from './import-tally.ts';
import { openImporterJournal } from '../stock/importer-journal.ts';
import { openShop } from './open-shop.ts';
import type { OpenShop } from './open-shop.ts';
import { FileRefused } from './problem.ts';
import type { RefusalCode, RejectedRow } from './problem.ts';
import { recordCounts } from '../stock/record-counts.ts';
import type { StockReport } from '../stock/record-counts.ts';
import { noRejectedFile, openRejectedFile } from './rejected-file.ts';
import type { RejectedFile } from './rejected-file.ts';
import { takeRows } from './take-rows.ts';

export type ImportOptions = {
  file: string;
  /** The data folder; a shop is set up in it where there is none. */
  data: string;
  /** Left out: found out from the header. */
  format?: FormatName;
  /** Reads and compares everything, changes nothing. */
  dryRun?: boolean;
  nowIso: string;
  random: RandomBytes;
  onProgress?: (progress: ImportProgress) => void;
};

export type ImportProgress = { step: 'catalog' | 'read' | 'publish'; bytesRead: number; bytes: number; rows: number };

export type ImportReport = ImportCounts & {
  format: FormatName;
  encoding: string;
  delimiter: string;
  /** The first thousand; all of them are in `rejectedFile`. */
  rejected: RejectedRow[];
  rejectedFile: string | null;
  /** What registers will find. Null for a dry run, and where no row was good. `unchanged`: they have it already. */
  published: { scope: string; version: number; contentHash: string; unchanged: boolean } | null;
  /** Null for a dry run, and where the file has no quantities. */
  stock: StockReport | null;
};

export type ImportResult =
  | { ok: true; report: ImportReport }
  | { ok: false; error: { code: RefusalCode; message: string } };

/**
 * Imports a product file into the data folder's catalog. Good rows go in, bad rows are listed, and registers see either the catalog
 * from before or the new one: it is published once, at the end. Rows are merged by item id; items the file does not mention stay.
 *
 * Answers `ok: false` when the file as a whole cannot be used; then nothing has changed.
 */
export async function importCatalog(options: ImportOptions): Promise<ImportResult> {
  try {
    return { ok: true, report: await importFile(options) };
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, error: { code: error.code, message: error.message } };
    throw error;
  }
}

async function importFile(options: ImportOptions): Promise<ImportReport> {
  const csv = await openCsvFile(options.file);
  const layout = recogniseFormat(csv.header, options.format);
  return options.dryRun ? rehearse(csv, layout, options) : takeIn(csv, layout, options);
}

/** Under the catalog's lock, into the data folder. */
async function takeIn(csv: CsvFile, layout: FileLayout, options: ImportOptions): Promise<ImportReport> {
  const folder = dataFolderAt(options.data);
  const lock = lockCatalog(folder.path);
  try {
    const rejectedFile = openRejectedFile(rejectedPath(folder, options.nowIso));
    return await importRows(csv, layout, folder, join(folder.imports, 'running.db'), rejectedFile, options);
  } finally {
    lock.release();
  }
}

/** Reads the data folder, writes only to a temporary one. */
async function rehearse(csv: CsvFile, layout: FileLayout, options: ImportOptions): Promise<ImportReport> {
  const temporary = mkdtempSync(join(tmpdir(), 'evertill-import-'));
  try {
    const folder = dataFolderAt(options.data);
    // Where there is no shop, one is set up for the rehearsal only.
    const shopFolder = findEnrolment(folder) ? folder : dataFolderAt(join(temporary, 'shop'));
    return await importRows(csv, layout, shopFolder, join(temporary, 'running.db'), noRejectedFile(), options);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function importRows(
  csv: CsvFile,
  layout: FileLayout,
  folder: DataFolder,
  scratchFile: string,
  rejectedFile: RejectedFile,
  options: ImportOptions,
): Promise<ImportReport> {
  const progress = (step: ImportProgress['step'], bytesRead: number, rows: number) =>
    options.onProgress?.({ step, bytesRead, bytes: csv.bytes, rows });
  progress('catalog', 0, 0);
  const shop = await openShop(folder, scratchFile, options);
  try {
    const tally = new ImportTally((row) => rejectedFile.add(row));
    await takeRows(csv, layout, shop, tally, (bytesRead) => progress('read', bytesRead, tally.counts.read));
    const { read, created, updated, unchanged } = tally.counts;
    const source = `${layout.format.name}: ${basename(options.file)}`.slice(0, TEXT_LENGTH_MAX);
    const isIdle = options.dryRun === true || created + updated + unchanged === 0;
    if (!isIdle) progress('publish', csv.bytes, read);
    const outcome = isIdle ? { published: null, stock: null } : await bringIn(folder, shop, source, options);
    return {
      ...tally.counts,
      format: layout.format.name,
      encoding: csv.encoding,
      delimiter: csv.delimiter,
      rejected: tally.rejected,
      rejectedFile: rejectedFile.finish(),
      ...outcome,
    };
  } catch (error) {
    rejectedFile.discard();
    throw error;
  } finally {
    shop.scratch.dispose();
  }
}

/**
 * Publishes the changed catalog and records what was counted, in this order: items are known before anyone reads of their stock. The
 * journal is opened first, so that one which cannot be used stops the import while nothing has changed.
 */
async function bringIn(
  folder: DataFolder,
  shop: OpenShop,
  source: string,
  { nowIso, random }: ImportOptions,
): Promise<Pick<ImportReport, 'published' | 'stock'>> {
  const { enrolment, scratch, taxes, stores } = shop;
  const journal = scratch.countCounts() === 0 ? null : openJournal(folder, enrolment, { nowIso, random });
  try {
    const { scope, version, contentHash, unchanged } = await publishCatalog({
      folder,
      scope: enrolment.scope,
      createdAtIso: nowIso,
      catalog: { products: scratch.products(), prices: scratch.prices(), taxes, stores },
    });
    keepEnrolment(folder, enrolment);
    const stock =
      journal &&
      recordCounts(journal, scratch, { store: enrolment.store.id, location: enrolment.store.id, source, contentHash });
    return { published: { scope, version, contentHash, unchanged }, stock };
  } finally {
    await journal?.dispose();
  }
}

function openJournal(...args: Parameters<typeof openImporterJournal>): ReturnType<typeof openImporterJournal> {
  try {
    return openImporterJournal(...args);
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    const message = `The importer's journal cannot be used (${error.code}): ${error.message}. Nothing was imported.`;
    throw new FileRefused('journal-unusable', message, { cause: error });
  }
}

function rejectedPath(folder: DataFolder, nowIso: string): string {
  return join(folder.imports, `rejected-${nowIso.replace(/[-:.]/g, '')}.json`);
}
