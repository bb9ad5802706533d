import { setImmediate } from 'node:timers/promises';
import type { CsvFile } from './csv/csv-file.ts';
import type { FileLayout } from './formats/product-format.ts';
import type { ImportTally } from './import-tally.ts';
import type { ItemCandidate } from './item-candidate.ts';
import { mergeCandidate } from './merge-candidate.ts';
import type { OpenShop } from './open-shop.ts';
import { canBeCounted } from '../stock/record-counts.ts';
import { RowReader } from './row-reader.ts';

/** Reads every row of a file, compares it with the catalog, changes the scratch catalog and counts what became of the row. */
export async function takeRows(
  csv: CsvFile,
  { format, columns }: FileLayout,
  { scratch, taxes, context }: OpenShop,
  tally: ImportTally,
  onRows: (bytesRead: number) => void,
): Promise<void> {
  const taxIds = new Set(taxes.map(({ id }) => id));
  const { currency, nowIso } = context;
  const mergeContext = { currency, nowIso, hasTaxClass: (id: string) => taxIds.has(id) };
  const styles = scratch.styles();
  let bytesRead = 0;
  for await (const rows of csv.rows((bytes) => (bytesRead = bytes))) {
    scratch.inTransaction(() => {
      for (const row of rows) {
        if (row.kind === 'rejected') tally.reject(row.rejected);
        else takeRow(new RowReader(row.line, row.cells, columns, context));
      }
    });
    onRows(bytesRead);
    await setImmediate();
  }

  function takeRow(row: RowReader<string>): void {
    const reading = format.read(row, styles, context);
    if (reading.kind === 'item' && row.problem === null) takeItem(reading.item, row);
    else if (reading.kind === 'passed-over' && row.problem === null) tally.passOver(reading.why);
    if (row.problem) tally.reject(row.problem);
  }

  function takeItem(candidate: ItemCandidate, row: RowReader<string>): void {
    const outcome = mergeCandidate(candidate, scratch, mergeContext);
    if (outcome.kind === 'rejected') {
      row.reject(outcome.field, outcome.problem.code, outcome.problem.reason);
      return;
    }
    const { item } = outcome;
    scratch.put(item);
    if (candidate.quantity !== null && canBeCounted(item.id)) scratch.count(item.id, candidate.quantity);
    tally.took(outcome.kind);
  }
}
