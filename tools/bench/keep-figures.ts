import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from './bench-row.ts';
import { figuresSection, withSection } from './figures-section.ts';

const folder = path.dirname(fileURLToPath(import.meta.url));
const DOCUMENT = path.join(folder, '../../docs/figures.md');

/**
 * Takes a benchmark's report into the documentation: keeps it as `figures/BENCH.json` and writes the table of docs/figures.md from it. A test holds
 * the two together.
 */
export function keepFigures(bench: string, reportFile: string): void {
  const kept = path.join(folder, 'figures', `${bench}.json`);
  copyFileSync(reportFile, kept);
  const section = figuresSection(bench, JSON.parse(readFileSync(kept, 'utf8')) as BenchReport);
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), bench, section));
}
