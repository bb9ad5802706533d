import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { generateSigningKey, type SealedRecord } from '@evertill/journal';
import { memoryHighWaterMark, openLedger } from '@evertill/ledger';
import { exampleBasis, exampleFact } from '@evertill/records/testing';
import { openSqlite, type SqliteDatabase } from '@evertill/sqlite';

/**
 * Commits the same sale over and over, in turns: through the ledger, and as the very rows that the ledger wrote, into tables and indexes
 * made by the ledger's own schema, with the same durability. Prints the samples as JSON: `{ ledger, raw }` with processor and wall
 * milliseconds of each commit. What lies between the two is what the ledger itself costs: checking, canonical bytes, hash, signature.
 * Run by commit-sale.ts, plainly and with a slow disk.
 */
const commits = Number(process.argv[2] ?? '500');
const WARM_UP = 50;
const LINES = 5;
/** As a quiet moment at a register does it: jobs printed, write-ahead log started anew. */
const HOUSEKEEPING_EVERY = 50;
const folder = mkdtempSync(path.join(process.env['EVERTILL_BENCH_FOLDER'] ?? tmpdir(), 'evertill-commit-'));
const ledgerFolder = path.join(folder, 'ledger');

type Samples = { cpuMs: number[]; wallMs: number[] };

const ledger = openLedger({
  folder: ledgerFolder,
  identity: { tenant: 'bench', store: 'bench-1', register: 'bench-1-r1' },
  key: generateSigningKey().key,
  clock: { nowMs: Date.now, tzOffsetMin: () => 0 },
  random: { bytes: (count) => new Uint8Array(count) },
  highWater: memoryHighWaterMark(),
  trailDelayMs: 3_600_000,
});
const { sale, document } = fiveLineSale();
const context = { actor: 'bench', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };
const raw = rawTables(path.join(folder, 'raw.db'));

const viaLedger: Samples = { cpuMs: [], wallMs: [] };
const viaRows: Samples = { cpuMs: [], wallMs: [] };
for (let index = 1; index <= commits + WARM_UP; index += 1) {
  const sealed = sample(viaLedger, () => commitThroughLedger(index));
  sample(viaRows, () => commitRows(index, sealed));
  endPrintJob(`receipt:tx-${index}`);
  if (index % HOUSEKEEPING_EVERY === 0) {
    ledger.checkpointWhenIdle();
    raw.checkpoint('RESTART');
  }
}
await ledger.dispose();
raw.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ ledger: warm(viaLedger), raw: warm(viaRows) }));

function warm({ cpuMs, wallMs }: Samples): Samples {
  return { cpuMs: cpuMs.slice(WARM_UP), wallMs: wallMs.slice(WARM_UP) };
}

function sample<Result>(samples: Samples, work: () => Result): Result {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  const result = work();
  samples.wallMs.push(performance.now() - startedMs);
  const spent = process.cpuUsage(cpu);
  samples.cpuMs.push((spent.user + spent.system) / 1000);
  return result;
}

function commitThroughLedger(index: number): SealedRecord {
  const payload = { ...sale, transactionId: `tx-${index}`, receiptNumber: ledger.nextReceiptNumber() };
  const [record] = ledger.append([{ type: 'TransactionCompleted', payload }], context, (tx) => {
    const { epoch, seq } = tx.records[0]?.header ?? { epoch: 0, seq: 0 };
    tx.removeDraft(payload.transactionId);
    for (let line = 0; line < LINES; line += 1) {
      tx.addOverlay({ kind: 'stock', entityId: `item-${line}`, epoch, seq, json: '{"quantity":-1,"unit":"EA"}' });
    }
    tx.addPrintJob({ jobId: `receipt:${payload.transactionId}`, kind: 'receipt', document });
  });
  if (!record) throw new Error('one fact makes one record');
  return record.sealed;
}

function commitRows(index: number, { hash, alg, keyId, sig, text }: SealedRecord): void {
  raw.transaction(() => {
    raw
      .statement(
        `INSERT INTO journal (epoch, seq, hash, alg, key_id, sig, type, at, business_date, text)
         VALUES (1, ?, ?, ?, ?, ?, 'TransactionCompleted', '2026-03-02T09:00:00.000Z', '2026-03-02', ?)`,
      )
      .run(index, hash, alg, keyId, sig, text);
    raw.statement('DELETE FROM drafts WHERE transaction_id = ?').run(`tx-${index}`);
    for (let line = 0; line < LINES; line += 1) {
      raw
        .statement('INSERT INTO overlay (kind, entity_id, epoch, seq, json) VALUES (?, ?, 1, ?, ?)')
        .run('stock', `item-${line}`, index, '{"quantity":-1,"unit":"EA"}');
    }
    raw
      .statement(
        `INSERT INTO spool (job_id, kind, document, state, attempts, interrupted_before, created_at_ms)
         VALUES (?, 'receipt', ?, 'waiting', 0, 0, 0)`,
      )
      .run(`receipt:tx-${index}`, JSON.stringify(document));
  });
}

/** A receipt is on paper long before the next sale; a spool that only grew would be another register than any shop has. */
function endPrintJob(jobId: string): void {
  ledger.spool.markPrinting(jobId, { cutCountBefore: null });
  ledger.spool.markPrinted(jobId);
  raw.statement("UPDATE spool SET state = 'printed' WHERE job_id = ?").run(jobId);
}

function rawTables(file: string): SqliteDatabase {
  const db = openSqlite({ file, pragmas: { journal_mode: 'WAL', synchronous: 'FULL', wal_autocheckpoint: 0 } });
  const source = openSqlite({ file: path.join(ledgerFolder, 'ledger.db'), readOnly: true });
  const definitions = source
    .statement<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    .all();
  source.close();
  for (const { sql } of definitions) db.exec(sql);
  return db;
}

function fiveLineSale() {
  const { payload } = exampleFact('TransactionCompleted');
  const line = payload.lines[0];
  if (!line) throw new Error('the example sale has a line');
  const lines = Array.from({ length: LINES }, (_, index) => ({
    ...line,
    lineId: `line-${index}`,
    itemId: `item-${index}`,
  }));
  const document = {
    columns: 42,
    blocks: Array.from({ length: 30 }, (_, row) => ({ kind: 'text', text: `Line ${row} of a receipt` })),
  };
  return { sale: { ...payload, lines }, document };
}
