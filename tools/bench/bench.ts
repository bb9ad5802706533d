import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { benches } from './benches.ts';
import type { BenchReport } from './bench-row.ts';
import { reportTable } from './print-report.ts';

/** `npm run bench [-- NAME …]`: runs benchmarks, prints a table and writes `out/bench/NAME.json` for each. Exits 1 when a gate is missed. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}

let gatesHold = true;
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { runtime, rows } = await bench((line) => process.stderr.write(`${name}: ${line}\n`));
  const report: BenchReport = { machine: thisMachine(), runtime, at: new Date().toISOString(), rows };
  const file = path.join(root, 'out', 'bench', `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${reportTable(name, report)}\n→ ${path.relative(root, file)}\n`);
  gatesHold &&= rows.every((row) => row.holds || row.kind === 'aim');
}
process.exitCode = gatesHold ? 0 : 1;

function thisMachine(): BenchReport['machine'] {
  const processors = cpus();
  return {
    cpus: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${release()}`,
  };
}
