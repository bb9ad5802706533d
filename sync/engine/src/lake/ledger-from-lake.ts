import { segmentKey } from '@evertill/api';
import { createChainVerifier, type SealedRecord, segmentsOf } from '@evertill/journal';
import type { SqliteDatabase } from '@evertill/sqlite';
import { entryOf, type LedgerEntry } from '../bus/ledger-entry.ts';
import { itemOf } from '../sources/plain-value.ts';
import type { Tables } from '../tables/tables.ts';

/** What the lake holds of each journal, and the first thing that is wrong with it. */
export type LakeRebuilt = {
  readonly records: number;
  /** Lines that said what another line had said: events come at least once. */
  readonly repeated: number;
  readonly fault: { readonly journal: string; readonly seq: number; readonly what: string } | null;
  /** By `<tenant>#<register>.<epoch>`. */
  readonly heads: ReadonlyMap<string, { readonly seq: number; readonly hash: string }>;
};

/**
 * Puts the ledger's segments together again from the lake's lines, whatever their order and however often they came, and verifies every
 * record: bytes, hash, links, signature. It stops at the first that is wrong. `scratch` takes the lines on disk: a lake is larger than memory.
 *
 * `publicKeys`: of a register, by tenant and register.
 */
export async function ledgerFromLake(
  lines: AsyncIterable<LedgerEntry>,
  into: Tables,
  scratch: SqliteDatabase,
  publicKeys: (tenant: string, register: string) => readonly string[],
): Promise<LakeRebuilt> {
  scratch.exec(
    `CREATE TABLE line (tenant TEXT, register TEXT, epoch INTEGER, seq INTEGER, sealed TEXT NOT NULL, PRIMARY KEY (tenant, register, epoch, seq)) STRICT, WITHOUT ROWID`,
  );
  const outcome = {
    records: 0,
    repeated: 0,
    fault: null as LakeRebuilt['fault'],
    heads: new Map<string, { seq: number; hash: string }>(),
  };
  for await (const line of lines) {
    const fault = keepLine(scratch, line, outcome);
    if (fault) return { ...outcome, fault };
  }
  const journals = scratch
    .statement<{ tenant: string; register: string }>(
      'SELECT DISTINCT tenant, register FROM line ORDER BY tenant, register',
    )
    .all();
  for (const { tenant, register } of journals) {
    outcome.fault = rebuild(scratch, into, { tenant, register }, publicKeys(tenant, register), outcome.heads);
    if (outcome.fault) break;
  }
  return outcome;
}

function keepLine(
  scratch: SqliteDatabase,
  line: LedgerEntry,
  outcome: { records: number; repeated: number },
): LakeRebuilt['fault'] {
  const { tenant, register, epoch, seq, text, hash, alg, keyId, sig } = line;
  const what = columnsDiffer(line);
  if (what) return { journal: `${register}.${epoch}`, seq, what };
  const sealed = JSON.stringify({ text, hash, alg, keyId, sig });
  const held = scratch
    .statement<{ sealed: string }>(
      'SELECT sealed FROM line WHERE tenant = ? AND register = ? AND epoch = ? AND seq = ?',
    )
    .get(tenant, register, epoch, seq);
  if (held && held.sealed !== sealed)
    return { journal: `${register}.${epoch}`, seq, what: 'two lines say different things' };
  if (held) {
    outcome.repeated += 1;
    return null;
  }
  scratch.statement('INSERT INTO line VALUES (?, ?, ?, ?, ?)').run(tenant, register, epoch, seq, sealed);
  outcome.records += 1;
  return null;
}

/** The columns beside the text are there to be looked for: they must say what the text says. */
function columnsDiffer(line: LedgerEntry): string | null {
  let said: LedgerEntry;
  try {
    said = entryOf(line);
  } catch {
    return 'the text is no record';
  }
  const differs = (Object.keys(said) as (keyof LedgerEntry)[]).find((name) => said[name] !== line[name]);
  return differs === undefined ? null : `${differs} is not what the text says`;
}

function rebuild(
  scratch: SqliteDatabase,
  into: Tables,
  { tenant, register }: { tenant: string; register: string },
  publicKeys: readonly string[],
  heads: Map<string, { seq: number; hash: string }>,
): LakeRebuilt['fault'] {
  const verifier = createChainVerifier({ publicKeys });
  let fault: LakeRebuilt['fault'] = null;
  const sound = function* (): Generator<SealedRecord> {
    const rows = scratch
      .statement<{ epoch: number; seq: number; sealed: string }>(
        'SELECT epoch, seq, sealed FROM line WHERE tenant = ? AND register = ? ORDER BY epoch, seq',
      )
      .iterate(tenant, register);
    for (const { epoch, seq, sealed } of rows) {
      const record = JSON.parse(sealed) as SealedRecord;
      const broken = verifier.take(record);
      if (broken) {
        fault = { journal: `${register}.${epoch}`, seq, what: `${broken.code}: ${broken.detail}` };
        return;
      }
      yield record;
    }
  };
  for (const { first, head, text, records } of segmentsOf(sound())) {
    const key = segmentKey(tenant, register, head.epoch, head.seq);
    const { store } = entryOf(records[0] as SealedRecord);
    const values = { register, store, epoch: head.epoch, fromSeq: first.seq, seq: head.seq, hash: head.hash, text };
    into.write('ledger', { kind: 'put', item: itemOf({ ...values, ...key }) });
    heads.set(`${tenant}#${register}.${head.epoch}`, { seq: head.seq, hash: head.hash });
  }
  return fault;
}
