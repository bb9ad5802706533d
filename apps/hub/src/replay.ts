import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LakeRebuilt, ledgerFromLake, readLake, viewHash } from '@evertill/engine';
import { openSqlite } from '@evertill/sqlite';
import { z } from 'zod';
import type { DataFolder } from './data-folder.ts';
import { openEvents } from './events.ts';
import { startProjector } from './following.ts';
import { loadHubApi } from './hub-api.ts';
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
  const projector = startProjector(api.tables, { nowMs, log, onMoved: () => undefined });
  await projector.settled();
  projector.close();
}

export interface LakeReplayOutcome extends ReplayOutcome {
  lakeRecords: number;
  /** Lines that came more than once. */
  repeated: number;
  /** The first record that is missing, altered or of another hand; `null` where every one verifies. */
  fault: LakeRebuilt['fault'];
}

/**
 * Builds the ledger's segments from the raw lake alone, verifies every record of it, signatures included, and builds the views from that. Heads
 * and enrolments are taken over: they are no events. The lake is brought up to the ledger first.
 */
export async function replayFromLake(folder: DataFolder, nowMs: () => number, log: Log): Promise<LakeReplayOutcome> {
  const live = loadHubApi(folder, nowMs, log);
  await settle(live, nowMs, log);
  const events = openEvents(folder.path, live.tables, { nowMs, log });
  await events.settled();
  await events.close();
  const path = mkdtempSync(join(folder.path, 'replay-'));
  const thrownAway = { journal_mode: 'WAL', synchronous: 'OFF' } as const;
  const db = openSqlite({ file: join(path, 'replay.db'), pragmas: thrownAway });
  const scratch = openSqlite({ file: join(path, 'lines.db'), pragmas: thrownAway });
  try {
    const rebuilt = loadHubApi({ ...folder, tables: db }, nowMs, log);
    const keys = new Map<string, string[]>();
    let ledgerRows = 0;
    const heads = new Map<string, { seq: number; hash: string }>();
    for (const item of live.tables.items('ledger')) {
      const row = headOrEnrolment(item);
      if (!row) continue;
      ledgerRows += 1;
      rebuilt.tables.write('ledger', { kind: 'put', item });
      keys.set(row.author, [...(keys.get(row.author) ?? []), row.publicKey]);
      if (row.head) heads.set(`${row.author}.${row.head.epoch}`, row.head);
    }
    const lake = await ledgerFromLake(
      readLake(events.lakeFolder),
      rebuilt.tables,
      scratch,
      (tenant, register) => keys.get(`${tenant}#${register}`) ?? [],
    );
    await settle(rebuilt, nowMs, log);
    const [liveHash, rebuiltHash] = [viewHash(live.tables), viewHash(rebuilt.tables)];
    const fault = lake.fault ?? tailFault(heads, lake.heads);
    const isEqual = liveHash === rebuiltHash && fault === null;
    return { isEqual, liveHash, rebuiltHash, ledgerRows, lakeRecords: lake.records, repeated: lake.repeated, fault };
  } finally {
    db.close();
    scratch.close();
    rmSync(path, { recursive: true, force: true });
  }
}

const rowSchema = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  publicKey: z.object({ S: z.string() }),
  epoch: z.object({ N: z.string() }).optional(),
  seq: z.object({ N: z.string() }).optional(),
  hash: z.object({ S: z.string() }).optional(),
});

/** What of a row of the ledger is no event: whose keys are believed, and where a journal ends. */
function headOrEnrolment(
  item: unknown,
): { author: string; publicKey: string; head: { epoch: number; seq: number; hash: string } | null } | null {
  const row = rowSchema.safeParse(item);
  if (!row.success) return null;
  const { pk, publicKey, epoch, seq, hash } = row.data;
  const head = epoch && seq && hash ? { epoch: Number(epoch.N), seq: Number(seq.N), hash: hash.S } : null;
  return { author: pk.S, publicKey: publicKey.S, head };
}

/** A journal whose last records are not in the lake verifies, and is too short. */
function tailFault(
  heads: ReadonlyMap<string, { seq: number; hash: string }>,
  found: LakeRebuilt['heads'],
): LakeRebuilt['fault'] {
  for (const [name, { seq, hash }] of heads) {
    const end = found.get(name);
    const journal = name.slice(name.indexOf('#') + 1);
    if (!end || end.seq < seq) return { journal, seq: (end?.seq ?? 0) + 1, what: 'missing at the end' };
    if (end.hash !== hash) return { journal, seq, what: 'another record than the ledger has' };
  }
  return null;
}
