import { join } from 'node:path';
import { openSqlite } from '@evertill/sqlite';
import { temporaryFolder } from '@evertill/testkit';
import type { Ledger } from './ledger.ts';
import { openLedger } from './open-ledger.ts';
import { migrations } from './schema.ts';
import { commitSale, exampleOptions } from './testing/ledger-fixture.ts';

/**
 * What a sale costs beyond SQLite: `node --import tsx packages/ledger/src/commit.bench.ts`. The anchor writes the very same rows with
 * `synchronous=FULL`, one transaction a sale. Both run in turns, so that a busy machine slows them alike; trust the ratios.
 */
const ROUNDS = 20;
const SALES_PER_ROUND = 100;

type Cost = { wallMs: number[]; cpuMs: number };

function measure(cost: Cost, work: (nth: number) => void): void {
  const cpuBefore = process.cpuUsage();
  for (let nth = 0; nth < SALES_PER_ROUND; nth += 1) {
    const before = performance.now();
    work(nth);
    cost.wallMs.push(performance.now() - before);
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  cost.cpuMs += (user + system) / 1000;
}

function summary({ wallMs, cpuMs }: Cost): { p50Ms: number; p99Ms: number; cpuMsPerSale: number } {
  const sorted = [...wallMs].sort((left, right) => left - right);
  const at = (part: number): number => Number((sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(3));
  return { p50Ms: at(0.5), p99Ms: at(0.99), cpuMsPerSale: Number((cpuMs / sorted.length).toFixed(3)) };
}

function rawCopy(folder: string) {
  const db = openSqlite({
    file: join(folder, 'raw.db'),
    pragmas: { journal_mode: 'WAL', synchronous: 'FULL', wal_autocheckpoint: 0 },
  });
  migrations[0]?.up(db);
  return (row: { epoch: number; seq: number; text: string; hash: string; keyId: string; sig: string; id: string }) =>
    db.transaction(() => {
      db.statement(
        `INSERT INTO journal (epoch, seq, hash, alg, key_id, sig, type, at, business_date, text)
         VALUES (?, ?, ?, 'Ed25519', ?, ?, 'TransactionCompleted', '2026-03-02T08:00:00.000Z', '2026-03-02', ?)`,
      ).run(row.epoch, row.seq, row.hash, row.keyId, row.sig, row.text);
      db.statement(`INSERT INTO overlay (kind, entity_id, epoch, seq, json) VALUES ('stock', 'item-mug', ?, ?, ?)`).run(
        row.epoch,
        row.seq,
        '{"quantity":-2}',
      );
      db.statement(
        `INSERT INTO spool (job_id, kind, document, state, attempts, interrupted_before, created_at_ms)
         VALUES (?, 'receipt', ?, 'waiting', 0, 0, 0)`,
      ).run(row.id, JSON.stringify({ blocks: [{ kind: 'text', text: row.id }] }));
    });
}

function reading(ledger: Ledger): { daySums: number; records: number } {
  const before = performance.now();
  let records = 0;
  for (const record of ledger.records({ type: 'TransactionCompleted', businessDate: '2026-03-02' })) {
    records += record.read().known ? 1 : 0;
  }
  return { daySums: Number((performance.now() - before).toFixed(1)), records };
}

const root = temporaryFolder('bench');
const ledger = openLedger(exampleOptions(root.path, { trailDelayMs: 600_000 }));
const insertRaw = rawCopy(root.path);
const ours: Cost = { wallMs: [], cpuMs: 0 };
const raw: Cost = { wallMs: [], cpuMs: 0 };
for (let round = 0; round < ROUNDS; round += 1) {
  measure(ours, (nth) => void commitSale(ledger, `tx-${round}-${nth}`));
  const rows = [...ledger.records({ fromSeq: ledger.head().seq - SALES_PER_ROUND + 1 })];
  measure(raw, (nth) => {
    const { epoch, seq, sealed } = rows[nth]!;
    insertRaw({ epoch, seq, ...sealed, id: `tx-${round}-${nth}` });
  });
}
const day = reading(ledger);
const auditBefore = performance.now();
const { ok } = await ledger.verify({});
const auditMs = performance.now() - auditBefore;
const sale = summary(ours);
const anchor = summary(raw);
process.stdout.write(
  `${JSON.stringify({
    sales: ROUNDS * SALES_PER_ROUND,
    sale,
    sameRowsRawSqliteFull: anchor,
    ratio: {
      p50: Number((sale.p50Ms / anchor.p50Ms).toFixed(2)),
      cpu: Number((sale.cpuMsPerSale / anchor.cpuMsPerSale).toFixed(2)),
    },
    day: { sales: day.records, readMs: day.daySums },
    audit: { ok, msPerRecordWithCopy: Number((auditMs / ledger.counts().records).toFixed(3)) },
  })}\n`,
);
await ledger.dispose();
root.dispose();
