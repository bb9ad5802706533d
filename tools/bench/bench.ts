import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, getPriority, platform, release, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { benches } from './benches.ts';
import type { BenchReport } from './bench-row.ts';
import { keepFigures } from './keep-figures.ts';
import { reportTable } from './print-report.ts';
import { percentOfOthers, processorUse } from './processor-use.ts';

/**
 * `npm run bench [-- NAME …]`: runs benchmarks, prints a table and writes `out/bench/NAME.json` for each. `NAME/PART` runs one part of a
 * benchmark and writes `out/bench/NAME.PART.json`. Exits 1 when a gate is missed. `npm run bench -- figures` measures nothing: it takes the last
 * whole run of each benchmark into docs/figures.md.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const asked = process.argv.slice(2);
if (asked.length === 1 && asked[0] === 'figures') {
  for (const bench of Object.keys(benches)) {
    const report = path.join(root, 'out', 'bench', `${bench}.json`);
    if (existsSync(report)) keepFigures(bench, report);
  }
  process.exit(0);
}
const wanted = (asked.length > 0 ? asked : Object.keys(benches)).map(nameAndPart);
const unknown = wanted.filter(({ name }) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  const names = unknown.map(({ name }) => name).join(', ');
  process.stderr.write(`There is no benchmark ${names}. There are: ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}

let gatesHold = true;
for (const { name, part } of wanted) {
  const useBefore = processorUse();
  const { runtime, rows } = (await benches[name]?.((line) => process.stderr.write(`${name}: ${line}\n`), part)) ?? {
    runtime: '',
    rows: [],
  };
  const report: BenchReport = {
    machine: thisMachine(percentOfOthers(useBefore, processorUse())),
    runtime,
    at: new Date().toISOString(),
    rows,
  };
  const file = path.join(root, 'out', 'bench', `${part === null ? name : `${name}.${part}`}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${reportTable(name, report)}\n→ ${path.relative(root, file)}\n`);
  gatesHold &&= rows.every((row) => row.holds || row.kind === 'aim');
}
process.exitCode = gatesHold ? 0 : 1;

function nameAndPart(text: string): { name: string; part: string | null } {
  const [name = '', part] = text.split('/');
  return { name, part: part ?? null };
}

function thisMachine(othersPercent: number | null): BenchReport['machine'] {
  const processors = cpus();
  return {
    cpus: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${release()}`,
    othersPercent,
    niceness: getPriority(),
  };
}
