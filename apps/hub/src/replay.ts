import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { viewHash } from '@evertill/engine';
import { openSqlite } from '@evertill/sqlite';
import type { DataFolder } from './data-folder.ts';
import { loadHubApi, startProjector } from './hub.ts';
import type { Log } from './log.ts';

export interface ReplayOutcome {
  isEqual: boolean;
  liveHash: string;
  rebuiltHash: string;
  /** Rows of the ledger that were read again: enrolments, heads and segments. */
  ledgerRows: number;
}

/**
 * Builds every view from the ledger into an empty store and compares it with the one that grew (I21). The new one lies in the data
 * folder while it is built, takes about as much room as the tables, and goes afterwards; the old one is only brought up to date.
 */
export async function replay(folder: DataFolder, nowMs: () => number, log: Log): Promise<ReplayOutcome> {
  const live = loadHubApi(folder, nowMs, log);
  await settle(live, nowMs, log);
  const path = mkdtempSync(join(folder.path, 'replay-'));
  // Made to be thrown away: nothing has to survive a power cut.
  const db = openSqlite({ file: join(path, 'replay.db'), pragmas: { journal_mode: 'WAL', synchronous: 'OFF' } });
  try {
    const rebuilt = loadHubApi({ ...folder, tables: db }, nowMs, log);
    let ledgerRows = 0;
    for (const item of live.tables.items('ledger')) {
      rebuilt.tables.write('ledger', { kind: 'put', item });
      ledgerRows++;
    }
    await settle(rebuilt, nowMs, log);
    const [liveHash, rebuiltHash] = [viewHash(live.tables), viewHash(rebuilt.tables)];
    return { isEqual: liveHash === rebuiltHash, liveHash, rebuiltHash, ledgerRows };
  } finally {
    db.close();
    rmSync(path, { recursive: true, force: true });
  }
}

async function settle(api: ReturnType<typeof loadHubApi>, nowMs: () => number, log: Log): Promise<void> {
  const projector = startProjector(api, nowMs, log, () => undefined);
  await projector.settled();
  projector.close();
}
