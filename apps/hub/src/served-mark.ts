import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetViews } from '@evertill/engine';
import type { Tables } from '@evertill/engine';

/** Beside the views' own rows, which replays and their hashes pass over. */
const ROW = { pk: { S: '#view' }, sk: { S: '#served' } };

/**
 * Begins the views anew where the folder is not the one that was served last but a copy: a backup that was put back holds less than registers
 * have pulled, under the same numbers, and would go on to give those numbers to other documents. In a new period every register pulls
 * from the start.
 *
 * A file is made at each start, and the database remembers when the operating system says that it was made: no copy brings that along. Call it once
 * a start, before anything reads the views.
 */
export function beginAnewInCopy(folder: string, tables: Tables): { isCopy: boolean } {
  const file = join(folder, 'served.mark');
  const held = tables.getItem('views', ROW)?.['mark'];
  const isCopy = held === undefined || !('S' in held) || held.S !== markOf(file);
  if (isCopy) forgetViews(tables);
  rmSync(file, { force: true });
  writeFileSync(file, '', { mode: 0o600 });
  tables.write('views', { kind: 'put', item: { ...ROW, mark: { S: markOf(file) } } });
  return { isCopy: isCopy && held !== undefined };
}

function markOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.ctimeNs}` : 'none';
}
