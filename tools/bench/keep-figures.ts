import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchReport } from './bench-row.ts';
import { figuresSection, withSection } from './figures-section.ts';

const folder = path.dirname(fileURLToPath(import.meta.url));
const KEPT = path.join(folder, 'figures.json');
const DOCUMENT = path.join(folder, '../../docs/figures.md');

/** Takes a report into the documentation: keeps it as `figures.json` and writes the table of docs/figures.md from it. A test holds the two together. */
export function keepFigures(reportFile: string): void {
  copyFileSync(reportFile, KEPT);
  const section = figuresSection(JSON.parse(readFileSync(KEPT, 'utf8')) as BenchReport);
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), section));
}
