import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { generateSigningKey } from '@evertill/journal';
import { memoryHighWaterMark, openLedger } from '@evertill/ledger';
import { exampleBasis, exampleFact } from '@evertill/records/testing';
import { openSqlite } from '@evertill/sqlite';

/**
 * Commits the same sale over and over, once through the ledger and once as bare rows in SQLite with the same durability, in turns, and
 * prints the samples as JSON: `{ ledger, raw }` with processor and wall milliseconds of each commit. Run by commit-sale.ts, plainly and
 * with a slow disk.
 */
const commits = Number(process.argv[2] ?? '500');
const LINES = 5;
const folder = mkdtempSync(path.join(process.env['EVERTILL_BENCH_FOLDER'] ?? tmpdir(), 'evertill-commit-'));

type Samples = { cpuMs: number[]; wallMs: number[] };

const ledger = openLedger({
  folder: path.join(folder, 'ledger'),
  identity: { tenant: 'bench', store: 'bench-1', register: 'bench-1-r1' },
  key: generateSigningKey().key,
  clock: { nowMs: Date.now, tzOffsetMin: () => 0 },
  random: { bytes: (count) => new Uint8Array(count) },
  highWater: memoryHighWaterMark(),
  trailDelayMs: 3_600_000,
});
const { sale, document } = fiveLineSale();
const context = { actor: 'bench', businessDate: '2026-03-02', basis: exampleBasis, currency: 'EUR' };

const raw = openSqlite({ file: path.join(folder, 'raw.db'), pragmas: { journal_mode: 'WAL', synchronous: 'FULL', wal_autocheckpoint: 0 } });
raw.exec(`CREATE TABLE journal (epoch INTEGER, seq INTEGER, hash TEXT, sig TEXT, text TEXT, PRIMARY KEY (epoch, seq)) WITHOUT ROWID;
  CREATE TABLE overlay (kind TEXT, entity_id TEXT, epoch INTEGER, seq INTEGER, json TEXT);
  CREATE TABLE spool (job_id TEXT PRIMARY KEY, kind TEXT, document TEXT);
  CREATE TABLE drafts (transaction_id TEXT PRIMARY KEY, json TEXT);`);
const bytes = JSON.stringify(sale) + ' '.repeat(600);

const viaLedger: Samples = { cpuMs: [], wallMs: [] };
const viaRows: Samples = { cpuMs: [], wallMs: [] };
for (let index = 1; index <= commits; index += 1) {
  sample(viaLedger, () => commitThroughLedger(index));
  sample(viaRows, () => commitRows(index));
}
await ledger.dispose();
raw.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ ledger: viaLedger, raw: viaRows }));

function sample(samples: Samples, work: () => void): void {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  work();
  samples.wallMs.push(performance.now() - startedMs);
  const spent = process.cpuUsage(cpu);
  samples.cpuMs.push((spent.user + spent.system) / 1000);
}

function commitThroughLedger(index: number): void {
  const payload = { ...sale, transactionId: `tx-${index}`, receiptNumber: ledger.nextReceiptNumber() };
  ledger.append([{ type: 'TransactionCompleted', payload }], context, (tx) => {
    const { epoch, seq } = tx.records[0]?.header ?? { epoch: 0, seq: 0 };
    tx.removeDraft(payload.transactionId);
    for (let line = 0; line < LINES; line += 1) {
      tx.addOverlay({ kind: 'stock', entityId: `item-${line}`, epoch, seq, json: '{"quantity":-1,"unit":"EA"}' });
    }
    tx.addPrintJob({ jobId: `receipt:${payload.transactionId}`, kind: 'receipt', document });
  });
}

function commitRows(index: number): void {
  raw.transaction(() => {
    raw.statement('INSERT INTO journal VALUES (1, ?, ?, ?, ?)').run(index, 'h'.repeat(64), 's'.repeat(86), bytes);
    raw.statement('DELETE FROM drafts WHERE transaction_id = ?').run(`tx-${index}`);
    for (let line = 0; line < LINES; line += 1) {
      raw.statement('INSERT INTO overlay VALUES (?, ?, 1, ?, ?)').run('stock', `item-${line}`, index, '{"quantity":-1}');
    }
    raw.statement('INSERT INTO spool VALUES (?, ?, ?)').run(`receipt:tx-${index}`, 'receipt', JSON.stringify(document));
  });
}

function fiveLineSale() {
  const { payload } = exampleFact('TransactionCompleted');
  const line = payload.lines[0];
  if (!line) throw new Error('the example sale has a line');
  const lines = Array.from({ length: LINES }, (_, index) => ({ ...line, lineId: `line-${index}`, itemId: `item-${index}` }));
  const document = { columns: 42, blocks: Array.from({ length: 30 }, (_, row) => ({ kind: 'text', text: `Line ${row} of a receipt` })) };
  return { sale: { ...payload, lines }, document };
}
