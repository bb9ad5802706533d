import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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
import { mergeCandidate } from './merge-candidate.ts';
import type { MergeContext } from './merge-candidate.ts';
import { FileRefused } from './problem.ts';
import type { RefusalCode, RejectedRow } from './problem.ts';
import { openShop } from './open-shop.ts';
import type { OpenShop } from './open-shop.ts';
import { noRejectedFile, openRejectedFile } from './rejected-file.ts';
import type { RejectedFile } from './rejected-file.ts';
import { RowReader } from './row-reader.ts';

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
  options.onProgress?.({ step: 'catalog', bytesRead: 0, bytes: csv.bytes, rows: 0 });
  const shop = await openShop(folder, scratchFile, options);
  try {
    const tally = await readIntoScratch(csv, layout, shop, rejectedFile, options);
    const published = options.dryRun ? null : await publishShop(folder, shop, tally.counts, csv, options);
    return {
      ...tally.counts,
      format: layout.format.name,
      encoding: csv.encoding,
      delimiter: csv.delimiter,
      rejected: tally.rejected,
      rejectedFile: rejectedFile.finish(),
      published,
    };
  } catch (error) {
    rejectedFile.discard();
    throw error;
  } finally {
    shop.scratch.dispose();
  }
}

async function readIntoScratch(
  csv: CsvFile,
  layout: FileLayout,
  shop: OpenShop,
  rejectedFile: RejectedFile,
  { onProgress }: ImportOptions,
): Promise<ImportTally> {
  const tally = new ImportTally((row) => rejectedFile.add(row));
  const taxIds = new Set(shop.taxes.map(({ id }) => id));
  const { currency, nowIso } = shop.context;
  const mergeContext = { currency, nowIso, hasTaxClass: (id: string) => taxIds.has(id) };
  const styles = shop.scratch.styles();
  let bytesRead = 0;
  for await (const rows of csv.rows((bytes) => (bytesRead = bytes))) {
    shop.scratch.inTransaction(() => {
      for (const row of rows) {
        if (row.kind === 'rejected') tally.reject(row.rejected);
        else takeRow(new RowReader(row.line, row.cells, layout.columns, shop.context));
      }
    });
    onProgress?.({ step: 'read', bytesRead, bytes: csv.bytes, rows: tally.counts.read });
    await setImmediate();
  }
  return tally;

  function takeRow(row: RowReader<string>): void {
    const reading = layout.format.read(row, styles, shop.context);
    if (row.problem) return tally.reject(row.problem);
    if (reading.kind === 'passed-over') return tally.passOver(reading.why);
    if (reading.kind === 'item') takeItem(reading.item, row, shop.scratch, mergeContext, tally);
  }
}

function takeItem(
  candidate: Parameters<typeof mergeCandidate>[0],
  row: RowReader<string>,
  scratch: OpenShop['scratch'],
  context: MergeContext,
  tally: ImportTally,
): void {
  const outcome = mergeCandidate(candidate, scratch, context);
  if (outcome.kind === 'rejected') {
    row.reject(outcome.field, outcome.problem.code, outcome.problem.reason);
    if (row.problem) tally.reject(row.problem);
    return;
  }
  scratch.put(outcome.item);
  if (candidate.quantity !== null) scratch.count(outcome.item.id, candidate.quantity);
  tally.took(outcome.kind);
}

async function publishShop(
  folder: DataFolder,
  shop: OpenShop,
  { created, updated, unchanged }: ImportCounts,
  csv: CsvFile,
  { nowIso, onProgress }: ImportOptions,
): Promise<ImportReport['published']> {
  if (created + updated + unchanged === 0) return null;
  onProgress?.({ step: 'publish', bytesRead: csv.bytes, bytes: csv.bytes, rows: created + updated });
  const published = await publishCatalog({
    folder,
    scope: shop.enrolment.scope,
    createdAtIso: nowIso,
    catalog: {
      products: shop.scratch.products(),
      prices: shop.scratch.prices(),
      taxes: shop.taxes,
      stores: shop.stores,
    },
  });
  keepEnrolment(folder, shop.enrolment);
  const { scope, version, contentHash, unchanged: same } = published;
  return { scope, version, contentHash, unchanged: same };
}

function rejectedPath(folder: DataFolder, nowIso: string): string {
  return join(folder.imports, `rejected-${nowIso.replace(/[-:.]/g, '')}.json`);
}
