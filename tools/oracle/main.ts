// Judges a register from outside: `tsx tools/oracle/main.ts LEDGER.DB [PRINTER.BIN]`. Exit code 0 only for a clean verdict.
import { readFileSync } from 'node:fs';
import { judge } from './judge.ts';
import { readJournalFile } from './journal-file.ts';

const [ledgerFile, printerFile] = process.argv.slice(2);
if (!ledgerFile || !printerFile) {
  process.stderr.write('usage: tsx tools/oracle/main.ts LEDGER.DB PRINTER.BIN\n');
  process.exit(2);
}
const verdict = judge({ rows: readJournalFile(ledgerFile), printerBytes: readFileSync(printerFile), acknowledged: [] });
process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
process.exitCode = verdict.findings.length === 0 ? 0 : 1;
